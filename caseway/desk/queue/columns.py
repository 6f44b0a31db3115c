"""The heads of the list: which columns can be sorted, which way they are, where a press leads."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from caseway.cases.views.filters import CaseFilter


@dataclass(frozen=True)
class Head:
    """One column. `direction` is "ascending", "descending" or "" for one that isn't sorted by."""

    css: str
    label: str
    url: str = ""
    direction: str = ""
    quiet: bool = False


@dataclass(frozen=True)
class Sorting:
    """The two ways of one column, as values of `sort`; the first is what a press begins with."""

    first: str
    other: str = ""


CASE = Sorting("-created", "created")
DEADLINE = Sorting("deadline")
UPDATED = Sorting("-updated", "updated")
LATEST = Sorting("-latest")


def heads_for(wanted: CaseFilter) -> list[Head]:
    """The columns of the list, in their order."""
    return [
        _head("c-num", _("Case"), CASE, wanted),
        _head("c-subj", _("Subject"), LATEST, wanted, words=_("Latest message")),
        Head("c-type", _("Type")),
        Head("c-ship", _("Shipment")),
        Head("c-org", _("Organisation")),
        Head("c-own", _("Owner"), quiet=True),
        Head("c-pri", _("Priority"), quiet=True),
        _head("c-due", _("Deadline"), DEADLINE, wanted),
        _head("c-upd", _("Updated"), UPDATED, wanted),
    ]


def _head(css: str, label: str, sorting: Sorting, wanted: CaseFilter, words: str = "") -> Head:
    in_force = wanted.sort in (sorting.first, sorting.other)
    turned = in_force and bool(sorting.other) and wanted.sort == sorting.first
    url = wanted.query_string(sort=sorting.other if turned else sorting.first)
    direction = "" if not in_force else "descending" if wanted.sort.startswith("-") else "ascending"
    return Head(css, words if in_force and words else label, url, direction)


def words_of(wanted: CaseFilter) -> str:
    """What the list is sorted by, for the end of a sentence."""
    return {
        "-updated": _("sorted by last update"),
        "updated": _("sorted by last update, oldest first"),
        "-created": _("sorted by creation, newest first"),
        "created": _("sorted by creation, oldest first"),
        "deadline": _("sorted by deadline"),
        "-latest": _("sorted by latest message"),
        "best": _("what fits best first"),
    }[wanted.sort]
