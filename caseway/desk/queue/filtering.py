"""The filters of a list: all of them by name, and the form of each, opened below a chip."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from caseway.accounts.access import desk_page
from caseway.accounts.requests import ViewerRequest
from caseway.cases.views.field import Group
from caseway.cases.views.pages.going import go, list_url
from caseway.cases.views.registry import BY_NAME, FIELDS
from caseway.cases.views.shown import shown_by
from caseway.core.errors import Invalid, NotFound

from .asked import Asked, asked_by
from .bar import form_url


@require_safe
@desk_page
def filters(request: ViewerRequest) -> HttpResponse:
    """All fields that a list can be filtered by, by group; each leads to its form."""
    shown = shown_by(dict(request.GET.lists()), request.viewer)
    in_force = {term.field for term in shown.wanted.terms}
    groups = [
        (
            group.label,
            [
                (field.label_for(request.viewer), form_url(shown, field), field in in_force)
                for field in FIELDS
                if field.group is group
            ],
        )
        for group in Group
    ]
    context = {"groups": groups, "back": list_url(shown.query)}
    return render(request, "desk/queue/fields.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def one_filter(request: ViewerRequest, name: str) -> HttpResponse:
    """Ask how one field is compared and with what, then show the list that this makes.

    `do=find` looks for values of a field that has too many to be listed.
    """
    field = BY_NAME.get(name)
    if field is None:
        raise NotFound
    shown = shown_by(dict(request.GET.lists()), request.viewer)
    asked = asked_by(request, field, shown)
    if request.method != "POST" or request.POST.get("do") == "find":
        return _ask(request, asked)
    try:
        wanted = shown.wanted.having(asked.parameters)
    except Invalid as invalid:
        return _ask(request, asked, " ".join(invalid.errors.values()))
    return go(request, list_url(shown.carried + wanted.query_string()))


def _ask(request: ViewerRequest, asked: Asked, wrong: str = "") -> HttpResponse:
    context = {
        "asked": asked,
        "error": wrong,
        "action": request.get_full_path(),
        "back": list_url(asked.shown.query),
        "label": asked.field.label_for(request.viewer),
    }
    return render(request, "desk/queue/filter.html", context, status=422 if wrong else 200)
