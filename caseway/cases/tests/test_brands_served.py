"""Where policy keeps agents to their teams' cases, those of the brands that the teams serve are theirs."""

import pytest

from caseway.accounts.models import Brand, Team
from caseway.cases.creation.actions import create
from caseway.cases.creation.fields import NewCase
from caseway.cases.models import Case, CaseEvent, Message, Side
from caseway.cases.tasks.tests.work import with_policy
from caseway.cases.tests.story import says
from caseway.cases.types import Audience
from caseway.demo.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def team(cast: Cast) -> Team:
    """Sam's team, which serves Larkfield Garden, under a policy that asks for it."""
    with_policy(cast, cast.larkfield, agents_see_all=False)
    team = Team.objects.create(organisation=cast.larkfield, name="Garden desk")
    team.brands.set(Brand.objects.filter(organisation=cast.larkfield, slug="garden"))
    assert team.brands.count() == 1
    cast.memberships[cast.sam.email].teams.add(team)
    return team


def raised_at(cast: Cast, slug: str) -> Case:
    brand = Brand.objects.get(organisation=cast.larkfield, slug=slug)
    return create(
        NewCase(subject=f"At {slug}", description="Words."), by=cast.in_portal(cast.kim), brand=brand
    )


def sees(cast: Cast, name: str, case: Case) -> bool:
    viewer = cast.at_desk(getattr(cast, name))
    found = {
        model.__name__: model.objects.visible_to(viewer).filter(**{path: case.pk}).exists()
        for model, path in ((Case, "pk"), (Side, "case"), (Message, "case"), (CaseEvent, "case"))
    }
    assert len(set(found.values())) == 1, found
    return found["Case"]


def test_a_team_sees_the_cases_of_its_brands_and_of_no_others(cast: Cast, team: Team) -> None:
    garden, home = raised_at(cast, "garden"), raised_at(cast, "larkfield")
    assert sees(cast, "sam", garden)
    assert not sees(cast, "sam", home)
    assert not sees(cast, "ben", garden)
    assert sees(cast, "lea", home)


def test_the_record_stays_its_owners(cast: Cast, team: Team) -> None:
    garden = raised_at(cast, "garden")
    says(garden, cast.at_desk(cast.admin), Audience.RECORD, "Private.")
    assert not Message.objects.visible_to(cast.at_desk(cast.sam)).filter(audience=Audience.RECORD).exists()


def test_a_brand_taken_away_closes_its_cases(cast: Cast, team: Team) -> None:
    garden = raised_at(cast, "garden")
    team.brands.clear()
    assert not sees(cast, "sam", garden)


def test_brands_open_no_case_at_another_desk(cast: Cast, team: Team) -> None:
    """Even a row that no page would write."""
    garden = raised_at(cast, "garden")
    with_policy(cast, cast.quillon, agents_see_all=False)
    theirs = Team.objects.create(organisation=cast.quillon, name="Curious")
    theirs.brands.set(team.brands.all())
    cast.memberships[cast.pia.email].teams.add(theirs)
    assert not sees(cast, "pia", garden)
