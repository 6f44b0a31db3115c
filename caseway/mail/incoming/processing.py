"""From a stored mail to its outcome, however often it takes."""

from datetime import timedelta

import structlog
from django.db.models import F

from caseway.cases.history.mail_events import Became
from caseway.core.clock import now
from caseway.core.errors import Unavailable
from caseway.core.text import clean_line
from caseway.core.transactions import action
from caseway.mail.models import RawMail, Why
from caseway.mail.reading import ReadMail, read

from .deciding import decide
from .holding import preview_of, tell_held
from .outcome import Outcome
from .senders import sender_of

log = structlog.get_logger("caseway.mail.incoming")

MOST_ATTEMPTS = 5
# What processing writes: never the bytes, which are the mail as it came.
WRITTEN = [
    *("state", "why", "detail", "case", "message", "audience"),
    *("sender", "sender_name", "subject", "preview", "header_id"),
]
RUNS_AGAIN = (RawMail.State.REJECTED, RawMail.State.HELD, RawMail.State.IGNORED)
"""The states from which a mail that made no message can be processed once more."""
AGAIN = {"state": RawMail.State.RECEIVED, "why": "", "detail": "", "attempts": 0, "case": None}
LONGEST_RUN = timedelta(minutes=2)
"""How long a mail is left to the process that has begun it."""
PAUSE_OF_OUTAGE = timedelta(minutes=1)
PAUSES = (timedelta(seconds=10), timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1))


def process(mail_id: int) -> Outcome | None:
    """Process a mail that waits; None where it doesn't wait, or failed this time.

    A mail that fails again and again is parked as rejected, with its bytes, to be seen and run
    again; the mails behind it are not kept waiting.
    """
    if not _begin(mail_id):
        return None
    try:
        return _process(mail_id)
    except Unavailable as away:
        log.warning("a mail waits for what it needs", mail=mail_id, error=str(away))
        _put_back(mail_id)
        return None
    except Exception as error:
        log.exception("a mail could not be processed", mail=mail_id)
        _give_up_for_now(mail_id, error)
        return None


def run_again(mail_id: int) -> Outcome | None:
    """Process a mail once more that was rejected, or held without a case, or set aside."""
    ended = RawMail.objects.filter(pk=mail_id, state__in=RUNS_AGAIN, message__isnull=True)
    ended.update(**AGAIN, next_try_at=now())
    return process(mail_id)


def _begin(mail_id: int) -> bool:
    """Count the attempt before it is made: a mail that ends the process is parked as well."""
    waiting = RawMail.objects.filter(pk=mail_id, state=RawMail.State.RECEIVED)
    if waiting.filter(attempts__lt=MOST_ATTEMPTS).update(
        attempts=F("attempts") + 1, next_try_at=now() + LONGEST_RUN
    ):
        return True
    _park(mail_id, Why.DEADLY)
    return False


@action
def _process(mail_id: int) -> Outcome | None:
    raw = (
        RawMail.objects.select_for_update(of=("self",), skip_locked=True)
        .select_related("organisation", "mailbox__brand")
        .filter(pk=mail_id, state=RawMail.State.RECEIVED)
        .first()
    )
    if raw is None:
        return None
    mail = read(bytes(raw.content))
    note_headers(raw, mail)
    outcome = decide(raw, mail)
    # What was cut or mended while reading is told with the mail: its bytes are the truth.
    raw.state, raw.why = outcome.state, outcome.why or ""
    raw.detail = (outcome.detail or ("" if outcome.why else ", ".join(mail.notes)))[:250]
    raw.case, raw.message, raw.audience = outcome.case, outcome.message, outcome.audience or ""
    raw.preview = preview_of(mail) if outcome.state == RawMail.State.HELD else ""
    raw.save(update_fields=WRITTEN)
    if outcome.state == RawMail.State.HELD:
        tell_held(raw, Became.HELD)
    return outcome


def note_headers(raw: RawMail, mail: ReadMail) -> None:
    """Note on the row what it is found and shown by."""
    raw.sender = sender_of(raw, mail)
    raw.sender_name = clean_line(mail.from_.name, 160) if mail.from_ else ""
    raw.subject = clean_line(mail.subject)
    raw.header_id = f"<{mail.message_id.strip('<>')}>"[:998] if mail.message_id else ""


def _give_up_for_now(mail_id: int, error: Exception) -> None:
    attempts = RawMail.objects.filter(pk=mail_id).values_list("attempts", flat=True).first() or 1
    detail = type(error).__name__
    if attempts >= MOST_ATTEMPTS:
        _park(mail_id, Why.FAILED, detail)
        return
    pause = PAUSES[min(attempts, len(PAUSES)) - 1]
    RawMail.objects.filter(pk=mail_id).update(why=Why.FAILED, detail=detail, next_try_at=now() + pause)


def _put_back(mail_id: int) -> None:
    """An outage is not the mail's failure, and costs it none of its attempts."""
    RawMail.objects.filter(pk=mail_id, attempts__gt=0).update(
        attempts=F("attempts") - 1, next_try_at=now() + PAUSE_OF_OUTAGE
    )


def _park(mail_id: int, why: Why, detail: str = "") -> None:
    RawMail.objects.filter(pk=mail_id, state=RawMail.State.RECEIVED).update(
        state=RawMail.State.REJECTED, why=why, detail=detail
    )
