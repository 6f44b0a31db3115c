"""Short ways to the situations that the tests of tasks begin with."""

from typing import Any

from caseway.accounts.models import Organisation, Team
from caseway.accounts.viewer import Viewer
from caseway.cases.models import Case, Task
from caseway.cases.tasks import actions
from caseway.cases.tasks.fields import NewTask
from caseway.demo.cast import Cast


def noted(case: Case, by: Viewer, title: str = "Call the driver", **more: Any) -> Task:
    """A task that somebody noted on the case."""
    return actions.add(case, NewTask(title=title, **more), by=by)


def again(task: Task) -> Task:
    """The task as it is stored now."""
    return Task.objects.get(pk=task.pk)


def warehouse(organisation: Organisation) -> Team:
    """Another department, to which nobody of the cast belongs."""
    return Team.objects.get_or_create(organisation=organisation, name="Warehouse")[0]


def with_policy(cast: Cast, organisation: Organisation, **policy: Any) -> None:
    """Let the organisation work by this policy; who sits there already learns of it."""
    organisation.stored_policy = {**organisation.stored_policy, **policy}
    organisation.save()
    for seat in cast.memberships.values():
        if seat.organisation_id == organisation.pk:
            seat.organisation = organisation
