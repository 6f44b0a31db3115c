"""Whether tasks stand in the way of closing a case, by the policy of whoever closes it."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from caseway.accounts.viewer import Viewer
from caseway.cases.family import family_of
from caseway.cases.models import Case, Task
from caseway.cases.models.task import WAITING
from caseway.core.errors import Blocked

MOST_NAMED = 10


def tasks_in_the_way(case: Case, by: Viewer) -> list[Task]:
    """The viewer's own open tasks that must be done first; none, without a query, unless policy says so.

    A partner who closes the case is asked for their own: they know nothing of ours.
    """
    if not by.is_agent or not by.policy.closing_needs_tasks_done:
        return []
    open_ones = Task.objects.filter(case__in=family_of(case), organisation=by.us, status__in=WAITING)
    return list(open_ones.select_related("case", "assignee").order_by("due_at", "pk"))


def demand_tasks_done(case: Case, by: Viewer) -> None:
    """Go on only if no task stands in the way. Raises Blocked with those that do."""
    waiting = tasks_in_the_way(case, by)
    if waiting:
        named = ", ".join(f"“{task.title}”" for task in waiting[:MOST_NAMED])
        words = _("Do or cancel these tasks first: %(tasks)s") % {"tasks": named}
        raise Blocked(words, blockers=addresses_of(waiting))


def addresses_of(tasks: Sequence[Task]) -> list[dict[str, str]]:
    """Each task with id, title, and where it is at the desk."""
    return [
        {
            "id": str(task.pk),
            "title": task.title,
            "url": reverse("desk:task", args=[task.case.number, task.pk]),
        }
        for task in tasks
    ]
