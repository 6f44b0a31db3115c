"""What somebody has chosen about a list, and what follows from it."""

from dataclasses import dataclass
from typing import Any

from caseway.accounts.viewer import Viewer
from caseway.cases.models import ListChoice, SavedView
from caseway.cases.views.columns import COLUMNS, DEFAULT, Column, known
from caseway.cases.views.named import View, view_named


@dataclass(frozen=True)
class OneList:
    """A list that somebody can arrange: a named view, or (then the view says nothing) a saved one."""

    view: View = View.ALL_ACTIVE
    saved: SavedView | None = None

    @property
    def key(self) -> dict[str, Any]:
        """The columns by which its rows are found."""
        return {"view": "" if self.saved else self.view.value, "saved": self.saved}


@dataclass(frozen=True)
class Arrangement:
    """The columns of a list as one person sees it, in their order.

    `widths` are in pixels, of those that were made wider or narrower. `is_chosen` tells columns
    that somebody has chosen from those that every list begins with.
    """

    columns: tuple[str, ...] = DEFAULT
    widths: tuple[tuple[str, int], ...] = ()
    is_chosen: bool = False
    opens_desk: bool = False

    @property
    def shown(self) -> list[Column]:
        """The columns."""
        return [COLUMNS[name] for name in self.columns]

    def width_of(self, name: str) -> int | None:
        """Pixels, None for a column as wide as it is by itself."""
        return dict(self.widths).get(name)


def arrangement_of(which: OneList, viewer: Viewer) -> Arrangement:
    """How the viewer sees the list: as they chose, else as the saved view says; one query."""
    choice = ListChoice.objects.filter(
        organisation=viewer.organisation_id, person=viewer.person_id, **which.key
    ).first()
    chosen = (choice.columns if choice else None) or (which.saved.columns if which.saved else None)
    return Arrangement(
        columns=known(chosen) if chosen else DEFAULT,
        widths=tuple(choice.widths.items()) if choice else (),
        is_chosen=bool(chosen),
        opens_desk=bool(choice and choice.opens_desk),
    )


def desk_opens_with(viewer: Viewer) -> OneList | None:
    """The list that the viewer's desk begins with, where they have chosen one they still see; one query."""
    mine = ListChoice.objects.filter(organisation=viewer.organisation_id, person=viewer.person_id)
    choice = mine.filter(opens_desk=True).select_related("saved").first()
    if choice is None:
        return None
    if choice.saved is None:
        view = view_named(choice.view)
        return OneList(view) if view else None
    if choice.saved.owner_id != viewer.person_id and choice.saved.team_id not in viewer.team_ids:
        return None
    return OneList(saved=choice.saved)
