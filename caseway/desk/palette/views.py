"""What the palette finds for what was typed."""

from collections.abc import Iterator

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from caseway.accounts.access import desk_page
from caseway.accounts.requests import ViewerRequest
from caseway.accounts.viewer import Viewer
from caseway.core.text import clean_line

from .options import OptionGroup
from .places import places_named
from .things import cases_named, customers_named, recent_cases, shipments_named

LONGEST = 120
SHORTEST = 2
"""Characters from which things are looked for; places are from the first."""


@require_safe
@desk_page
def found(request: ViewerRequest) -> HttpResponse:
    """Options for `?q=`: cases opened last where nothing is typed, else all that fits, by kind."""
    typed = clean_line(request.GET.get("q", ""), LONGEST)
    groups = [group for group in _groups(typed, request.viewer) if group.options]
    return render(request, "desk/palette/found.html", {"groups": groups})


def _groups(typed: str, viewer: Viewer) -> Iterator[OptionGroup]:
    if not typed:
        yield OptionGroup("recent", _("Opened last"), recent_cases(viewer))
    yield OptionGroup("place", _("Go to"), places_named(typed, viewer))
    if len(typed) >= SHORTEST:
        yield OptionGroup("case", _("Cases"), cases_named(typed, viewer))
        yield OptionGroup("shipment", _("Shipments"), shipments_named(typed, viewer))
        yield OptionGroup("customer", _("Customers"), customers_named(typed, viewer))
