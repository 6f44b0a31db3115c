"""Guides at the desk: the list with its counts, writing with a preview, publishing.

Every agent may read them; writing asks for the permission. A guide is looked for before its
permission is asked, so that a foreign one is not there rather than forbidden.
"""

from functools import partial

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from caseway.accounts.access import desk_page
from caseway.accounts.permissions import Permission
from caseway.accounts.requests import ViewerRequest
from caseway.core.errors import Invalid, Stale
from caseway.core.http.forms import show_again
from caseway.core.text import clean
from caseway.guidance.actions import publish, unpublish
from caseway.guidance.markup import as_html
from caseway.guidance.models import Guide
from caseway.guidance.models.guide import LONGEST_BODY

from . import actions
from .counting import counts_of
from .forms import GuideForm, initial_of
from .listing import GuideFilter, rows_for
from .queries import categories_of, guide_visible_to, topics_of


@require_GET
@desk_page
def guides(request: ViewerRequest) -> HttpResponse:
    """The organisation's guides, drafts too, with how often each was shown, opened, and solved it."""
    wanted = GuideFilter.from_query(request.GET.dict())
    page, rows = rows_for(wanted, request.viewer, request.GET.get("cursor"))
    context = {
        "page": page,
        "rows": rows,
        "wanted": wanted,
        "languages": settings.LANGUAGES,
        "categories": categories_of(request.viewer),
        "may_write": request.viewer.has(Permission.GUIDANCE),
    }
    return render(request, "cases/guides/desk/list.html", context)


@desk_page(permission=Permission.GUIDANCE)
def new_guide(request: ViewerRequest) -> HttpResponse:
    """A new guide, as a draft; `?original=` begins a translation."""
    if request.method == "POST":
        return _sent(request, None)
    own = request.viewer.organisation
    initial = {"language": own.language if own else "en"} | request.GET.dict()
    return _form(request, GuideForm(initial=initial, viewer=request.viewer), None)


@desk_page
def guide(request: ViewerRequest, key: int) -> HttpResponse:
    """One guide: to change for those who may, else to read."""
    found = guide_visible_to(request.viewer, key)
    if request.method == "POST":
        return _sent(request, found)
    if not request.viewer.has(Permission.GUIDANCE):
        return render(request, "cases/guides/desk/read.html", _shown(found))
    return _form(request, GuideForm(initial=initial_of(found), viewer=request.viewer, guide=found), found)


@require_POST
@desk_page
def preview(request: ViewerRequest) -> HttpResponse:
    """What is being written, as customers would read it; nothing is stored."""
    return render(request, "cases/guides/desk/preview.html", _previewed(request))


@require_POST
@desk_page
def publication(request: ViewerRequest, key: int) -> HttpResponse:
    """Publish the guide, or take it back (`do=unpublish`)."""
    found = guide_visible_to(request.viewer, key)
    if request.POST.get("do") == "unpublish":
        unpublish(found, by=request.viewer)
        messages.success(request, _("“%(title)s” is a draft again.") % {"title": found.title})
    else:
        publish(found, by=request.viewer)
        messages.success(request, _("“%(title)s” is published.") % {"title": found.title})
    return redirect("desk:guide", found.pk)


def _sent(request: ViewerRequest, found: Guide | None) -> HttpResponse:
    """Store what was written, or show the form again with it."""
    form = GuideForm(request.POST, viewer=request.viewer, guide=found)
    if request.POST.get("do") == "preview":
        return _form(request, form, found)
    if not form.is_valid():
        return _form(request, form, found, status=422)
    try:
        stored = _store(request, form, found)
    except (Invalid, Stale) as refused:
        return show_again(form, refused, partial(_form, request, form, found))
    messages.success(request, _("“%(title)s” is saved.") % {"title": stored.title})
    return redirect("desk:guide", stored.pk)


def _store(request: ViewerRequest, form: GuideForm, found: Guide | None) -> Guide:
    written, categories = form.written, form.chosen_categories
    if found is None:
        return actions.write(written, categories, by=request.viewer)
    version = form.cleaned_data["version"] or 0
    return actions.rewrite(found, written, categories, by=request.viewer, version=version)


def _form(
    request: ViewerRequest,
    form: GuideForm,
    found: Guide | None,
    *,
    status: int = 200,
    stale: Stale | None = None,
) -> HttpResponse:
    """The form with its preview. After a stale save it holds what was typed and the present version."""
    shown = _shown(found) if found else {"guide": None, "counts": {}, "topics": []}
    body = form["body"].value() or ""
    context = shown | {
        "form": form,
        "stale": stale,
        "version": stale.current["version"] if stale else form["version"].value(),
        "title": form["title"].value() or "",
        "html": as_html(clean(body)[:LONGEST_BODY]),
    }
    return render(request, "cases/guides/desk/guide.html", context, status=status)


def _shown(found: Guide) -> dict[str, object]:
    return {
        "guide": found,
        "title": found.title,
        "html": as_html(found.body),
        "counts": counts_of([found])[found.pk],
        "topics": topics_of([found])[found.pk],
    }


def _previewed(request: ViewerRequest) -> dict[str, object]:
    body = clean(request.POST.get("body", ""))[:LONGEST_BODY]
    return {"title": clean(request.POST.get("title", "")), "html": as_html(body)}
