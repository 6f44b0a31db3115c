"""What happens to tasks: told to the agents of the side whose task it is."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from caseway.cases.models.task import TaskStatus

from .events import CaseHappening
from .names import Names


@dataclass(frozen=True, kw_only=True)
class TaskHappening(CaseHappening):
    """Something that happened to one task."""

    icon = "check"
    task_id: int

    def words(self) -> str:
        """The sentence, with places for actor and task, and for what `more` gives."""
        raise NotImplementedError

    def more(self, names: Names) -> Mapping[str, str]:
        """What else the sentence names."""
        return {}

    def sentence(self, actor: str, names: Names) -> str:
        """Who did what to which task."""
        return self.words() % {"actor": actor, "task": names.task(self.task_id), **self.more(names)}


@dataclass(frozen=True, kw_only=True)
class TaskAdded(TaskHappening):
    """Somebody noted what has to be done."""

    kind = "task.added"
    icon = "plus"
    assignee_person_id: int | None = None
    to_team_id: int | None = None

    def words(self) -> str:
        """Who added it."""
        return _("%(actor)s added the task “%(task)s”")


@dataclass(frozen=True, kw_only=True)
class TaskEdited(TaskHappening):
    """Fields of a task were changed; which ones, never their text."""

    kind = "task.edited"
    icon = "edit"
    changed: tuple[str, ...]

    def words(self) -> str:
        """What was changed."""
        return _("%(actor)s changed the task “%(task)s”: %(fields)s")

    def more(self, names: Names) -> Mapping[str, str]:
        """Which fields were changed."""
        return {"fields": ", ".join(str(TASK_FIELDS.get(name, name)) for name in self.changed)}


@dataclass(frozen=True, kw_only=True)
class TaskAssigned(TaskHappening):
    """A task has another assignee or another team, or none."""

    kind = "task.assigned"
    icon = "transfer"
    assignee_person_id: int | None = None
    to_team_id: int | None = None
    by_person_id: int | None = None

    def words(self) -> str:
        """Whether somebody took it, got it, or let it go."""
        if self.assignee_person_id is None and self.to_team_id is None:
            return _("%(actor)s put the task “%(task)s” back: nobody has it")
        if self.assignee_person_id is not None and self.assignee_person_id == self.by_person_id:
            return _("%(actor)s took the task “%(task)s”")
        return _("%(actor)s gave the task “%(task)s” to %(whose)s")

    def more(self, names: Names) -> Mapping[str, str]:
        """Whose it is now."""
        team = names.team(self.to_team_id) if self.to_team_id is not None else ""
        person = names.person(self.assignee_person_id) if self.assignee_person_id is not None else ""
        return {"whose": ", ".join(filter(None, (team, person)))}


@dataclass(frozen=True, kw_only=True)
class TaskMoved(TaskHappening):
    """A task was begun, done, cancelled, or taken up again."""

    kind = "task.moved"
    icon = "done"
    status: TaskStatus
    before: TaskStatus

    def words(self) -> str:
        """How far it is."""
        return str(MOVES[TaskStatus(self.status)])


@dataclass(frozen=True, kw_only=True)
class TaskCommented(TaskHappening):
    """Somebody said something about a task."""

    kind = "task.commented"
    icon = "chat"
    comment_id: int

    def words(self) -> str:
        """Who said it."""
        return _("%(actor)s commented on the task “%(task)s”")


@dataclass(frozen=True, kw_only=True)
class TasksCalledOff(CaseHappening):
    """With the case, what was still to be done on it was called off."""

    kind = "task.called_off"
    icon = "ban"
    task_ids: tuple[int, ...]

    def sentence(self, actor: str, names: Names) -> str:
        """How many."""
        n = len(self.task_ids)
        words = ngettext(
            "%(n)s open task was cancelled with the case", "%(n)s open tasks were cancelled with the case", n
        )
        return words % {"n": n}


@dataclass(frozen=True, kw_only=True)
class TasksResumed(CaseHappening):
    """With the case, what was called off with it is to be done again."""

    kind = "task.resumed"
    icon = "undo"
    task_ids: tuple[int, ...]

    def sentence(self, actor: str, names: Names) -> str:
        """How many."""
        n = len(self.task_ids)
        words = ngettext(
            "%(n)s task is open again with the case", "%(n)s tasks are open again with the case", n
        )
        return words % {"n": n}


MOVES = {
    TaskStatus.OPEN: gettext_lazy("%(actor)s set the task “%(task)s” to open"),
    TaskStatus.IN_PROGRESS: gettext_lazy("%(actor)s began the task “%(task)s”"),
    TaskStatus.DONE: gettext_lazy("%(actor)s did the task “%(task)s”"),
    TaskStatus.CANCELLED: gettext_lazy("%(actor)s cancelled the task “%(task)s”"),
}
TASK_FIELDS = {
    "title": gettext_lazy("the title"),
    "description": gettext_lazy("the description"),
    "type": gettext_lazy("the type"),
    "priority": gettext_lazy("the priority"),
    "due_at": gettext_lazy("the due date"),
}
