"""The customer's side of a conversation: commenting, and the draft of a comment."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from caseway.accounts.access import portal_page
from caseway.accounts.requests import ViewerRequest
from caseway.cases import portal
from caseway.cases.files.forms import keep_all
from caseway.cases.types import Audience
from caseway.core.errors import Conflict, Invalid

from .commenting import comment
from .drafts import forget_draft, save_draft
from .forms import Reply


@require_POST
@portal_page
def comments(request: ViewerRequest, number: str) -> HttpResponse:
    """Say something on the case."""
    case = portal.load(request, number)
    files, errors = keep_all(request.FILES.getlist("files"), request.viewer)
    reply = Reply.sent(case, request.viewer, request.POST, files)
    if errors := errors or _send(request, reply):
        return _again(request, reply.refused(errors))
    return portal.said(request, number)


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


def _send(request: ViewerRequest, reply: Reply) -> dict[str, str]:
    """Post the comment; gives what is wrong with it, by field."""
    try:
        comment(
            reply.case,
            by=request.viewer,
            text=reply.text,
            attachments=reply.attachments,
            reopen=reply.says_reopen,
            token=reply.token,
        )
    except Invalid as invalid:
        return invalid.errors
    except Conflict as conflict:
        return {"text": conflict.message}
    return {}


def _again(request: ViewerRequest, reply: Reply) -> HttpResponse:
    """The box with its errors and everything that was typed: alone for htmx, else on a page of its own."""
    reply.case.refresh_from_db()
    template = "cases/conversation/reply.html" if request.htmx else "cases/conversation/reply_page.html"
    return render(request, template, {"reply": reply}, status=422)
