"""Choosing columns, widths, and the list that the desk begins with."""

from collections.abc import Mapping, Sequence

from caseway.accounts.viewer import Viewer
from caseway.cases.models import ListChoice
from caseway.cases.views.columns import COLUMNS, checked
from caseway.core.errors import NotFound
from caseway.core.transactions import action

from .queries import OneList


@action
def choose_columns(
    which: OneList, columns: Sequence[str] | None, widths: Mapping[str, int], *, by: Viewer
) -> None:
    """See the list with these columns, in this order and these widths (pixels), from now on.

    None goes back to those that the list has by itself. Raises Invalid at `columns`.
    """
    choice = _choice(which, by)
    choice.columns = checked(columns) if columns is not None else None
    choice.widths = {name: width for name, width in widths.items() if name in COLUMNS}
    choice.save(update_fields=["columns", "widths"])


@action
def choose_width(which: OneList, column: str, width: int | None, *, by: Viewer) -> None:
    """Make a column this wide (pixels), or as wide as it is by itself. Raises NotFound for no column."""
    if column not in COLUMNS:
        raise NotFound
    choice = _choice(which, by)
    choice.widths.pop(column, None)
    if width is not None:
        choice.widths[column] = width
    choice.save(update_fields=["widths"])


@action
def open_desk_with(which: OneList | None, *, by: Viewer) -> None:
    """Begin at the desk with this list; with None with all active cases, as everybody does."""
    mine = ListChoice.objects.filter(organisation=by.us, person=by.me)
    mine.filter(opens_desk=True).update(opens_desk=False)
    if which is not None:
        choice = _choice(which, by)
        choice.opens_desk = True
        choice.save(update_fields=["opens_desk"])


def _choice(which: OneList, by: Viewer) -> ListChoice:
    """The row of what they have chosen about this list, held until the transaction ends."""
    if not by.is_agent:
        raise NotFound
    rows = ListChoice.objects.select_for_update()
    choice, _made = rows.get_or_create(organisation_id=by.us, person_id=by.me, **which.key)
    return choice
