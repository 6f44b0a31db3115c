"""The lists of cases."""

from django.http import HttpResponse
from django.shortcuts import redirect, render

from caseway.accounts.access import desk_page
from caseway.accounts.requests import ViewerRequest
from caseway.accounts.viewer import Viewer
from caseway.cases.views.arranging.queries import Arrangement, desk_opens_with
from caseway.cases.views.counts import counts_of
from caseway.cases.views.filters import CaseFilter
from caseway.cases.views.named import VIEWS, View
from caseway.cases.views.pages.going import list_url
from caseway.cases.views.queries import Listing, label_of_view, listing_of
from caseway.cases.views.registry import BY_PARAMETER
from caseway.cases.views.saving.queries import may_change
from caseway.cases.views.shown import Shown, shown_by
from caseway.core.clock import now
from caseway.core.errors import Invalid
from caseway.desk.shell import counted_places

from .bar import bar_of
from .columns import brings, heads_for, words_of
from .foot import foot_of
from .grouping import groupings_of
from .groups import grouped
from .preview import preview_of
from .standing import standing_of


@desk_page
def home(request: ViewerRequest) -> HttpResponse:
    """The desk begins with the list that its reader has chosen, else with all active cases."""
    which = desk_opens_with(request.viewer)
    if which is None:
        return redirect("desk:cases")
    return redirect(list_url(f"saved={which.saved.pk}" if which.saved else f"view={which.view.value}"))


@desk_page
def cases(request: ViewerRequest) -> HttpResponse:
    """One page of a view, filtered, sorted and arranged as the address and its reader say."""
    try:
        shown = shown_by(dict(request.GET.lists()), request.viewer)
        listing = listing_of(
            shown.wanted,
            request.viewer,
            cursor=request.GET.get("cursor"),
            order=shown.order,
            brings=brings(shown.arrangement.columns),
        )
    except Invalid as invalid:
        return _misunderstood(request, invalid)
    found = _found(shown, listing, request) | {"standing": standing_of(request.viewer)}
    if not listing.rows:
        found["elsewhere"] = _found_in_all(shown.wanted, request)
    return render(request, "desk/queue/list.html", _frame(shown, request) | found)


@desk_page
def counts(request: ViewerRequest) -> HttpResponse:
    """The counts of the sidebar, fetched again while a desk is open."""
    return render(request, "desk/counts.html", {"places": counted_places(request.viewer)})


@desk_page
def count(request: ViewerRequest) -> HttpResponse:
    """How many cases a filtered list has, fetched after the list itself: counting may take longer."""
    wanted = _wanted(request)
    n = counts_of([wanted.view], request.viewer, wanted)[wanted.view] if wanted else 0
    place = request.GET.get("place", "")
    context = {"n": n, "place": int(place) if place.isdecimal() and n and len(place) < 5 else None}
    return render(request, "desk/queue/count.html", context)


@desk_page
def preview(request: ViewerRequest, number: str) -> HttpResponse:
    """A case beside its list."""
    query = request.GET.urlencode()
    found = preview_of(request.viewer, number)
    return render(request, "desk/queue/preview.html", {"preview": found, "side": found.side, "query": query})


def _wanted(request: ViewerRequest) -> CaseFilter | None:
    """The filter that the address names; None where it is none."""
    try:
        return CaseFilter.from_query(dict(request.GET.lists()))
    except Invalid:
        return None


def _found(shown: Shown, listing: Listing, request: ViewerRequest) -> dict[str, object]:
    return {
        "groups": grouped(listing.rows, shown, request.viewer),
        "page": listing.page,
        "n": len(listing.rows),
        "foot": foot_of(request.GET, listing.page),
        "previews": _likes_previews(request),
        "as_of": now().isoformat(),
    }


def _likes_previews(request: ViewerRequest) -> bool:
    """Whether its reader wants a case beside the list first."""
    return bool(request.viewer.person and request.viewer.person.previews_cases)


def _frame(shown: Shown, request: ViewerRequest) -> dict[str, object]:
    wanted, saved = shown.wanted, shown.saved
    return {
        "shown": shown,
        "wanted": wanted,
        "view_label": saved.name if saved else label_of_view(wanted.view),
        "when_empty": VIEWS[wanted.view].empty,
        "chips": bar_of(shown, request.viewer),
        "sentence": wanted.sentence(request.viewer),
        "heads": heads_for(wanted, shown.arrangement, request.viewer),
        "sorted_by": words_of(wanted),
        "groupings": groupings_of(shown),
        "has_filters": bool([name for name, _value in wanted.parameters() if name != "sort"]),
        "may_update": saved is not None and shown.has_changed and may_change(saved, request.viewer),
        "errors": {},
    }


def _found_in_all(wanted: CaseFilter, request: ViewerRequest) -> int:
    """How many of all cases fit where the view has none."""
    if wanted.view is View.ALL:
        return 0
    return counts_of([View.ALL], request.viewer, wanted)[View.ALL]


def _misunderstood(request: ViewerRequest, invalid: Invalid) -> HttpResponse:
    """A filter that is none: say which part and how to write it; show nothing that wasn't asked for."""
    found: dict[str, object] = {
        "groups": [],
        "page": None,
        "n": 0,
        "elsewhere": 0,
        "previews": False,
        "standing": None,
    }
    meant = CaseFilter(view=_view_named(request.GET.get("view", "")))
    errors = {_named(name, request.viewer): words for name, words in invalid.errors.items()}
    frame = _frame(Shown(meant, Arrangement()), request) | {"errors": errors}
    return render(request, "desk/queue/list.html", frame | found, status=422)


def _view_named(name: str) -> View:
    """The view of this name, else the first."""
    return next((view for view in View if view.value == name), View.ALL_ACTIVE)


def _named(parameter: str, viewer: Viewer) -> str:
    """A parameter as its chip calls it; what no chip stands for, as the address does."""
    if parameter not in BY_PARAMETER:
        return parameter
    field, operator = BY_PARAMETER[parameter]
    return operator.of(field.label_for(viewer))
