"""The policy at the desk."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from caseway.accounts.access import desk_page
from caseway.accounts.permissions import Permission
from caseway.accounts.requests import ViewerRequest
from caseway.core.errors import Invalid, Stale
from caseway.core.http.forms import show_again

from .actions import change, version_of
from .forms import PolicyForm


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(permission=Permission.SETTINGS)
def policies(request: ViewerRequest) -> HttpResponse:
    """Every choice of the organisation, each with its sentence and its default."""
    written = request.POST if request.method == "POST" else None
    form = PolicyForm(written, policy=request.viewer.policy)
    if written is None:
        return _page(request, form)
    if not form.is_valid():
        return _page(request, form, status=422)
    try:
        change(form.values, by=request.viewer, version=form.cleaned_data["version"] or 0)
    except (Invalid, Stale) as refused:
        return show_again(form, refused, partial(_page, request, form))
    messages.success(request, _("Saved. It holds from now on."))
    return redirect("desk:policies")


def _page(
    request: ViewerRequest, form: PolicyForm, *, status: int = 200, stale: Stale | None = None
) -> HttpResponse:
    version = stale.current["version"] if stale else version_of(form.policy)
    context = {"form": form, "stale": stale, "version": version}
    return render(request, "accounts/policies/policies.html", context, status=status)
