"""Where policy keeps agents to their own cases, a task lets its people in, and nobody else."""

import pytest

from caseway.accounts.models import Organisation
from caseway.cases.models import Case, Side, Task
from caseway.cases.tasks import actions
from caseway.cases.tests.story import owned_by_ana
from caseway.demo.cast import Cast

from .work import noted, warehouse, with_policy

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(cast: Cast) -> Case:
    with_policy(cast, Organisation.objects.get(slug="larkfield"), agents_see_all=False)
    return owned_by_ana(cast)


def sees(cast: Cast, case: Case, name: str) -> bool:
    viewer = cast.at_desk(getattr(cast, name))
    seen = Case.objects.visible_to(viewer).filter(pk=case.pk).exists()
    assert Side.objects.visible_to(viewer).filter(case=case).exists() == seen
    assert Task.objects.visible_to(viewer).filter(case=case).exists() == (seen and case.tasks.exists())
    return seen


def test_whoever_gets_a_task_is_let_in_until_somebody_else_has_it(cast: Cast, case: Case) -> None:
    ana = cast.at_desk(cast.ana)
    assert not sees(cast, case, "sam")
    task = noted(case, ana, assignee=cast.sam.email)
    assert sees(cast, case, "sam")
    assert not sees(cast, case, "ben")
    actions.edit(task, by=ana, changes={"assignee": cast.ben.email})
    assert not sees(cast, case, "sam")
    assert sees(cast, case, "ben")


def test_a_teams_task_lets_the_team_in(cast: Cast, case: Case) -> None:
    team = warehouse(cast.larkfield)
    noted(case, cast.at_desk(cast.ana), team=team.pk)
    assert not sees(cast, case, "sam")
    cast.memberships[cast.sam.email].teams.add(team)
    assert sees(cast, case, "sam")


def test_a_task_elsewhere_opens_no_case_of_another_organisation(cast: Cast, case: Case) -> None:
    Task.objects.create(case=case, organisation=cast.quillon, title="Odd", assignee=cast.sam)
    assert not sees(cast, case, "sam")
    assert not sees(cast, case, "pia")
