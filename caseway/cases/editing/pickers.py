"""Fields that are not typed but found: the case's shipment and its contact."""

from collections.abc import Callable

from caseway.accounts.requests import ViewerRequest
from caseway.accounts.viewer import Viewer
from caseway.cases import desk
from caseway.cases.creation.found import Items, contacts_found, shipments_found

PICKERS: dict[str, Callable[[Viewer, str], Items]] = {"shipment": shipments_found, "contact": contacts_found}


def picked(request: ViewerRequest, name: str) -> dict[str, object]:
    """What was found for the picker `name`, as its results show it; nothing for other fields."""
    if name not in PICKERS:
        return {}
    typed = desk.searched(request, name)
    items = PICKERS[name](request.viewer, typed)
    return {"name": name, "items": items, "query": typed, "chosen": request.POST.get(name, "")}
