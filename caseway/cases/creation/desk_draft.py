"""What an agent has entered of a new case: kept while it is typed, through searches and reloads."""

from typing import Any

from django.http import QueryDict

from caseway.accounts.viewer import Viewer
from caseway.cases.conversation.drafts import drafts_of, forget_draft, save_draft
from caseway.cases.models import Draft
from caseway.cases.types import Audience

from .desk_form import AS_TYPED

FIELDS = (*AS_TYPED, "tags", "shipment", "customer")
SWITCHES = ("owned", "partner_listed")
SAYING = ("subject", "description", "partner_subject", "partner_text", "crm_number", "tags", "attachments")
"""Fields that somebody filled in themselves: without any of them there is nothing to keep."""


def entered(data: QueryDict) -> dict[str, Any]:
    """What a browser sent, as the form's initial values."""
    given: dict[str, Any] = {name: data.get(name, "") for name in FIELDS}
    return given | {name: name in data for name in SWITCHES} | {"attachments": data.getlist("attachments")}


def keep(viewer: Viewer, given: dict[str, Any]) -> None:
    """Keep it as the viewer's draft, or forget it where nothing is left. Raises Invalid at `text`."""
    if any(given[name] for name in SAYING):
        save_draft(viewer, None, Audience.TEAM, given)
    else:
        forget(viewer)


def kept(viewer: Viewer) -> Draft | None:
    """The case that the viewer began at the desk and did not make."""
    return drafts_of(viewer, None).get(Audience.TEAM)


def forget(viewer: Viewer) -> None:
    """Throw it away."""
    forget_draft(viewer, None, Audience.TEAM)
