"""The first step: what the case is about."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from caseway.accounts.requests import ViewerRequest
from caseway.accounts.viewer import Viewer
from caseway.cases.drafting.queries import drafts_of
from caseway.cases.drafting.steps import Step
from caseway.cases.models import CaseDraft
from caseway.core.errors import TooMany
from caseway.core.limits import count, seconds_left

from .begun import Begun
from .forms import Entered
from .listing import BegunCase, listed
from .queries import item_chosen, topics_for

AN_HOUR = 3600
MOST_AN_HOUR = 120


def first_page(
    request: ViewerRequest,
    entered: Entered,
    errors: Mapping[str, str] | None = None,
    *,
    begun: Begun | None = None,
    thrown_away: CaseDraft | None = None,
) -> HttpResponse:
    """The topics; before anything is begun with the drafts, else with what was chosen before."""
    viewer = request.viewer
    context: dict[str, Any] = {
        "topics": topics_for(viewer),
        "entered": entered,
        "errors": errors or {},
        "item": item_chosen(viewer, entered.category),
        "begun": begun,
        "step": Step.TOPIC,
        "number": 1,
        "page": begun.page.key if begun else uuid4().hex,
        "drafts": [] if begun else drafts_for(viewer),
        "thrown_away": BegunCase.of(thrown_away, {}) if thrown_away else None,
    }
    status = 409 if begun and begun.overtaken else 422 if errors else 200
    return render(request, "cases/creation/portal/topic.html", context, status=status)


def drafts_for(viewer: Viewer) -> list[BegunCase]:
    """The cases that the viewer began and may go on with, the latest first. Two queries at most."""
    return listed(drafts_of(viewer), viewer)


def chosen_item(viewer: Viewer, entered: Entered) -> dict[str, str]:
    """The error where no item was chosen that there is."""
    if item_chosen(viewer, entered.category) is None:
        return {"category": _("Choose what it is about.")}
    return {}


def slow_down(viewer: Viewer) -> None:
    """Raises TooMany for whoever begins more cases than anybody needs."""
    key = f"begins {viewer.me}"
    if count(key, AN_HOUR) > MOST_AN_HOUR:
        raise TooMany(_("That was very often. Please wait a minute."), retry_after=seconds_left(key))
