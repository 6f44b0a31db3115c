"""Brands at the desk: the list, and changing one with a preview.

Every agent may see the list. A brand is looked for before the permission is asked, so that a
foreign one is not there rather than forbidden.
"""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from caseway.accounts.access import desk_page
from caseway.accounts.brands.actions import change, demand
from caseway.accounts.brands.queries import brand_visible_to, brands_visible_to
from caseway.accounts.models import Brand
from caseway.accounts.permissions import Permission
from caseway.accounts.requests import ViewerRequest
from caseway.core.errors import Invalid, Stale
from caseway.core.http.forms import show_again

from .forms import BrandForm, initial_of
from .previewing import shown
from .queries import senders_open_to


@require_GET
@desk_page
def brands(request: ViewerRequest) -> HttpResponse:
    """The organisation's brands, with their hosts."""
    context = {
        "brands": brands_visible_to(request.viewer),
        "may_change": request.viewer.has(Permission.SETTINGS),
    }
    return render(request, "mail/branding/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def brand(request: ViewerRequest, key: int) -> HttpResponse:
    """One brand, to change."""
    found = _open(request, key)
    if request.method != "POST":
        return _page(request, BrandForm(initial=initial_of(found), viewer=request.viewer, brand=found))
    form = BrandForm(request.POST, request.FILES, viewer=request.viewer, brand=found)
    if request.POST.get("do") == "preview":
        return _page(request, form)
    if not form.is_valid():
        return _page(request, form, status=422)
    return _saved(request, form)


@require_POST
@desk_page
def preview(request: ViewerRequest, key: int) -> HttpResponse:
    """What is being chosen, as customers would see it; nothing is stored."""
    form = BrandForm(request.POST, request.FILES, viewer=request.viewer, brand=_open(request, key))
    return render(request, "mail/branding/preview.html", {"shown": shown(form)})


def _open(request: ViewerRequest, key: int) -> Brand:
    found = brand_visible_to(request.viewer, key)
    demand(request.viewer)
    return found


def _saved(request: ViewerRequest, form: BrandForm) -> HttpResponse:
    """Store what was chosen, or show the form again with it."""
    try:
        stored = change(
            form.brand,
            form.face,
            by=request.viewer,
            version=form.cleaned_data["version"] or 0,
            senders=senders_open_to(request.viewer),
            logo=form.new_logo(),
        )
    except (Invalid, Stale) as refused:
        return show_again(form, refused, partial(_page, request, form))
    messages.success(request, _("%(name)s is saved. Customers see it at once.") % {"name": stored.name})
    return redirect("desk:brand", stored.pk)


def _page(
    request: ViewerRequest, form: BrandForm, *, status: int = 200, stale: Stale | None = None
) -> HttpResponse:
    """The form with its preview. After a stale save it holds what was typed and the present version."""
    context = {
        "brand": form.brand,
        "form": form,
        "stale": stale,
        "version": stale.current["version"] if stale else form["version"].value(),
        "shown": shown(form),
    }
    return render(request, "mail/branding/brand.html", context, status=status)
