"""One mail from beginning to end, and what to tell of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from caseway.mail.models import RawMail
from caseway.mail.reading import ReadMail, as_json, read

from .outcome import word_for
from .processing import process
from .storing import Stored, store

EMPTY = "The message is empty."


@dataclass(frozen=True)
class Ingested:
    """The mail as it was read, and what became of it."""

    mail: ReadMail
    outcome: str
    reason: str = ""
    case_number: str = ""

    def as_json(self) -> dict[str, object]:
        """What the interface promises of `mail ingest`."""
        return {
            **as_json(self.mail),
            "outcome": self.outcome,
            "reason": self.reason or None,
            "case": self.case_number or None,
        }


def ingest(raw: bytes, *, recipients: Sequence[str] = ()) -> Ingested:
    """Store and process one mail. Raises DatabaseError where it could not be stored.

    Where it is for several organisations, the answer is about the first.
    """
    if not raw.strip(b"\0\r\n\t "):
        return Ingested(read(b""), "rejected", EMPTY)
    results = [_result(stored) for stored in store(raw, recipients=recipients)]
    outcome, mail = results[0]
    number = mail.case.number if mail.case else ""
    return Ingested(read(raw), outcome, mail.reason, number)


def _result(stored: Stored) -> tuple[str, RawMail]:
    """What became of the mail: told once, every further copy is a duplicate of it."""
    waits = stored.mail.state == RawMail.State.RECEIVED
    outcome = process(stored.mail.pk) if waits else None
    row = RawMail.objects.select_related("case").defer("content").get(pk=stored.mail.pk)
    if not stored.is_new and outcome is None:
        return "duplicate", row
    return word_for(row, opened=outcome is not None and outcome.opened), row
