"""Adding a case to a customer account: Save, or Save and close."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from caseway.accounts.access import desk_page
from caseway.accounts.requests import ViewerRequest
from caseway.cases.models import Case
from caseway.cases.once import form_token, once
from caseway.core.errors import Conflict, Invalid
from caseway.customers.colleagues.queries import account_visible_to
from caseway.customers.models import CustomerAccount

from .account_form import AccountCaseForm
from .actions import create
from .closing import create_closed

CLOSE = "close"


@desk_page
def new_case(request: ViewerRequest, key: int) -> HttpResponse:
    """The form, filled with the default priority; what was typed stays where something is wrong."""
    account = account_visible_to(request.viewer, key)
    sent = request.POST if request.method == "POST" else None
    form = AccountCaseForm(sent, viewer=request.viewer, account=account)
    case = _made(request, form) if form.is_valid() and not _asks_why(request) else None
    if case is None:
        return _show(request, account, form)
    words = _("%(number)s is created and closed.") if _closes(request) else _("%(number)s is created.")
    messages.success(request, words % {"number": case.number})
    return redirect("desk:customer_case", account.pk, case.number)


def _closes(request: ViewerRequest) -> bool:
    return request.POST.get("do") == CLOSE


def _asks_why(request: ViewerRequest) -> bool:
    """Whether reason and note of the closing are still to be asked for."""
    return _closes(request) and "asked" not in request.POST


def _made(request: ViewerRequest, form: AccountCaseForm) -> Case | None:
    """The case, made once however often the form is sent; None where the form says what is wrong."""
    viewer, given = request.viewer, form.cleaned_data

    def make() -> Case:
        if _closes(request):
            return create_closed(form.new_case(), by=viewer, reason=given["reason"], note=given["note"])
        return create(form.new_case(), by=viewer, ends_draft=False)

    try:
        return once(viewer, form_token(request.POST.get("token", "")), make)
    except Invalid as invalid:
        form.take(invalid)
    except Conflict as conflict:
        form.add_error(None, conflict.message)
    return None


def _show(request: ViewerRequest, account: CustomerAccount, form: AccountCaseForm) -> HttpResponse:
    context = {
        "account": account,
        "form": form,
        "policy": request.viewer.policy,
        "token": form_token(request.POST.get("token", "")),
        "closes": _closes(request),
    }
    return render(request, "cases/creation/account_case.html", context, status=422 if form.errors else 200)
