"""What happens to canned answers."""

from dataclasses import dataclass

from caseway.core.events import Event


@dataclass(frozen=True, kw_only=True)
class CannedAnswerChanged(Event):
    """One was added, changed or removed (`change`); `scope` is own, team or organisation."""

    kind = "canned_answer.changed"

    canned_answer_id: int
    change: str
    scope: str
