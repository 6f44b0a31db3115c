"""What is given and taken of a task."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from caseway.api.http.answers import In, Moment, Out
from caseway.cases.models import Task, TaskComment

from . import people
from .schemas import Named, PersonOut, PriorityOut

Id = Annotated[str, Field(min_length=1, max_length=64)]
TaskState = Literal["open", "in_progress", "done", "cancelled"]
Title = Annotated[str, Field(min_length=1, max_length=200)]
Details = Annotated[str, Field(max_length=20_000)]
Address = Annotated[str, Field(min_length=1, max_length=254, description="A colleague's address")]


class TaskOut(Out):
    """What a colleague has to do on a case; only your organisation knows of it."""

    id: str
    case: str = Field(description="The case on which it was noted: this one, or one merged into it")
    title: str
    description: str
    type: Named | None
    assignee: PersonOut | None
    team: Named | None
    priority: PriorityOut | None
    due_at: datetime | None
    status: TaskState
    created_by: PersonOut | None
    created_at: datetime
    updated_at: datetime
    ended_at: datetime | None
    ended_by: PersonOut | None
    version: int


class TaskCommentOut(Out):
    """What a colleague said about a task."""

    id: str
    author: PersonOut | None
    text: str
    at: datetime


class NewTaskIn(In):
    """Something to do. Ids are of your own organisation's lists."""

    title: Title
    description: Details = ""
    type: Id | None = None
    assignee: Address | None = None
    team: Id | None = None
    priority: Id | None = None
    due_at: Moment | None = None


class TaskChanges(In):
    """Fields to change; what is left out stays, null takes away."""

    title: Title | None = None
    description: Details | None = None
    type: Id | None = None
    assignee: Address | None = None
    team: Id | None = None
    priority: Id | None = None
    due_at: Moment | None = None
    status: TaskState | None = None


class NewTaskComment(In):
    """Something to say about a task."""

    text: Annotated[str, Field(min_length=1, max_length=10_000)]


def shown(task: Task) -> TaskOut:
    """The task for an agent of its own organisation."""
    return TaskOut(
        id=str(task.pk),
        case=task.case.number,
        title=task.title,
        description=task.description,
        type=people.named(task.type),
        assignee=people.person(task.assignee, with_address=True),
        team=Named(id=str(task.team.pk), name=task.team.name) if task.team else None,
        priority=people.priority(task.priority),
        due_at=task.due_at,
        status=task.status,  # type: ignore[arg-type]  # one of TaskStatus
        created_by=people.person(task.creator, with_address=True),
        created_at=task.created_at,
        updated_at=task.updated_at,
        ended_at=task.ended_at,
        ended_by=people.person(task.ended_by, with_address=True),
        version=task.version,
    )


def said(comment: TaskComment) -> TaskCommentOut:
    """The comment for an agent of the task's organisation."""
    return TaskCommentOut(
        id=str(comment.pk),
        author=people.person(comment.author, with_address=True),
        text=comment.text,
        at=comment.at,
    )
