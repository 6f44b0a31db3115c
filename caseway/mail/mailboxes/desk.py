"""One mailbox at the desk: to add, to change, to try, and to connect with its provider."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from caseway.accounts.access import desk_page
from caseway.accounts.changing import demand
from caseway.accounts.permissions import Permission
from caseway.accounts.requests import ViewerRequest
from caseway.core.errors import DomainError, Invalid, Stale, TooMany
from caseway.core.http.forms import show_again
from caseway.mail.granting.providers import providers

from . import actions
from .actions import Tried
from .forms import AddressForm, MailboxForm
from .queries import mailbox_of_viewer

FORM_METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(FORM_METHODS)
@desk_page(permission=Permission.SETTINGS)
def new_mailbox(request: ViewerRequest) -> HttpResponse:
    """One more mailbox: its address, and then its own page."""
    form = AddressForm(request.POST or None)
    if not (form.is_bound and form.is_valid()):
        return _new_page(request, form, status=422 if form.is_bound else 200)
    try:
        box = actions.add(form.cleaned_data["address"], by=request.viewer)
    except Invalid as refused:
        return show_again(form, refused, partial(_new_page, request, form))
    messages.success(request, _("%(address)s is added.") % {"address": box.address})
    return redirect("desk:mailbox", box.pk)


@require_http_methods(FORM_METHODS)
@desk_page
def mailbox(request: ViewerRequest, key: int) -> HttpResponse:
    """One mailbox, to change; `do=try` signs in to its server and stores nothing."""
    found = mailbox_of_viewer(request.viewer, key)
    demand(request.viewer, Permission.SETTINGS)
    form = MailboxForm(request.POST or None, viewer=request.viewer, box=found)
    if not form.is_bound:
        return _page(request, form)
    if not form.is_valid():
        return _page(request, form, status=422)
    return _tried(request, form) if request.POST.get("do") == "try" else _saved(request, form)


def _saved(request: ViewerRequest, form: MailboxForm) -> HttpResponse:
    version = form.cleaned_data["version"] or 0
    try:
        box = actions.change(form.box, form.written, by=request.viewer, version=version)
    except (Invalid, Stale) as refused:
        return show_again(form, refused, partial(_page, request, form))
    messages.success(request, _("%(address)s is saved.") % {"address": box.address})
    return redirect("desk:mailbox", box.pk)


def _tried(request: ViewerRequest, form: MailboxForm) -> HttpResponse:
    try:
        tried = actions.try_fetching(form.box, form.written, by=request.viewer)
    except (Invalid, TooMany) as refused:
        return _again(request, form, refused)
    return _page(request, form, tried=tried)


def _again(request: ViewerRequest, form: MailboxForm, refused: DomainError) -> HttpResponse:
    return show_again(form, refused, partial(_page, request, form))


def _new_page(
    request: ViewerRequest, form: AddressForm, *, status: int = 200, stale: Stale | None = None
) -> HttpResponse:
    return render(request, "mail/mailboxes/new.html", {"form": form}, status=status)


def _page(
    request: ViewerRequest,
    form: MailboxForm,
    *,
    status: int = 200,
    stale: Stale | None = None,
    tried: Tried | None = None,
) -> HttpResponse:
    context = {
        "box": form.box,
        "form": form,
        "stale": stale,
        "tried": tried,
        "imap": getattr(form.box, "imap", None),
        "grant": getattr(form.box, "grant", None),
        "providers": providers(),
        "version": stale.current["version"] if stale else form["version"].value(),
    }
    return render(request, "mail/mailboxes/mailbox.html", context, status=status)
