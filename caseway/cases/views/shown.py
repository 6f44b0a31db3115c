"""A list as its address says it: filter, saved view, grouping, and how its reader arranged it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from caseway.accounts.viewer import Viewer
from caseway.cases.models import SavedView
from caseway.core.errors import Invalid, NotFound
from caseway.core.paging import Order

from .arranging.queries import Arrangement, OneList, arrangement_of
from .filters import CaseFilter
from .saving.queries import filter_of, saved_view_visible_to

PARTS = {"court": Order("court"), "owner": Order("owner_id", descending=False, nullable=True)}
"""What parts a list. By court ours comes first: the names happen to stand so."""
GROUPINGS = ("deadline", *PARTS, "none")


@dataclass(frozen=True)
class Shown:
    """What somebody looks at. `grouping` is "" where the order decides (deadlines have headings).

    `saved` alone in an address shows what is stored; with a view beside it the address says all
    itself, and the list may differ from what is stored.
    """

    wanted: CaseFilter
    arrangement: Arrangement
    saved: SavedView | None = None
    grouping: str = ""

    @property
    def which(self) -> OneList:
        """The list that is arranged."""
        return OneList(self.wanted.view, self.saved)

    @property
    def carried(self) -> str:
        """What every address of this list begins with, beside its filter; ends with "&" unless empty."""
        pairs = [("saved", str(self.saved.pk))] if self.saved else []
        pairs += [("group", self.grouping)] if self.grouping else []
        return urlencode(pairs) + "&" if pairs else ""

    @property
    def query(self) -> str:
        """The whole query of the list's address."""
        return self.carried + self.wanted.query_string()

    @property
    def grouped_by(self) -> str:
        """By what the rows are parted: what was chosen, else deadlines where it is sorted by them."""
        return self.grouping or ("deadline" if self.wanted.sort == "deadline" else "none")

    @property
    def order(self) -> Order:
        """What the list is sorted by, behind what parts it."""
        parts = PARTS.get(self.grouped_by)
        return replace(self.wanted.order, parted=parts) if parts else self.wanted.order

    @property
    def has_changed(self) -> bool:
        """Whether a saved view shows something else than what is stored."""
        if self.saved is None:
            return False
        columns = tuple(self.saved.columns)
        return (
            self.saved.query != self.wanted.query_string()
            or self.saved.grouping != self.grouping
            or bool(self.arrangement.is_chosen and columns != self.arrangement.columns)
        )


def shown_by(query: Mapping[str, list[str]], viewer: Viewer, *, arranged: bool = True) -> Shown:
    """The list that the parameters of an address name; one query, with a saved view two.

    Unless it is to be `arranged` nothing is asked of its columns, which saves a query. Raises Invalid
    at each parameter that is none, NotFound for a saved view that is not the viewer's.
    """
    saved = _saved(query, viewer)
    explicit = saved is None or "view" in query
    wanted = CaseFilter.from_query(query) if explicit or saved is None else filter_of(saved)
    grouping = _grouping(query) if explicit or saved is None else saved.grouping
    which = OneList(wanted.view, saved)
    return Shown(wanted, arrangement_of(which, viewer) if arranged else Arrangement(), saved, grouping)


def _saved(query: Mapping[str, list[str]], viewer: Viewer) -> SavedView | None:
    sent = (query.get("saved") or [""])[-1]
    if not sent:
        return None
    if not (sent.isascii() and sent.isdecimal() and len(sent) < 19):
        raise NotFound
    return saved_view_visible_to(viewer, int(sent))


def _grouping(query: Mapping[str, list[str]]) -> str:
    grouping = (query.get("group") or [""])[-1]
    if grouping and grouping not in GROUPINGS:
        raise Invalid({"group": _("There is no such choice.")})
    return grouping
