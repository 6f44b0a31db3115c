"""The desk's side of arranging a list: its columns, their widths, and the list that the desk opens with."""

from collections.abc import Iterator

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from caseway.accounts.access import desk_page
from caseway.accounts.requests import ViewerRequest
from caseway.cases.views.arranging.actions import choose_columns, choose_width, open_desk_with
from caseway.cases.views.columns import COLUMNS, SUBJECT, label_of, width_from
from caseway.cases.views.pages.going import go, list_url, query_of
from caseway.cases.views.shown import Shown, shown_by
from caseway.core.errors import Invalid


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def columns(request: ViewerRequest) -> HttpResponse:
    """Choose the columns of the list that the address names, their order and width."""
    shown = shown_by(dict(request.GET.lists()), request.viewer)
    if request.method != "POST":
        return _ask(request, shown, list(_offered(shown)))
    if "reset" in request.POST:
        choose_columns(shown.which, None, {}, by=request.viewer)
        return go(request, list_url(shown.query))
    try:
        order, widths = _sent(request)
    except Invalid as invalid:
        return _ask(request, shown, request.POST.getlist("order"), invalid)
    chosen = [name for name in order if name in request.POST.getlist("column") or name == SUBJECT]
    choose_columns(shown.which, chosen, widths, by=request.viewer)
    if request.POST.get("move"):
        return _ask(request, shown, order)
    return go(request, list_url(shown.query))


@require_POST
@desk_page
def column_width(request: ViewerRequest) -> HttpResponse:
    """Keep how wide one column was made by hand."""
    shown = shown_by(dict(request.GET.lists()), request.viewer)
    width = width_from(request.POST.get("width", ""))
    choose_width(shown.which, request.POST.get("column", ""), width, by=request.viewer)
    return HttpResponse(status=204)


@require_POST
@desk_page
def opening(request: ViewerRequest) -> HttpResponse:
    """Begin at the desk with this list (`on`), or with all active cases again."""
    shown = shown_by(dict(request.GET.lists()), request.viewer)
    starts = request.POST.get("on") == "1"
    open_desk_with(shown.which if starts else None, by=request.viewer)
    words = _("Your desk opens with this list.") if starts else _("Your desk opens with all active cases.")
    messages.success(request, words)
    return go(request, list_url(shown.query))


def _offered(shown: Shown) -> Iterator[str]:
    """The columns that are shown, in their order, then all others in theirs."""
    yield from shown.arrangement.columns
    yield from (name for name in COLUMNS if name not in shown.arrangement.columns)


def _sent(request: ViewerRequest) -> tuple[list[str], dict[str, int]]:
    """The order of all columns, with one moved if its button was pressed, and the widths."""
    order = [name for name in dict.fromkeys(request.POST.getlist("order")) if name in COLUMNS]
    order += [name for name in COLUMNS if name not in order]
    name, _colon, way = request.POST.get("move", "").partition(":")
    if name in order:
        at = order.index(name)
        order.insert(max(at + (-1 if way == "up" else 1), 0), order.pop(at))
    sent = {name: width_from(request.POST.get(f"width-{name}", "")) for name in order}
    return order, {name: width for name, width in sent.items() if width is not None}


def _ask(
    request: ViewerRequest, shown: Shown, order: list[str], invalid: Invalid | None = None
) -> HttpResponse:
    posted = request.method == "POST"
    chosen = {*request.POST.getlist("column"), SUBJECT} if posted else set(shown.arrangement.columns)
    rows = [
        {
            "name": name,
            "label": label_of(name, request.viewer),
            "chosen": name in chosen,
            "fixed": name == SUBJECT,
            "width": request.POST.get(f"width-{name}") if posted else shown.arrangement.width_of(name),
            "usual": COLUMNS[name].width,
        }
        for name in order
    ]
    context = {
        "rows": rows,
        "errors": invalid.errors if invalid else {},
        "action": request.get_full_path(),
        "back": list_url(query_of(request)),
        "is_chosen": shown.arrangement.is_chosen or bool(shown.arrangement.widths),
    }
    status = 422 if invalid else 200
    return render(request, "cases/views/pages/columns.html", context, status=status)
