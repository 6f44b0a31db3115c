"""Making and revoking tokens."""

import hashlib
import secrets
from collections.abc import Iterable

from django.utils.translation import gettext as _

from caseway.accounts.models import Organisation, Person
from caseway.api.models import Token
from caseway.core.clock import now
from caseway.core.errors import Invalid
from caseway.core.text import clean_line
from caseway.core.transactions import action
from caseway.customers.viewers import viewer_of

from .queries import seat_of
from .scopes import Scope

PREFIX = "cw"


@action
def make_token(
    person: Person,
    *,
    organisation: Organisation | None = None,
    scopes: Iterable[str] = (),
    name: str = "",
) -> tuple[Token, str]:
    """Make a token for `person`; the second value is what the program sends, shown only now.

    Without `organisation` it is for the person's main seat: their first desk, else their portal.
    Raises Invalid at `user` for somebody without such a seat, at `scope` for an unknown scope.
    """
    wanted = sorted(set(scopes))
    if unknown := sorted(set(wanted) - set(Scope.values)):
        message = _("There is no scope %(name)s. Scopes are: %(scopes)s.")
        raise Invalid({"scope": message % {"name": unknown[0], "scopes": ", ".join(Scope.values)}})
    home = organisation or viewer_of(person).organisation
    if home is None or not person.is_active or seat_of(person, home.pk) is None:
        raise Invalid({"user": _("%(person)s can sign in nowhere.") % {"person": person.email}})
    handle, secret = secrets.token_hex(6), secrets.token_urlsafe(32)
    token = Token.objects.create(
        person=person,
        organisation=home,
        name=clean_line(name, 80),
        handle=handle,
        digest=digest_of(secret),
        scopes=wanted,
        session_epoch=person.session_epoch,
    )
    return token, f"{PREFIX}_{handle}_{secret}"


def digest_of(secret: str) -> str:
    """What is stored of a secret. It has 256 random bits, so a plain hash can't be guessed back."""
    return hashlib.sha256(secret.encode()).hexdigest()


@action
def revoke(token: Token) -> None:
    """Let the token open nothing from the next request on; twice is the same."""
    Token.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=now())
    token.refresh_from_db(fields=["revoked_at"])
