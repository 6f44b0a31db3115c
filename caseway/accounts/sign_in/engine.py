"""Django's sessions in the database, found by a statement that is composed once: every page asks for one."""

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db.models import QuerySet

from caseway.core.clock import now
from caseway.core.database.statements import Slot, Statement


@Statement
def _sessions() -> QuerySet[Session]:
    return Session.objects.filter(session_key=Slot("key"), expire_date__gt=Slot("now"))


class SessionStore(db.SessionStore):
    """Named as Django's own, since the name is part of how a session is signed."""

    def _get_session_from_db(self) -> Session | None:
        """The session that the cookie names, while it lasts; else none, and the next one has a new key."""
        found = _sessions.rows(key=self.session_key, now=now())
        if not found:
            self._session_key = None
        return found[0] if found else None
