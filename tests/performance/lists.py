"""The six views of the case management page, and ten filters as people combine them."""

from urllib.parse import quote, urlencode

from caseway.accounts.viewer import Viewer
from caseway.cases.models import Priority
from caseway.cases.views.named import SIX
from caseway.cases.views.registry import BY_NAME
from tests.performance.pages import Page

VIEWS = "/desk/cases/?view="


def view_pages() -> list[Page]:
    """Each view as it opens, such as `view_all_active`."""
    return [Page(f"view_{view.value.replace('-', '_')}", [f"{VIEWS}{view.value}"]) for view in SIX]


def filters_of(viewer: Viewer) -> dict[str, str]:
    """Ten combinations by name, as query strings; what they name is there in every synthetic world."""
    urgent = Priority.objects.filter(organisation=viewer.us).latest("rank").pk
    carrier, partner = _second(viewer, "partner"), _second(viewer, "partner")
    asked: dict[str, list[tuple[str, object]]] = {
        "filter_mine_urgent": [("owner", "me"), ("priority", urgent), ("status", "active")],
        "filter_carrier_damages": [("partner", carrier), ("type", "damaged"), ("type", "lost")],
        "filter_not_by_mail": [("source.not", "email"), ("status", "on_hold"), ("brand", "face-2")],
        "filter_vip_waiting": [("segment", "VIP"), ("court", "us"), ("latest_by.not", "us")],
        "filter_destination": [("destination.contains", "müller hotels")],
        "filter_no_destination": [("destination.not_contains", "hotels"), ("mode", "freight")],
        "filter_postal_code": [("destination_postal_code.starts_with", "9021")],
        "filter_po": [("po.starts_with", "PO77"), ("partner.not", partner)],
        "filter_region": [("region", "Islands"), ("direction", "inbound"), ("type", "customs_hold")],
        "filter_nothing": [("type", "claim"), ("tag", "nowhere"), ("watcher", "me")],
    }
    return {name: urlencode(pairs, quote_via=quote) for name, pairs in asked.items()}


def filter_pages(viewer: Viewer) -> list[Page]:
    """The ten among all cases, where there are most to pass by, and one among the active ones by turns."""
    return [
        Page(name, [f"{VIEWS}all&{query}", f"{VIEWS}all-active&{query}"])
        for name, query in filters_of(viewer).items()
    ]


def _second(viewer: Viewer, field: str) -> str:
    offered = BY_NAME[field].choices
    return offered(viewer)[1].value if offered else ""
