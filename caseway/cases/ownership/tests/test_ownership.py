"""Who is responsible: one owner per side at most, everybody sees who."""

import pytest

from caseway.cases.models import CaseEvent, Message
from caseway.cases.ownership import actions as ownership
from caseway.cases.status import Status
from caseway.cases.tests.story import fresh, owned_by_ana, raised_by_kim, shared_with_brightwater, side_of
from caseway.cases.types import Audience
from caseway.core.errors import Conflict, Invalid, NotAllowed, NotFound
from caseway.demo.cast import Cast

pytestmark = pytest.mark.django_db


def test_claiming_opens_a_new_case(cast: Cast) -> None:
    case = raised_by_kim(cast)
    ownership.claim(case, by=cast.at_desk(cast.ana))
    assert fresh(case).status == Status.OPEN
    assert side_of(case, cast.larkfield).owner == cast.ana


def test_the_second_claim_hears_who_was_quicker(cast: Cast) -> None:
    case = raised_by_kim(cast)
    ownership.claim(case, by=cast.at_desk(cast.ana))
    with pytest.raises(Conflict, match="Ana Ferreira"):
        ownership.claim(case, by=cast.at_desk(cast.ben))
    assert CaseEvent.objects.filter(case=case, kind="case.claimed").count() == 1


def test_a_stranger_cannot_claim(cast: Cast) -> None:
    with pytest.raises(NotFound):
        ownership.claim(raised_by_kim(cast), by=cast.at_desk(cast.pia))


def test_each_side_has_its_own_owner(cast: Cast) -> None:
    case = shared_with_brightwater(cast)
    ownership.claim(case, by=cast.at_desk(cast.omar))
    assert side_of(case, cast.brightwater).owner == cast.omar
    assert side_of(case, cast.larkfield).owner is None
    assert fresh(case).status == Status.NEW


def test_a_transfer_keeps_the_status_and_leaves_a_note_to_the_team(cast: Cast) -> None:
    case = owned_by_ana(cast)
    ownership.assign(case, by=cast.at_desk(cast.ana), to=cast.ben, note="You know the depot")
    assert side_of(case, cast.larkfield).owner == cast.ben
    assert Message.objects.get(case=case).audience == Audience.TEAM


def test_only_colleagues_can_own_a_case(cast: Cast) -> None:
    with pytest.raises(Invalid) as refused:
        ownership.assign(owned_by_ana(cast), by=cast.at_desk(cast.ana), to=cast.omar)
    assert set(refused.value.errors) == {"owner"}


def test_a_sales_agent_may_not_assign_what_another_owns(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        ownership.assign(owned_by_ana(cast), by=cast.at_desk(cast.sam), to=cast.sam)


def test_releasing_never_makes_a_case_new_again(cast: Cast) -> None:
    case = owned_by_ana(cast)
    ownership.release(case, by=cast.at_desk(cast.ana))
    assert fresh(case).status == Status.OPEN
    assert side_of(case, cast.larkfield).owner is None


def test_whose_queue_an_unowned_case_waits_in_moves_nothing_for_others(cast: Cast) -> None:
    case = shared_with_brightwater(cast)
    ownership.release(case, by=cast.at_desk(cast.lea))
    theirs, customer = side_of(case, cast.brightwater), fresh(case).customer_updated_at
    team = cast.larkfield.teams.all()[0]
    ownership.give_to_team(case, by=cast.at_desk(cast.lea), team=team, note="Look at the lid")
    assert side_of(case, cast.larkfield).team == team
    after = side_of(case, cast.brightwater)
    assert (after.updated_at, after.version) == (theirs.updated_at, theirs.version)
    assert fresh(case).customer_updated_at == customer


def test_a_team_of_another_organisation_is_refused(cast: Cast) -> None:
    foreign = cast.brightwater.teams.get(name="Service desk")
    with pytest.raises(Invalid):
        ownership.give_to_team(owned_by_ana(cast), by=cast.at_desk(cast.ana), team=foreign)


def test_levels_are_our_sides_own(cast: Cast) -> None:
    case = shared_with_brightwater(cast)
    ownership.set_level(case, by=cast.at_desk(cast.lea), level=2)
    assert side_of(case, cast.larkfield).level == 2
    assert side_of(case, cast.brightwater).level == 0
    assert not CaseEvent.objects.visible_to(cast.at_desk(cast.omar)).filter(kind="case.level").exists()
