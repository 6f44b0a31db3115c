"""The customer's side of a conversation: commenting, and the draft of a comment."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from caseway.accounts.access import portal_page
from caseway.accounts.requests import ViewerRequest
from caseway.cases import portal
from caseway.cases.conversation.drafts import forget_draft, save_draft
from caseway.cases.files.forms import keep_all
from caseway.cases.models import Case
from caseway.cases.types import Audience
from caseway.core.errors import Conflict, Invalid

from .actions import Comment, comment
from .forms import Reply


@require_POST
@portal_page
def comments(request: ViewerRequest, number: str) -> HttpResponse:
    """Say something on the case; where it became another one, go there and say so."""
    case = portal.load(request, number)
    files, errors = keep_all(request.FILES.getlist("files"), request.viewer)
    reply = Reply.sent(case, request.viewer, request.POST, files)
    if errors:
        return _again(request, reply.refused(errors))
    try:
        place = comment(case, _said(request, reply), by=request.viewer, token=reply.token)
    except Invalid as invalid:
        return _again(request, reply.refused(invalid.errors))
    except Conflict as conflict:
        return _again(request, reply.refused({"text": conflict.message}))
    if place == case:
        return portal.said(request, number)
    return portal.done(request, place.number, _of_another(place, number))


@require_POST
@portal_page
def draft(request: ViewerRequest, number: str) -> HttpResponse:
    """Keep what is being written, or forget it where nothing is left."""
    case = portal.load(request, number)
    text, files = request.POST.get("text", ""), request.POST.getlist("attachments")
    if text.strip() or files:
        save_draft(request.viewer, case, Audience.CUSTOMER, {"text": text, "attachments": files})
    else:
        forget_draft(request.viewer, case, Audience.CUSTOMER)
    return HttpResponse(status=204)


def _said(request: ViewerRequest, reply: Reply) -> Comment:
    return Comment(reply.text, reply.attachments, reply.says_reopen, portal.brand_of(request))


def _of_another(place: Case, number: str) -> str:
    """Why the words stand on another case than the one they were written on."""
    if place.merged_cases.exists():
        words = _("%(case)s was joined with %(new)s. What you wrote stands here.")
    else:
        words = _("%(case)s was solved too long ago to go on. We made %(new)s of what you wrote.")
    return words % {"case": number, "new": place.number}


def _again(request: ViewerRequest, reply: Reply) -> HttpResponse:
    """The box with its errors and everything that was typed: alone for htmx, else on a page of its own."""
    reply.case.refresh_from_db()
    template = "cases/commenting/reply.html" if request.htmx else "cases/commenting/reply_page.html"
    return render(request, template, {"reply": reply}, status=422)
