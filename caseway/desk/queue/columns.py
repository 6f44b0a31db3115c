"""The heads of the list: which columns can be sorted, which way they are, where a press leads."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from caseway.accounts.viewer import Viewer
from caseway.cases.views.arranging.queries import Arrangement
from caseway.cases.views.columns import COLUMNS, SUBJECT, label_of
from caseway.cases.views.filters import ORDERS, CaseFilter


@dataclass(frozen=True)
class Head:
    """One column. `direction` is "ascending", "descending" or "" for one that isn't sorted by.

    `width` is in pixels, None where the style sheet knows it, or it takes what is left.
    """

    name: str
    css: str
    label: str
    url: str = ""
    direction: str = ""
    quiet: bool = False
    width: int | None = None


CSS = {
    "number": "c-num",
    SUBJECT: "c-subj",
    "type": "c-type",
    "shipment": "c-ship",
    "partner": "c-org",
    "owner": "c-own",
    "priority": "c-pri",
    "deadline": "c-due",
    "updated": "c-upd",
}
OTHERS = "c-more"
"""Columns that the style sheet does not know by name."""
QUIET = ("owner", "priority")
SORTS = {"number": "created", SUBJECT: "latest", "latest_at": "latest"}
"""What a column is sorted by, where that has another name."""
NEWEST_FIRST = ("created", "updated", "latest", "closed")
ROOM = 900
"""Pixels of columns beside which the subject takes what is left; beyond, it has a width of its own,
and the list scrolls sideways.
"""


def heads_for(wanted: CaseFilter, arrangement: Arrangement, viewer: Viewer) -> list[Head]:
    """The columns of the list, in their order."""
    crowded = sum(arrangement.width_of(one.name) or one.width for one in arrangement.shown) > ROOM + 320
    return [
        _head(name, wanted, viewer, _width(name, arrangement, crowded=crowded))
        for name in arrangement.columns
    ]


def _width(name: str, arrangement: Arrangement, *, crowded: bool) -> int | None:
    """The width to be written: what was chosen, and of columns that the style sheet does not know."""
    chosen = arrangement.width_of(name)
    if chosen or name not in CSS or (name == SUBJECT and crowded):
        return chosen or COLUMNS[name].width
    return None


def _head(name: str, wanted: CaseFilter, viewer: Viewer, width: int | None) -> Head:
    css, label = CSS.get(name, OTHERS), label_of(name, viewer)
    ways = _ways(name)
    if not ways:
        return Head(name, css, label, quiet=name in QUIET, width=width)
    in_force = wanted.sort in ways
    turned = in_force and wanted.sort == ways[0] and len(ways) > 1
    url = wanted.query_string(sort=ways[1] if turned else ways[0])
    direction = "" if not in_force else "descending" if wanted.sort.startswith("-") else "ascending"
    words = _("Latest message") if in_force and name == SUBJECT else label
    return Head(name, css, words, url, direction, quiet=name in QUIET, width=width)


def _ways(name: str) -> list[str]:
    """The values of `sort` for a column, the one that a press begins with first."""
    field = SORTS.get(name, name)
    ways = [field, f"-{field}"]
    if field in NEWEST_FIRST:
        ways.reverse()
    return [way for way in ways if way in ORDERS]


def brings(columns: Iterable[str]) -> list[str]:
    """The fields that rows of these columns need beside what every row has."""
    return [field for name in columns for field in COLUMNS[name].brings]


def words_of(wanted: CaseFilter) -> str:
    """What the list is sorted by, for the end of a sentence."""
    known = {
        "-updated": _("sorted by last update"),
        "updated": _("sorted by last update, oldest first"),
        "-created": _("sorted by creation, newest first"),
        "created": _("sorted by creation, oldest first"),
        "deadline": _("sorted by deadline"),
        "-latest": _("sorted by latest message"),
        "court": _("sorted by waiting time, longest first"),
        "-court": _("sorted by waiting time, shortest first"),
        "best": _("what fits best first"),
    }
    column = COLUMNS.get(wanted.sort.lstrip("-"))
    return known.get(wanted.sort) or _("sorted by %(column)s") % {
        "column": str(column.label) if column else wanted.sort
    }
