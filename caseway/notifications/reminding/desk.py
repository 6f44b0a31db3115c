"""Reminder rules at the desk."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from caseway.accounts.access import desk_page
from caseway.accounts.changing import demand
from caseway.accounts.permissions import Permission
from caseway.accounts.requests import ViewerRequest
from caseway.cases.canned.variables import VARIABLES, objection_to
from caseway.core.errors import Invalid, Stale
from caseway.core.http.forms import show_again
from caseway.notifications.models import ReminderRule
from caseway.notifications.sms.queries import failed_of

from . import actions
from .checking import no_provider
from .forms import RuleForm
from .previewing import Preview, preview_of
from .queries import rule_of, rules_of, version_of, without_number

FAILED_SHOWN = 20
FORM_METHODS = ["GET", "HEAD", "POST"]


@require_safe
@desk_page(permission=Permission.SETTINGS)
def rules(request: ViewerRequest) -> HttpResponse:
    """The organisation's rules."""
    shown = [(rule, without_number(rule) if rule.by_sms else []) for rule in rules_of(request.viewer)]
    failed = failed_of(request.viewer)[:FAILED_SHOWN]
    return render(request, "notifications/reminding/list.html", {"rules": shown, "failed": failed})


@require_http_methods(FORM_METHODS)
@desk_page(permission=Permission.SETTINGS)
def new_rule(request: ViewerRequest) -> HttpResponse:
    """One more rule."""
    form = RuleForm(request.POST if request.method == "POST" else None)
    return _sent(request, form) if form.is_bound else _page(request, form)


@require_http_methods(FORM_METHODS)
@desk_page
def rule(request: ViewerRequest, key: int) -> HttpResponse:
    """One rule, to change."""
    found = _open(request, key)
    form = RuleForm(request.POST if request.method == "POST" else None, rule=found)
    return _sent(request, form) if form.is_bound else _page(request, form)


@require_POST
@desk_page
def rule_removal(request: ViewerRequest, key: int) -> HttpResponse:
    """Throw a rule away."""
    found = _open(request, key)
    actions.remove(found, by=request.viewer)
    messages.success(request, _("“%(name)s” is removed.") % {"name": found.name})
    return redirect("desk:reminders")


def _open(request: ViewerRequest, key: int) -> ReminderRule:
    found = rule_of(request.viewer, key)
    demand(request.viewer, Permission.SETTINGS)
    return found


def _sent(request: ViewerRequest, form: RuleForm) -> HttpResponse:
    """Store what was entered, or show it as it would read (`do=preview`), or what is wrong with it."""
    if not form.is_valid():
        return _page(request, form, status=422)
    if request.POST.get("do") == "preview":
        return _previewed(request, form)
    try:
        stored = _store(request, form)
    except (Invalid, Stale) as refused:
        return show_again(form, refused, partial(_page, request, form))
    messages.success(request, _("“%(name)s” is saved.") % {"name": stored.name})
    return redirect("desk:reminders")


def _previewed(request: ViewerRequest, form: RuleForm) -> HttpResponse:
    """The form with its words as they would read, or with what is wrong with them; nothing is stored."""
    written = form.written
    objections = {name: objection_to(text) for name, text in written.texts.items()}
    if found := {name: words for name, words in objections.items() if words}:
        return show_again(form, Invalid(found), partial(_page, request, form))
    return _page(request, form, preview=preview_of(written, request.viewer), is_preview=True)


def _store(request: ViewerRequest, form: RuleForm) -> ReminderRule:
    if form.rule is None:
        return actions.add(form.written, by=request.viewer)
    version = form.cleaned_data["version"] or 0
    return actions.change(form.rule, form.written, by=request.viewer, version=version)


def _page(
    request: ViewerRequest,
    form: RuleForm,
    *,
    status: int = 200,
    stale: Stale | None = None,
    preview: Preview | None = None,
    is_preview: bool = False,
) -> HttpResponse:
    stored = rule_of(request.viewer, form.rule.pk) if form.rule else None
    version = version_of(stored) if stored and stale else form["version"].value()
    context = {
        "form": form,
        "rule": stored,
        "stale": stale,
        "version": version,
        "preview": preview,
        "is_preview": is_preview,
        "no_provider": no_provider(),
        "without_number": without_number(stored) if stored and stored.by_sms else [],
        "variables": VARIABLES,
    }
    return render(request, "notifications/reminding/rule.html", context, status=status)
