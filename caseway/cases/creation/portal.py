"""Raising a case in the portal: topic and item, then the form, then the number."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from caseway.accounts.access import portal_page
from caseway.accounts.requests import ViewerRequest
from caseway.cases import portal
from caseway.cases.conversation.drafts import forget_draft, save_draft
from caseway.cases.files.actions import limits_for
from caseway.cases.files.forms import as_rows, keep_all
from caseway.cases.files.queries import unsent_files
from caseway.cases.once import form_token
from caseway.cases.types import Audience
from caseway.core.errors import Invalid
from caseway.shipments.answers import answers_for
from caseway.shipments.numbers import recognise
from caseway.shipments.wording import found_by, taken_for

from .forms import Entered, draft_of
from .queries import active_cases_on, item_chosen, shipment_chosen, shipments_found, topics_for
from .submitting import submit

QUERY = "p-shipment-q"
LONGEST_SUBJECT = 120


@portal_page
def new_case(request: ViewerRequest) -> HttpResponse:
    """The form of a new case, once an item is chosen; until then the topics."""
    if request.method == "POST":
        return _sent(request)
    draft = draft_of(request.viewer)
    entered = Entered.kept(draft)
    if (number := request.GET.get("follow_up", "")) and number != entered.follow_up:
        entered = Entered.following(portal.load(request, number), request.viewer)
    entered = entered.but(request.GET.dict())
    asks_topic = "item" not in request.GET and not entered.follow_up and "draft" not in request.GET
    if asks_topic or item_chosen(request.viewer, entered.category) is None:
        return _topics(request, entered)
    return _form(request, entered, kept_at=draft.saved_at if draft and entered.has_words else None)


@require_GET
@portal_page
def find_shipment(request: ViewerRequest) -> HttpResponse:
    """The customer's shipments with a number like the one typed: what the picker shows."""
    entered = Entered(shipment=request.GET.get("shipment", ""))
    context = _shipments(request, entered, request.GET.get(QUERY, ""))
    return render(request, "cases/creation/portal/shipments_found.html", context)


@require_POST
@portal_page
def draft(request: ViewerRequest) -> HttpResponse:
    """Keep what was entered so far."""
    save_draft(request.viewer, None, Audience.CUSTOMER, Entered.sent(request.POST).as_draft())
    return HttpResponse(status=204)


@require_GET
@portal_page
def created(request: ViewerRequest, number: str) -> HttpResponse:
    """The confirmation: the case's number, and the way to it."""
    case = portal.load(request, number)
    return render(request, "cases/creation/portal/created.html", {"case": case})


def _sent(request: ViewerRequest) -> HttpResponse:
    """Do what the pressed button says, keeping whatever was entered."""
    files, errors = keep_all(request.FILES.getlist("files"), request.viewer)
    entered = Entered.sent(request.POST).with_files(files)
    match request.POST.get("do", "submit"):
        case "find":
            return _form(request, entered, errors, status=200)
        case "save" | "change" as way:
            save_draft(request.viewer, None, Audience.CUSTOMER, entered.as_draft())
            return _kept(request) if way == "save" else redirect("portal:new")
        case "discard":
            forget_draft(request.viewer, None, Audience.CUSTOMER)
            return redirect("portal:new")
    return _form(request, entered, errors) if errors else _submitted(request, entered)


def _submitted(request: ViewerRequest, entered: Entered) -> HttpResponse:
    try:
        case = submit(
            entered.as_case(),
            by=request.viewer,
            token=form_token(request.POST.get("token", "")),
            brand=portal.brand_of(request),
            follow_up_of=entered.follow_up,
        )
    except Invalid as invalid:
        return _form(request, entered, invalid.errors)
    return redirect("portal:created", case.number)


def _kept(request: ViewerRequest) -> HttpResponse:
    messages.success(request, _("Your draft is kept. You find it again under “Raise a new case”."))
    return redirect("portal:cases")


def _topics(request: ViewerRequest, entered: Entered) -> HttpResponse:
    carried = request.GET.copy()
    carried.pop("item", None)
    context = {"topics": topics_for(request.viewer), "entered": entered, "carried": carried.urlencode()}
    return render(request, "cases/creation/portal/topics.html", context)


def _form(
    request: ViewerRequest, entered: Entered, errors: Mapping[str, str] | None = None, **more: Any
) -> HttpResponse:
    status = more.pop("status", 422 if errors else 200)
    limits = limits_for(request.viewer)
    context = {
        "entered": entered,
        "errors": errors or {},
        "item": item_chosen(request.viewer, entered.category),
        "files": as_rows(unsent_files(request.viewer, entered.attachments), "portal"),
        "limits": {"files": limits.files, "bytes": limits.total_bytes, "extensions": limits.types},
        "token": form_token(request.POST.get("token", "")),
        "longest_subject": LONGEST_SUBJECT,
        "kept_at": None,
        "answers": answers_for(
            request.viewer, chosen=entered.shipment, text=f"{entered.subject}\n{entered.description}"
        ),
        **_shipments(request, entered, request.POST.get(QUERY, "")),
        **more,
    }
    return render(request, "cases/creation/portal/new_case.html", context, status=status)


def _shipments(request: ViewerRequest, entered: Entered, typed: str) -> dict[str, Any]:
    """What the picker shows: those found, by which number, and always the one that is chosen."""
    viewer, wanted = request.viewer, recognise(typed)
    chosen = shipment_chosen(viewer, entered.shipment)
    found = shipments_found(viewer, typed)
    matches = len(found)
    if chosen and chosen not in found:
        found.insert(0, chosen)
    return {
        "typed": typed,
        "matches": matches,
        "chosen": chosen,
        "found": found,
        "found_by": {shipment.pk: found_by(shipment, wanted) for shipment in found},
        "taken_for": taken_for(wanted),
        "earlier": active_cases_on(chosen, viewer) if chosen else [],
    }
