"""The desk's side of bulk operations: asking, following, stopping, trying again, taking back."""

from collections.abc import Callable
from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST
from django_htmx.http import reswap, trigger_client_event

from caseway.accounts.access import desk_page
from caseway.accounts.requests import ViewerRequest
from caseway.accounts.viewer import Viewer
from caseway.cases.models import Bulk
from caseway.core.clock import now
from caseway.core.errors import Conflict, Invalid, NotFound

from . import actions as bulk
from .choosing import Choice, check, filtered, ticked
from .forms import FORMS, BulkForm
from .picking import found_for, results
from .queries import bulks_of
from .running import go_on
from .showing import Shown
from .wording import words_for

QUICK_SECONDS = 1.0
"""How long whoever asked waits: a handful of cases is done when the page comes back."""
RUN = "run"
LATEST = 30


@desk_page
@require_POST
def chosen(request: ViewerRequest) -> HttpResponse:
    """Begin with what was pressed below a list, which is one form for all operations."""
    return _operate(request, request.POST.get("deed", ""))


@desk_page
def operation(request: ViewerRequest, name: str) -> HttpResponse:
    """Ask what an operation on the chosen cases needs, then begin it.

    What needs nothing is begun at once for cases ticked one by one.
    """
    return _operate(request, name)


def _operate(request: ViewerRequest, name: str) -> HttpResponse:
    if name not in FORMS:
        raise NotFound
    if request.method != "POST":
        return results(request, name) or redirect("desk:cases")
    try:
        choice = _chosen(request)
        n = check(choice, request.viewer)
    except Invalid as invalid:
        return _nothing_chosen(request, invalid)
    form = FORMS[name](request.POST if _is_sent(request, name, choice) else None, viewer=request.viewer)
    if form.is_bound and (begun := _begin(name, choice, form)):
        return _on_its_way(request, begun)
    return _ask(request, name, form, choice, n)


def _is_sent(request: ViewerRequest, name: str, choice: Choice) -> bool:
    at_once = not FORMS[name].base_fields and name in (Bulk.Operation.CLAIM, Bulk.Operation.FOLLOW)
    return request.POST.get("do") == RUN or (at_once and choice.filter is None)


def _chosen(request: ViewerRequest) -> Choice:
    """The ticked cases, or all of the list that the address names."""
    if not request.POST.get("all"):
        return ticked(request.POST.getlist("case"))
    return filtered(request.GET.urlencode(), _moment(request.POST.get("as_of", "")))


def _moment(sent: str) -> datetime:
    """When the list was looked at; now for what is no moment, or in the future."""
    try:
        moment = datetime.fromisoformat(sent)
    except ValueError:
        return now()
    return min(moment, now()) if moment.tzinfo else now()


def _begin(name: str, choice: Choice, form: BulkForm) -> Bulk | None:
    if not form.is_valid():
        return None
    try:
        begun = bulk.start(name, choice, form.sent(), by=form.viewer)
    except Invalid as invalid:
        form.take(invalid)
        return None
    go_on(begun.pk, seconds=QUICK_SECONDS)
    return begun


def _ask(request: ViewerRequest, name: str, form: BulkForm, choice: Choice, n: int) -> HttpResponse:
    context = {
        "form": form,
        "words": words_for(name, n),
        "choice": choice,
        "action": f"{reverse('desk:bulk_operation', args=[name])}?{request.GET.urlencode()}",
        "back": request.GET.urlencode(),
        **found_for(request, name, choice),
    }
    return render(request, "cases/bulk/ask.html", context, status=422 if form.errors else 200)


def _nothing_chosen(request: ViewerRequest, invalid: Invalid) -> HttpResponse:
    messages.warning(request, " ".join(invalid.errors.values()))
    if not request.htmx:
        return redirect(f"{reverse('desk:cases')}?{request.GET.urlencode()}")
    return render(request, "cases/bulk/nothing.html")


def _on_its_way(request: ViewerRequest, begun: Bulk) -> HttpResponse:
    """The strip in the list tells how far it is; without scripts a page does."""
    if not request.htmx:
        return redirect("desk:bulk", key=begun.pk)
    response = reswap(_strip(request, _shown(request, begun.pk), elsewhere=True), "none")
    return trigger_client_event(response, "caseway:close")


def _shown(request: ViewerRequest, key: int) -> Shown:
    found = bulks_of(request.viewer).filter(pk=key).first()
    if found is None:
        raise NotFound
    return Shown(found, request.viewer)


def _strip(request: ViewerRequest, shown: Shown, *, elsewhere: bool = False) -> HttpResponse:
    response = render(request, "cases/bulk/strip.html", {"shown": shown, "elsewhere": elsewhere})
    if not shown.bulk.is_at_work:
        trigger_client_event(response, "caseway:bulk")
    return response


@desk_page
def bulks(request: ViewerRequest) -> HttpResponse:
    """What the viewer has asked for lately."""
    latest = [Shown(found, request.viewer) for found in bulks_of(request.viewer)[:LATEST]]
    return render(request, "cases/bulk/list.html", {"bulks": latest})


@desk_page
def one(request: ViewerRequest, key: int) -> HttpResponse:
    """How far it is, what came of it, and the cases that could not be done."""
    return render(request, "cases/bulk/one.html", {"shown": _shown(request, key)})


@desk_page
def strip(request: ViewerRequest, key: int) -> HttpResponse:
    """The same in a line, for the list that it was begun from."""
    return _strip(request, _shown(request, key))


@desk_page
@require_POST
def cancellation(request: ViewerRequest, key: int) -> HttpResponse:
    """Stop it where it is."""
    return _do(request, key, bulk.cancel)


@desk_page
@require_POST
def undo(request: ViewerRequest, key: int) -> HttpResponse:
    """Set back what nobody changed since."""
    return _do(request, key, bulk.undo)


@desk_page
@require_POST
def retry(request: ViewerRequest, key: int) -> HttpResponse:
    """Try again what could not be done."""
    return _do(request, key, bulk.retry)


def _do(request: ViewerRequest, key: int, act: "Callable[..., Bulk]") -> HttpResponse:
    shown, viewer = _shown(request, key), request.viewer
    try:
        act(shown.bulk, by=viewer)
        go_on(key, seconds=QUICK_SECONDS)
    except Conflict as conflict:
        messages.warning(request, conflict.message)
    if request.htmx:
        return _strip(request, Shown(_fresh(viewer, key), viewer))
    return redirect("desk:bulk", key=key)


def _fresh(viewer: Viewer, key: int) -> Bulk:
    return bulks_of(viewer).get(pk=key)
