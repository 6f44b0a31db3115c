"""Tasks: what your colleagues have to do on a case. Customers and partners find nothing here."""

from typing import Annotated

from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Query

from caseway.api.http.answers import ListOf, answer
from caseway.api.http.ids import id_of
from caseway.api.http.lists import PAGED, Cursor, Limit, page_for
from caseway.api.http.operations import Operations
from caseway.api.http.requests import ApiRequest
from caseway.api.http.versions import etag_of, expected_versions, is_known
from caseway.api.tokens.scopes import Scope
from caseway.cases.access.rules import Operation
from caseway.cases.family import family_of
from caseway.cases.models import Case, Task, TaskComment, TaskStatus
from caseway.cases.tasks import actions
from caseway.cases.tasks.fields import NewTask
from caseway.cases.tasks.locking import lock_task
from caseway.cases.tasks.queries import JOINED, task_of, types_for
from caseway.core.errors import NotFound, Stale
from caseway.core.paging import Order

from .loading import own_side, visible_case
from .schemas import Named
from .task_schemas import (
    NewTaskComment,
    NewTaskIn,
    TaskChanges,
    TaskCommentOut,
    TaskOut,
    TaskState,
    said,
    shown,
)

tasks = Operations("Tasks")
READ, WRITE = Scope.CASES_READ, Scope.CASES_WRITE
READ_LIST = frozenset({Scope.SETTINGS_READ, READ, WRITE})
OLDEST_FIRST = Order("created_at", descending=False)
OLDEST_COMMENT_FIRST = Order("at", descending=False)
States = Annotated[list[TaskState] | None, Query(description="How far they are; repeat for several")]
Ours = Annotated[
    str | None, Query(min_length=1, max_length=254, description="A colleague's address, `me` or `nobody`")
]
TeamId = Annotated[str | None, Query(min_length=1, max_length=64, description="A team's id")]
JOINED_ALL = (*JOINED, "creator", "ended_by")


@tasks.get("/cases/{number}/tasks", scope=READ, answer=ListOf[TaskOut], query=(*PAGED, "status"))
def list_tasks(
    request: ApiRequest, number: str, status: States = None, limit: Limit = 50, cursor: Cursor = None
) -> HttpResponse:
    """List the tasks of a case and of those merged into it, oldest first."""
    rows = Task.objects.visible_to(request.viewer).filter(case__in=family_of(_case(request, number)))
    if status:
        rows = rows.filter(status__in=status)
    bound_to = f"tasks:{sorted(status or ())}"
    page = page_for(
        request, rows.select_related(*JOINED_ALL), OLDEST_FIRST, limit=limit, cursor=cursor, bound_to=bound_to
    )
    return answer(ListOf[TaskOut](items=[shown(one) for one in page.items], next=page.next))


@tasks.get("/tasks", scope=READ, answer=ListOf[TaskOut], query=(*PAGED, "status", "assignee", "team"))
def list_all_tasks(
    request: ApiRequest,
    status: States = None,
    assignee: Ours = None,
    team: TeamId = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> HttpResponse:
    """List the tasks of all cases that you may open, oldest first. Customers have none."""
    rows = Task.objects.visible_to(request.viewer)
    if status:
        rows = rows.filter(status__in=status)
    if assignee is not None:
        rows = rows.filter(**_assigned(request, assignee))
    if team is not None:
        rows = rows.filter(team=id_of(team) or 0)
    bound_to = f"tasks:{sorted(status or ())}:{assignee}:{team}"
    page = page_for(
        request, rows.select_related(*JOINED_ALL), OLDEST_FIRST, limit=limit, cursor=cursor, bound_to=bound_to
    )
    return answer(ListOf[TaskOut](items=[shown(one) for one in page.items], next=page.next))


def _assigned(request: ApiRequest, assignee: str) -> dict[str, object]:
    if assignee == "nobody":
        return {"assignee": None}
    return {"assignee": request.viewer.me} if assignee == "me" else {"assignee__email": assignee.lower()}


@tasks.get("/task-types", scope=READ_LIST, answer=ListOf[Named])
def list_task_types(request: ApiRequest) -> HttpResponse:
    """List your organisation's types of tasks. Customers have none."""
    rows = types_for(request.viewer) if request.viewer.is_agent else []
    return answer(ListOf[Named](items=[Named(id=key, name=label) for key, label in rows], next=None))


@tasks.post("/cases/{number}/tasks", scope=WRITE, answer=TaskOut, status=201)
def add_task(request: ApiRequest, number: str, body: NewTaskIn) -> HttpResponse:
    """Add a task to an active case. Whoever gets it may open the case."""
    task = actions.add(_case(request, number), NewTask(**body.model_dump()), by=request.viewer)
    return _answer(request, number, _task(request, number, str(task.pk)), status=201)


@tasks.get("/cases/{number}/tasks/{task}", scope=READ, answer=TaskOut)
def read_task(request: ApiRequest, number: str, task: str) -> HttpResponse:
    """Read a task. The ETag is its version."""
    return _answer(request, number, _task(request, number, task))


@tasks.patch("/cases/{number}/tasks/{task}", scope=WRITE, answer=TaskOut)
def change_task(request: ApiRequest, number: str, task: str, body: TaskChanges) -> HttpResponse:
    """Change a task, or say by `status` how far it is.

    On a closed case only `status` can be changed, on a case called off nothing.
    """
    row = _task(request, number, task)
    _demand_version(request, row)
    given = body.model_dump(exclude_unset=True)
    status = given.pop("status", None)
    if given:
        actions.edit(row, by=request.viewer, changes=given)
    if status is not None:
        actions.move(row, by=request.viewer, status=TaskStatus(status))
    return _answer(request, number, _task(request, number, task))


@tasks.delete("/cases/{number}/tasks/{task}", scope=WRITE, answer=TaskOut)
def cancel_task(request: ApiRequest, number: str, task: str) -> HttpResponse:
    """Cancel a task. It stays readable, and `status` takes it up again."""
    row = _task(request, number, task)
    actions.move(row, by=request.viewer, status=TaskStatus.CANCELLED)
    return _answer(request, number, _task(request, number, task))


@tasks.post("/cases/{number}/tasks/{task}/claim", scope=WRITE, answer=TaskOut)
def claim_task(request: ApiRequest, number: str, task: str) -> HttpResponse:
    """Take a task that nobody has."""
    actions.claim(_task(request, number, task), by=request.viewer)
    return _answer(request, number, _task(request, number, task))


@tasks.get("/cases/{number}/tasks/{task}/comments", scope=READ, answer=ListOf[TaskCommentOut], query=PAGED)
def list_task_comments(
    request: ApiRequest, number: str, task: str, limit: Limit = 50, cursor: Cursor = None
) -> HttpResponse:
    """List what was said about a task, oldest first."""
    rows = TaskComment.objects.filter(task=_task(request, number, task)).select_related("author")
    page = page_for(request, rows, OLDEST_COMMENT_FIRST, limit=limit, cursor=cursor, bound_to="task comments")
    return answer(ListOf[TaskCommentOut](items=[said(one) for one in page.items], next=page.next))


@tasks.post("/cases/{number}/tasks/{task}/comments", scope=WRITE, answer=TaskCommentOut, status=201)
def comment_on_task(request: ApiRequest, number: str, task: str, body: NewTaskComment) -> HttpResponse:
    """Say something about a task, in whatever state it and its case are."""
    row = _task(request, number, task)
    return answer(said(actions.comment(row, by=request.viewer, text=body.text)), status=201)


def _case(request: ApiRequest, number: str) -> Case:
    """The case, for agents: customers know of no tasks. Raises NotFound."""
    case = visible_case(request, number)
    own_side(request, case)
    return case


def _task(request: ApiRequest, number: str, key: str) -> Task:
    """The task of this case, or of one merged into it. Raises NotFound."""
    row = task_of(family_of(_case(request, number)), id_of(key) or 0, request.viewer)
    if row is None:
        raise NotFound
    return row


def _demand_version(request: ApiRequest, row: Task) -> None:
    """Go on only if the caller has seen the task as it is. Locks it until the transaction ends.

    Raises PreconditionRequired, and Stale with the task as it is now.
    """
    expected = expected_versions(request)
    stored = lock_task(request.viewer, Operation.NOTE, row).task
    if expected is not None and stored.version not in expected:
        current = shown(stored).model_dump(mode="json")
        raise Stale(_("Somebody changed this task meanwhile. Here is what is stored now."), current=current)


def _answer(request: ApiRequest, number: str, row: Task, *, status: int = 200) -> HttpResponse:
    headers = {"ETag": etag_of(row.version)}
    if request.method == "GET" and is_known(request, row.version):
        return HttpResponse(status=304, headers=headers)
    if status == 201:
        headers["Location"] = f"/api/v1/cases/{number}/tasks/{row.pk}"
    return answer(shown(row), status=status, headers=headers)
