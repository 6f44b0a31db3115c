"""The desk's side of tasks: add, read and change, begin, do, take. Boards stand in `caseway/desk/tasks`."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from caseway.accounts.access import desk_page
from caseway.accounts.requests import ViewerRequest
from caseway.cases import desk
from caseway.cases.access.rules import Operation
from caseway.cases.family import family_of
from caseway.cases.models import Side, Task, TaskStatus
from caseway.core.errors import Conflict, NotFound

from . import actions
from .fields import NewTask
from .forms import NewTaskForm, TaskForm
from .queries import task_of

BOARDS = {"board": "desk:tasks", "mine": "desk:my_tasks"}
"""Where a task may have been opened, as its address says with `at`; else on its case."""
DONE_WORDS: dict[str, Callable[[], str]] = {
    TaskStatus.OPEN: lambda: _("The task is open."),
    TaskStatus.IN_PROGRESS: lambda: _("The task is in progress."),
    TaskStatus.DONE: lambda: _("The task is done."),
    TaskStatus.CANCELLED: lambda: _("The task is cancelled."),
}


@desk_page
def new_task(request: ViewerRequest, number: str) -> HttpResponse:
    """Note something to do on the case."""
    side, viewer = desk.load(request, number), request.viewer
    form = NewTaskForm(desk.sent(request), viewer=viewer, side=side, initial=_suggested(side))
    if desk.submitted(
        request, form, lambda _given: actions.add(side.case, NewTask(**form.given()), by=viewer)
    ):
        return desk.done(request, number, _("The task is added."), focus="tasks")
    return desk.ask(request, side, form, "cases/tasks/new.html", Operation.TASKS)


@desk_page
def task(request: ViewerRequest, number: str, task: int) -> HttpResponse:
    """Read a task with its comments; change it, or say something about it."""
    side, row = _load(request, number, task)
    form = TaskForm(desk.sent(request), viewer=request.viewer, side=side, task=row)
    if desk.submitted(request, form, lambda _given: form.apply()):
        return _done(request, number, row, _("Saved."))
    comments = row.comments.select_related("author")
    found = {"task": row, "comments": comments, "case_url": _back(request, number)}
    return desk.ask(request, side, form, "cases/tasks/task.html", Operation.NOTE, **found)


@desk_page
@require_POST
def task_status(request: ViewerRequest, number: str, task: int) -> HttpResponse:
    """Begin a task, do it, cancel it, take it up again."""
    _side, row = _load(request, number, task)
    status = request.POST.get("status", "")
    if status not in TaskStatus.values:
        raise NotFound
    return _attempt(
        request,
        number,
        row,
        lambda: actions.move(row, by=request.viewer, status=TaskStatus(status)),
        DONE_WORDS[status](),
    )


@desk_page
@require_POST
def task_claim(request: ViewerRequest, number: str, task: int) -> HttpResponse:
    """Take a task that nobody has; whoever comes second hears who has it."""
    _side, row = _load(request, number, task)
    return _attempt(
        request, number, row, lambda: actions.claim(row, by=request.viewer), _("The task is yours.")
    )


def _load(request: ViewerRequest, number: str, key: int) -> tuple[Side, Task]:
    """The side and the task of its case, or of one merged into it. Raises NotFound."""
    side = desk.load(request, number)
    row = task_of(family_of(side.case), key, request.viewer)
    if row is None:
        raise NotFound
    return side, row


def _suggested(side: Side) -> dict[str, object]:
    """A task begins with the priority of its case."""
    return {"priority": str(side.priority_id or "")}


def _attempt(
    request: ViewerRequest, number: str, row: Task, act: Callable[[], object], words: str
) -> HttpResponse:
    """Do what needs no question. Whoever came too late reads what happened."""
    try:
        act()
    except Conflict as conflict:
        messages.warning(request, conflict.message, extra_tags=desk.NOTICE)
        words = ""
    return _done(request, number, row, words)


def _done(request: ViewerRequest, number: str, row: Task, words: str) -> HttpResponse:
    """Back to where the task was opened; with htmx that page renews itself and the dialog closes."""
    if request.htmx or request.GET.get("at") not in BOARDS:
        return desk.done(request, number, words, focus=f"task-{row.pk}")
    if words:
        messages.success(request, words)
    return redirect(_back(request, number))


def _back(request: ViewerRequest, number: str) -> str:
    """The address of the board or list, filtered as it was; else that of the case."""
    query = request.GET.copy()
    at = query.pop("at", [""])[-1]
    if at not in BOARDS:
        return desk.case_url(request, number)
    address = reverse(BOARDS[str(at)])
    return f"{address}?{query.urlencode()}" if query else address
