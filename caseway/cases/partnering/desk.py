"""The desk's side of bringing a partner in."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from caseway.accounts.access import desk_page
from caseway.accounts.requests import ViewerRequest
from caseway.accounts.viewer import Viewer
from caseway.cases import desk
from caseway.cases.access.rules import Operation
from caseway.cases.models import Side

from . import actions as partnering
from .forms import LISTED, PartnerForm


@desk_page
def partner(request: ViewerRequest, number: str) -> HttpResponse:
    """Share the case with a partner, or list it to them."""
    side, viewer = desk.load(request, number), request.viewer
    form = PartnerForm(desk.sent(request), viewer=viewer, side=side)
    if desk.submitted(request, form, lambda given: _bring_in(side, viewer, given)):
        return desk.done(request, number, _("The partner takes part now."))
    return desk.ask(request, side, form, "cases/partnering/partner.html", Operation.ADD_PARTNER)


def _bring_in(side: Side, viewer: Viewer, given: dict[str, Any]) -> None:
    partnering.add_partner(
        side.case,
        by=viewer,
        partner=given["partner"],
        subject=given["partner_subject"],
        text=given["partner_text"],
        listed=given["sharing"] == LISTED,
    )
