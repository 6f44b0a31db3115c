"""What happens to saved views."""

from dataclasses import dataclass

from caseway.core.events import Event


@dataclass(frozen=True, kw_only=True)
class SavedViewChanged(Event):
    """A team's view was added, changed or removed (`change`); `scope` is own or team."""

    kind = "saved_view.changed"

    saved_view_id: int
    change: str
    scope: str
