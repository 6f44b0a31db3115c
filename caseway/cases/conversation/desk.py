"""The desk's side of a conversation: sending, drafts, and what has been read."""

from dataclasses import replace

from django.contrib import messages as told
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from caseway.accounts.access import desk_page
from caseway.accounts.requests import ViewerRequest
from caseway.cases import desk
from caseway.cases.access.rules import Operation
from caseway.cases.lifecycle.forms import ClosureForm, SuspensionForm, WhyForm
from caseway.cases.models import Draft, Side
from caseway.cases.once import form_token
from caseway.cases.status import Status
from caseway.cases.types import Audience
from caseway.core.errors import Conflict, Invalid

from .actions import Then, see
from .along import take_along
from .drafts import forget_draft, save_draft
from .sending import Outgoing, Unseen, send
from .waiting import hold, send_due, take_back
from .ways import remember_way
from .written import chosen_copies, draft_audience, written

ASKS: dict[str, tuple[type[WhyForm], Operation]] = {
    Status.CLOSED: (ClosureForm, Operation.CLOSE),
    Status.ON_HOLD: (SuspensionForm, Operation.SUSPEND),
}


@desk_page
@require_POST
def messages(request: ViewerRequest, number: str) -> HttpResponse:
    """Send what was written; "send and close" asks for the reason first. Nothing typed is ever lost."""
    side = desk.load(request, number)
    outgoing, errors = written(request)
    asks = ASKS.get(outgoing.then.status or "")
    if asks and not errors:
        return _send_and(request, side, outgoing, *asks)
    try:
        _send(request, side, outgoing, errors)
    except (Invalid, Conflict) as error:
        return _kept(request, side, outgoing, error)
    return desk.done(request, number, _said(request, outgoing), focus="message")


@desk_page
@require_POST
def draft(request: ViewerRequest, number: str) -> HttpResponse:
    """Keep what is being written, or forget it where nothing is left."""
    case, audience = desk.load(request, number).case, draft_audience(request)
    text, files = request.POST.get("text", ""), request.POST.getlist("attachments")
    copied = chosen_copies(request, audience)
    if text.strip() or files or copied:
        content = {"text": text, "attachments": files} | ({"copied": copied} if copied else {})
        save_draft(request.viewer, case, audience, content)
    else:
        forget_draft(request.viewer, case, audience)
    return HttpResponse(status=204)


@desk_page
@require_POST
def move_draft(request: ViewerRequest, number: str) -> HttpResponse:
    """Take what was being written along to the case that this one was merged into, and go there."""
    case = desk.load(request, number).case
    home = take_along(case, draft_audience(request), by=request.viewer)
    return redirect("desk:case", home.number)


@desk_page
@require_POST
def undo_sending(request: ViewerRequest, number: str, key: int) -> HttpResponse:
    """Take back what waits: its words are in the composer again."""
    case = desk.load(request, number).case
    return desk.attempt(
        request,
        number,
        lambda: take_back(case, key, by=request.viewer),
        _("Not sent. Your words are back."),
    )


@desk_page
@require_POST
def finish_sending(request: ViewerRequest, number: str, key: int) -> HttpResponse:
    """The page has counted down: send it now, unless the worker was quicker."""
    case = desk.load(request, number).case
    if Draft.objects.filter(pk=key, case=case, person=request.viewer.me).exists():
        send_due(key)
    return HttpResponse(status=204)


@desk_page
@require_POST
def visit(request: ViewerRequest, number: str) -> HttpResponse:
    """The page is open before somebody's eyes: what is on it is read."""
    see(desk.load(request, number).case, by=request.viewer)
    return HttpResponse(status=204)


def _send(request: ViewerRequest, side: Side, outgoing: Outgoing, errors: dict[str, str]) -> None:
    if errors:
        raise Invalid(errors)
    _send_off(request, side, outgoing)


def _send_off(request: ViewerRequest, side: Side, outgoing: Outgoing) -> None:
    """Send it, after the time that policy gives to take it back; the page that follows offers that."""
    viewer, token = request.viewer, form_token(request.POST.get("token", ""))
    (hold if _waits(request) else send)(side.case, by=viewer, outgoing=outgoing, token=token)
    remember_way(viewer, outgoing.audience, request.POST.get("set_status", ""))


def _waits(request: ViewerRequest) -> bool:
    return request.viewer.policy.undo_send_seconds > 0


def _send_and(
    request: ViewerRequest, side: Side, outgoing: Outgoing, form_class: type[WhyForm], operation: Operation
) -> HttpResponse:
    """Send, and close or put on hold, with the reason that policy asks for."""
    viewer, asked = request.viewer, "asked" in request.POST
    form = form_class(request.POST if asked else None, viewer=viewer, side=side)
    if not asked and not (form.needs_reason or form.needs_note or operation is Operation.SUSPEND):
        form = form_class({"reason": "", "note": ""}, viewer=viewer, side=side)

    def act(given: dict[str, object]) -> None:
        then = Then(outgoing.then.status, str(given.get("reason", "")), str(given["note"]))
        _send_off(request, side, replace(outgoing, then=then))

    if form.is_bound and desk.submitted(request, form, act):
        return desk.done(request, side.number, _said(request, outgoing), focus="message")
    answer = desk.ask(request, side, form, "cases/conversation/then.html", operation, outgoing=outgoing)
    if request.htmx and not asked:
        answer["HX-Retarget"], answer["HX-Reswap"] = "#dialogs", "innerHTML"
    return answer


def _kept(
    request: ViewerRequest, side: Side, outgoing: Outgoing, refusal: Invalid | Conflict
) -> HttpResponse:
    """Back to the case with everything that was typed, and above the composer why it was not sent.

    Past an answer that came meanwhile it can be sent from there, in the way that was chosen.
    """
    if outgoing.text.strip() or outgoing.attachments:
        content: dict[str, object] = {"text": outgoing.text, "attachments": list(outgoing.attachments)}
        if outgoing.copies is not None:
            content["copied"] = {"ticked": list(outgoing.copies), "typed": ""}
        if isinstance(refusal, Unseen):
            content["unseen"] = outgoing.then.status or ""
        save_draft(request.viewer, side.case, outgoing.audience, content)
    told.warning(request, refusal.message, extra_tags=desk.NOTICE)
    return desk.done(request, side.number)


def _said(request: ViewerRequest, outgoing: Outgoing) -> str:
    """What is told of it; nothing while it waits, since the dock tells that."""
    if _waits(request):
        return ""
    notes = (Audience.TEAM, Audience.RECORD)
    return _("Your note is added.") if outgoing.audience in notes else _("Your message is sent.")
