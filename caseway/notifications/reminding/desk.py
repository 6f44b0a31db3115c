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
from caseway.cases.models import Side
from caseway.core.errors import Invalid, Stale
from caseway.core.http.forms import show_again
from caseway.notifications.models import ReminderRule

from . import actions
from .forms import RuleForm
from .queries import rule_of, rules_of, version_of
from .wording import worded

FORM_METHODS = ["GET", "HEAD", "POST"]


@require_safe
@desk_page(permission=Permission.SETTINGS)
def rules(request: ViewerRequest) -> HttpResponse:
    """The organisation's rules."""
    return render(request, "notifications/reminding/list.html", {"rules": rules_of(request.viewer)})


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
        return _page(request, form, preview=_preview(request, form))
    try:
        stored = _store(request, form)
    except (Invalid, Stale) as refused:
        return show_again(form, refused, partial(_page, request, form))
    messages.success(request, _("“%(name)s” is saved.") % {"name": stored.name})
    return redirect("desk:reminders")


def _store(request: ViewerRequest, form: RuleForm) -> ReminderRule:
    if form.rule is None:
        return actions.add(form.written, by=request.viewer)
    version = form.cleaned_data["version"] or 0
    return actions.change(form.rule, form.written, by=request.viewer, version=version)


def _preview(request: ViewerRequest, form: RuleForm) -> str:
    """The text as it would read of the latest case with a deadline that its writer may open."""
    text, viewer = form.cleaned_data["text"], request.viewer
    if objection := objection_to(text):
        form.add_error("text", objection)
        return ""
    sides = Side.objects.visible_to(viewer).filter(deadline__isnull=False)
    side = sides.select_related("case__brand", "organisation").order_by("-updated_at").first()
    if side is None or viewer.person is None:
        return _("There is no case with a deadline to show it with.")
    return worded(text, side, viewer.person)


def _page(
    request: ViewerRequest,
    form: RuleForm,
    *,
    status: int = 200,
    stale: Stale | None = None,
    preview: str = "",
) -> HttpResponse:
    stored = rule_of(request.viewer, form.rule.pk) if form.rule else None
    version = version_of(stored) if stored and stale else form["version"].value()
    context = {
        "form": form,
        "rule": stored,
        "stale": stale,
        "version": version,
        "preview": preview,
        "variables": VARIABLES,
    }
    return render(request, "notifications/reminding/rule.html", context, status=status)
