"""What the desk's pages about one case have in common: loading, asking, doing, going back.

A view loads the case through access (`load`), lets `submitted` call one action with what was
entered, and ends with `done` or, while something is still to be said, with `ask`.
"""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django_htmx.http import trigger_client_event

from caseway.accounts.requests import ViewerRequest
from caseway.accounts.viewer import Viewer
from caseway.core.clock import now
from caseway.core.errors import Conflict, Invalid, NotFound
from caseway.core.http.forms import ActionForm

from .access.rules import Operation, demand
from .history.queries import Line, timeline_of, undoable_event
from .models import Side

NOTICE = "notice"
"""The tag of Django's messages that the case page shows above the composer."""


FIND = "find"
"""What the "Search" of a picker sends as `do` with the form around it."""
OF_DIALOGS = ("to", "with", "message", "back")
"""What only an operation's own address says: whither, with which case, of which message, and back where."""
UNDO = "undo="
"""Begins the tag that holds the address which undoes what the message tells of."""
FOCUS = "focus-"
"""Begins the tag of Django's messages that says where the page goes on."""


class OperationForm(ActionForm):
    """What a dialog asks for. The rules are the action's: it names the fields that are wrong."""

    conflict = ""
    """What stood in the way when the action was tried."""

    def __init__(self, data: Any = None, *, viewer: Viewer, side: Side, **kwargs: Any) -> None:
        super().__init__(data, auto_id="op-%s", **kwargs)
        self.viewer = viewer
        self.side = side


def sides_seen(viewer: Viewer) -> QuerySet[Side]:
    """The sides that the viewer may open, with what every page about a case needs."""
    return Side.objects.visible_to(viewer).select_related("case", "organisation", "owner")


def load(request: ViewerRequest, number: str) -> Side:
    """The viewer's own side of the case with this number. Raises NotFound for anything else."""
    side = sides_seen(request.viewer).filter(case__number=number.upper()).first()
    if side is None:
        raise NotFound
    return side


def case_url(request: ViewerRequest, number: str) -> str:
    """The case's page, with the list that it was opened from still known."""
    query = request.GET.copy()
    kept = [name for name in query if "-q" not in name and name not in OF_DIALOGS]
    for name in set(query) - set(kept):
        del query[name]
    return reverse("desk:case", args=[number]) + (f"?{query.urlencode()}" if query else "")


def sent(request: ViewerRequest) -> QueryDict | None:
    """What was sent with a form; None where the form is only opened."""
    return request.POST if request.method == "POST" else None


def searched(request: ViewerRequest, name: str) -> str:
    """What was typed into the search of the picker `name`, with scripts (GET) or without (POST)."""
    return request.POST.get(f"p-{name}-q") or request.GET.get(f"p-{name}-q", "")


def submitted(request: ViewerRequest, form: OperationForm, act: Callable[[dict[str, Any]], object]) -> bool:
    """Whether the form was sent and `act` did it. Errors stay with the form, as does what was typed.

    A search inside the form sends it too, where there are no scripts: nothing is wrong then, and
    nothing done.
    """
    if request.method != "POST":
        return False
    if request.POST.get("do") == FIND:
        form.errors.clear()
        return False
    if not form.is_valid():
        return False
    try:
        act(form.cleaned_data)
    except Invalid as invalid:
        form.take(invalid)
    except Conflict as conflict:
        form.conflict = conflict.message
    return not form.errors and not form.conflict


def attempt(
    request: ViewerRequest,
    number: str,
    act: Callable[[], object],
    words: str,
    *,
    undo: bool = False,
    back: str = "",
) -> HttpResponse:
    """Do what needs no question. Whoever came too late reads above the composer what happened."""
    try:
        act()
    except Conflict as conflict:
        messages.warning(request, conflict.message, extra_tags=NOTICE)
        words = ""
    return done(request, number, words, undo=undo, back=back)


def done(
    request: ViewerRequest,
    number: str,
    words: str = "",
    *,
    focus: str = "head",
    undo: bool = False,
    back: str = "",
) -> HttpResponse:
    """Back to the case, which tells `words` and goes on at `focus` (head, message, or a field's name).

    `back` is another page of the case than its own, where one came from there. With `undo` what was
    just done is offered to be undone. With htmx the page renews itself and dialogs close.
    """
    if words:
        offer = _offer_to_undo(request, number, back) if undo else ""
        messages.success(request, words, extra_tags=f"{FOCUS}{focus}{offer}")
    if not request.htmx:
        return redirect(back or case_url(request, number))
    response = HttpResponse(status=204)
    trigger_client_event(response, "caseway:changed")
    return trigger_client_event(response, "caseway:close")


def _offer_to_undo(request: ViewerRequest, number: str, back: str) -> str:
    """The tag of a message that holds the address which undoes the last deed; "" where there is none.

    It leads to `back` as well, where that is given.
    """
    side = sides_seen(request.viewer).filter(case__number=number.upper()).first()
    event = undoable_event(side.case, request.viewer) if side else None
    query = f"?{urlencode({'back': back})}" if back else ""
    return f" {UNDO}{reverse('desk:undo', args=[number, event.pk])}{query}" if event else ""


def ask(
    request: ViewerRequest,
    side: Side,
    form: OperationForm,
    template: str,
    operation: Operation,
    **more: object,
) -> HttpResponse:
    """The dialog (a page without scripts) that asks for what the operation needs.

    Where the state of the case forbids it, or somebody was quicker, it says so and what happened.
    """
    obstacle = form.conflict or obstacle_to(operation, request.viewer, side)
    context = {
        "form": form,
        "side": side,
        "case": side.case,
        "action": request.get_full_path(),
        "case_url": case_url(request, side.number),
        "obstacle": obstacle,
        "meanwhile": latest_line(side, request.viewer) if obstacle else None,
        **more,
    }
    status = 409 if obstacle else 422 if form.errors else 200
    return render(request, template, context, status=status)


def obstacle_to(operation: Operation, viewer: Viewer, side: Side) -> str:
    """Why the case's state forbids the operation now, in words; raises NotAllowed for the wrong role."""
    fresh = Side.objects.select_related("case", "owner").get(pk=side.pk)
    try:
        demand(viewer, operation, fresh.case, fresh)
    except Conflict as conflict:
        return conflict.message
    return ""


def latest_line(side: Side, viewer: Viewer) -> Line | None:
    """The last thing that happened to the case, so that whoever came second sees what the first did."""
    lines = timeline_of([side.case], viewer, latest=1)
    return lines[-1] if lines and (now() - lines[-1].at).days < 1 else None
