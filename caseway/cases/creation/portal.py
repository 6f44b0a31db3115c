"""Raising a case in the portal: topic and item, guidance, shipment, words and files, the number."""

from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from caseway.accounts.access import portal_page
from caseway.accounts.requests import ViewerRequest
from caseway.cases import portal
from caseway.cases.drafting.actions import begin, set_aside, take_up
from caseway.cases.drafting.queries import case_made_of, draft_visible_to
from caseway.cases.drafting.steps import Step
from caseway.cases.files.forms import keep_all
from caseway.cases.guides.portal import suggested
from caseway.core.errors import Invalid

from .begun import Begun, standing_at, step_url
from .content import content_page, submitted
from .forms import Entered
from .picking import QUERY, picked
from .queries import chosen_for
from .step_pages import led_on, shown, step_page
from .topics import chosen_item, first_page, slow_down


@portal_page
def new_case(request: ViewerRequest) -> HttpResponse:
    """The first page: the topics and their items, and the drafts. Choosing an item begins a draft."""
    entered = Entered.begun(request.POST if request.method == "POST" else request.GET)
    if entered.follow_up:
        entered = entered.following(portal.load(request, entered.follow_up), request.viewer)
    if request.method != "POST":
        return first_page(request, entered)
    slow_down(request.viewer)
    if errors := chosen_item(request.viewer, entered):
        return first_page(request, entered, errors)
    try:
        draft = begin(entered.as_draft(), by=request.viewer)
    except Invalid as invalid:
        return first_page(request, entered, invalid.errors)
    return redirect(step_url(draft.pk, Step.GUIDANCE))


@step_page(Step.TOPIC)
def topic(request: ViewerRequest, begun: Begun) -> HttpResponse:
    """Choose another topic or item; everything else stays."""
    if request.method != "POST":
        return first_page(request, begun.entered, begun=begun)
    if errors := chosen_item(request.viewer, begun.entered):
        return first_page(request, begun.entered, errors, begun=begun)
    kept = begun.kept()
    if kept.overtaken:
        return first_page(request, kept.entered, begun=kept)
    return led_on(kept, Step.GUIDANCE)


@step_page(Step.GUIDANCE)
def guidance(request: ViewerRequest, begun: Begun) -> HttpResponse:
    """The guides on what was chosen; passed over where there are none."""
    context = suggested(request, form=str(begun.key), category=begun.item)
    if not context["guides"]:
        return led_on(begun, Step.TOPIC if "back" in request.GET else Step.SHIPMENT)
    return shown(begun, **context)


@step_page(Step.SHIPMENT)
def shipment(request: ViewerRequest, begun: Begun) -> HttpResponse:
    """Find and choose the shipment, or go on without."""
    if request.method != "POST":
        return shown(begun, **picked(begun), status=200)
    way = request.POST.get("do", "stay")
    if way == "skip":
        begun = begun.but(entered=begun.entered.sent(Step.SHIPMENT, QueryDict("")))
    kept = begun.kept()
    context = picked(kept, request.POST.get(QUERY, ""), goes_on=way == "continue")
    if kept.overtaken or way == "find" or context["errors"]:
        return shown(kept, **context)
    return led_on(kept, {"continue": Step.CONTENT, "skip": Step.CONTENT}.get(way, way))


@step_page(Step.CONTENT)
def content(request: ViewerRequest, begun: Begun) -> HttpResponse:
    """Subject, words and files, and sending them."""
    if request.method != "POST":
        return content_page(begun.but(entered=begun.entered.suggesting(begun.item)))
    files, errors = keep_all(request.FILES.getlist("files"), request.viewer)
    begun = begun.but(entered=begun.entered.with_files(files))
    try:
        kept = begun.kept()
    except Invalid as invalid:
        return content_page(begun, invalid.errors)
    way = request.POST.get("do", "stay")
    if kept.overtaken or errors:
        return content_page(kept, errors)
    return submitted(kept) if way == "submit" else led_on(kept, way)


@require_GET
@portal_page
def find_shipment(request: ViewerRequest) -> HttpResponse:
    """The customer's shipments with a number like the one typed: what the picker shows."""
    entered = Entered.begun(request.GET)
    context = picked(None, request.GET.get(QUERY, ""), viewer=request.viewer, number=entered.shipment)
    return render(request, "cases/creation/portal/shipments_found.html", context)


@require_POST
@portal_page
def draft(request: ViewerRequest, draft: UUID) -> HttpResponse:
    """Keep what is being entered at a step; 409 with words and both choices where another page was newer."""
    step = Step(request.POST["step"]) if request.POST.get("step") in Step.values else Step.CONTENT
    if case_made_of(request.viewer, draft):
        return HttpResponse(status=204)
    kept = Begun.at(request, draft_visible_to(request.viewer, draft), step).kept()
    if kept.overtaken is None:
        return HttpResponse(status=204)
    return render(request, "cases/creation/portal/overtaken_fragment.html", {"begun": kept}, status=409)


@portal_page
def resume(request: ViewerRequest, draft: UUID) -> HttpResponse:
    """Go on with a draft where it stands; by POST throw it away, or take it up again."""
    found = draft_visible_to(request.viewer, draft)
    if request.method != "POST":
        return redirect(step_url(draft, standing_at(found)))
    if request.POST.get("do") == "restore":
        take_up(draft, by=request.viewer)
        return redirect("portal:new")
    set_aside(draft, by=request.viewer)
    return first_page(request, Entered(), thrown_away=found)


@require_GET
@portal_page
def created(request: ViewerRequest, number: str) -> HttpResponse:
    """The confirmation: the case's number, what happens next, and the way to it."""
    case = portal.load(request, number)
    item, shipment = chosen_for(case, request.viewer)
    context = {"case": case, "item": item, "shipment": shipment}
    return render(request, "cases/creation/portal/created.html", context)
