"""Taking a mail in: it is stored, and a worker is asked to see to it."""

from collections.abc import Sequence

from .jobs import process_mail
from .storing import Stored, store


def take(raw: bytes, *, recipients: Sequence[str], envelope_from: str | None = None) -> list[Stored]:
    """Store a mail for every organisation that `recipients` name and have it processed.

    When this returns the mail is committed. Raises DatabaseError where it could not be stored.
    """
    stored = store(raw, recipients=recipients, envelope_from=envelope_from)
    for one in stored:
        # Asking may fail, the mail is there: the sweep of mails that wait finds it.
        if one.is_new:
            process_mail.defer(mail_id=one.mail.pk)
    return stored
