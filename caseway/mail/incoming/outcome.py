"""What became of a mail."""

from dataclasses import dataclass

from caseway.cases.models import Case, Message
from caseway.cases.types import Audience
from caseway.mail.models import RawMail, Why

State = RawMail.State


@dataclass(frozen=True)
class Outcome:
    """The end of a mail's way: on a case, held (on a case or without one), or set aside."""

    state: RawMail.State
    why: Why | None = None
    detail: str = ""
    case: Case | None = None
    message: Message | None = None
    audience: Audience | None = None
    opened: bool = False

    @property
    def reason(self) -> str:
        """Why, in the reader's language."""
        return self.why.told(self.detail) if self.why else self.detail


def held(
    why: Why, case: Case | None = None, audience: Audience | None = None, *, detail: str = ""
) -> Outcome:
    """Somebody has to decide; nothing is sent, nothing is shown to the sender."""
    return Outcome(State.HELD, why, detail, case, audience=audience)


def ignored(why: Why, case: Case | None = None, *, detail: str = "") -> Outcome:
    """Nobody has to act; the mail stays to be looked at."""
    return Outcome(State.IGNORED, why, detail, case)


def word_for(mail: RawMail, *, opened: bool) -> str:
    """The interface's word: created, appended, held, duplicate, ignored or rejected."""
    if mail.state == State.PROCESSED:
        return "created" if opened else "appended"
    # What waits for another try is not lost: it is held until then.
    return State.HELD.value if mail.state == State.RECEIVED else str(mail.state)
