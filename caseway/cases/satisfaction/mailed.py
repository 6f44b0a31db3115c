"""The pages behind the links of the closing mail, without a sign-in.

Opening a link answers nothing: programs that look at mails follow every link. The page that it
opens has the answer chosen and one button, which sends it by POST with the page's own token.
"""

from collections.abc import Mapping

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from caseway.accounts.access import public_page
from caseway.accounts.reader import activate_reader
from caseway.accounts.requests import ViewerRequest
from caseway.cases.types import Verdict
from caseway.core.errors import Conflict, Invalid, NotFound
from caseway.customers.viewers import contact_viewer

from .actions import add_comment_from_mail, answer_from_mail
from .links import Asked, asked_by
from .queries import question_about


@public_page
@require_http_methods(["GET", "HEAD", "POST"])
def mailed(request: ViewerRequest, token: str) -> HttpResponse:
    """Ask, thank, or say that it is too late. Raises NotFound for a link that isn't ours, or at the
    portal of another organisation."""
    asked = asked_by(token)
    if asked is None or (request.brand and request.brand.organisation_id != asked.case.host_id):
        raise NotFound
    activate_reader(contact_viewer(asked.contact))
    if request.method != "POST":
        return _page(request, asked, chosen=request.GET.get("answer", ""))
    try:
        if "comment" in request.POST:
            add_comment_from_mail(asked, request.POST["comment"])
        else:
            answer_from_mail(asked, request.POST.get("answer", ""))
    except Invalid as invalid:
        return _page(request, asked, errors=invalid.errors, status=422)
    except Conflict as conflict:
        return _page(request, asked, errors={"": conflict.message}, status=409)
    return redirect(request.path)


def _page(
    request: ViewerRequest,
    asked: Asked,
    *,
    chosen: str = "",
    errors: Mapping[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    case, question = asked.case, question_about(asked.case)
    if question is not None and question.closure.pk != asked.closure.pk:
        question = None
    brand = case.brand
    context = {
        "case": case,
        "question": question,
        "chosen": chosen if chosen in Verdict.values else "",
        "errors": errors or {},
        "comment": request.POST.get("comment", ""),
        "too_late": _("This question is closed: the case was taken up again, or too much time has passed."),
        "brand": {
            "name": brand.name if brand else case.host.name,
            "home_url": "/",
            "colour": brand.digits if brand else "",
            "logo": brand.logo if brand else None,
        },
    }
    return render(request, "cases/satisfaction/mailed.html", context, status=status)
