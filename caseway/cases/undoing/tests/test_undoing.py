"""Undoing what one has just done, while nobody has done anything since."""

import re
from datetime import timedelta

import pytest

from caseway.cases.history.queries import undoable_event
from caseway.cases.lifecycle import actions as lifecycle
from caseway.cases.models import Case, CaseEvent, Side
from caseway.cases.ownership import actions as ownership
from caseway.cases.status import Status
from caseway.cases.tests.browsing import Desk, words_of
from caseway.cases.tests.story import (
    closure_reason,
    fresh,
    owned_by_ana,
    raised_by_kim,
    says,
    shared_with_brightwater,
    side_of,
)
from caseway.cases.types import Audience, CaseType
from caseway.cases.undoing.actions import undo
from caseway.core.clock import now
from caseway.core.errors import Conflict
from caseway.demo.cast import Cast

pytestmark = pytest.mark.django_db


def undo_at(desk: Desk):
    """Press the button of the toast that stands on the case's page."""
    addresses = re.findall(r'action="(/desk/cases/\w+/undo/\d+)"', desk.read())
    assert addresses, "no undo is offered"
    return desk.post(addresses[-1], follow=True)


def undone(case: Case, by) -> None:
    event = undoable_event(case, by)
    assert event is not None
    undo(case, by=by, event_id=event.pk)


def test_closing_is_undone_to_the_status_before(cast: Cast) -> None:
    case, ana = owned_by_ana(cast), Desk(cast.ana)
    ana.case = case
    Case.objects.filter(pk=case.pk).update(status=Status.PENDING_CUSTOMER)
    Side.objects.filter(case=case).update(status=Status.PENDING_CUSTOMER)
    ana.do("closure", reason=closure_reason(cast).pk, note="Done")
    assert fresh(case).status == Status.CLOSED
    assert "Undone." in words_of(undo_at(ana))
    assert fresh(case).status == Status.PENDING_CUSTOMER


def test_a_transfer_is_undone_by_whoever_gave_the_right_away_with_it(cast: Cast) -> None:
    case, sam = raised_by_kim(cast), Desk(cast.sam)
    sam.case = case
    sam.do("claim")
    sam.do("owner", owner=cast.ben.email, note="")
    assert side_of(case, cast.larkfield).owner == cast.ben
    undo_at(sam)
    assert side_of(case, cast.larkfield).owner == cast.sam


def test_a_claim_a_release_and_a_team_are_undone(cast: Cast) -> None:
    case, lea = raised_by_kim(cast), cast.at_desk(cast.lea)
    ownership.claim(case, by=lea)
    undone(case, lea)
    assert side_of(case, cast.larkfield).owner is None
    assert fresh(case).status == Status.OPEN  # never New again
    ownership.claim(case, by=lea)
    ownership.release(case, by=lea)
    undone(case, lea)
    assert side_of(case, cast.larkfield).owner == cast.lea
    team = cast.larkfield.teams.first()
    assert team is not None
    ownership.give_to_team(case, by=lea, team=team)
    undone(case, lea)
    side = side_of(case, cast.larkfield)
    assert (side.owner, side.team) == (cast.lea, None)


def test_a_suspension_and_another_type_are_undone(cast: Cast) -> None:
    case, ana = owned_by_ana(cast), Desk(cast.ana)
    ana.case = case
    ana.do("suspension", note="Wait")
    undo_at(ana)
    assert fresh(case).status == Status.OPEN
    ana.do("fields/type", type="lost", before=case.type)
    assert fresh(case).type == CaseType.LOST
    undo_at(ana)
    assert fresh(case).type == case.type


def test_a_merge_is_undone_in_either_direction(cast: Cast) -> None:
    here, other = owned_by_ana(cast), owned_by_ana(cast)
    lea = Desk(cast.lea, here)
    lea.do("merge", into=other.number, previewed=other.number)
    undo_at(lea)
    assert fresh(here).status == Status.OPEN
    lea.do("merge", into=other.number, previewed=here.number, swapped="on")
    assert fresh(other).status == Status.MERGED
    undo_at(lea)
    assert fresh(other).status == Status.OPEN


def test_nothing_is_undone_once_somebody_has_acted_since(cast: Cast) -> None:
    case, lea = owned_by_ana(cast), cast.at_desk(cast.lea)
    lifecycle.close(case, by=lea, reason=closure_reason(cast).pk, note="x")
    event = undoable_event(case, lea)
    assert event is not None
    lifecycle.reopen(case, by=cast.at_desk(cast.ana))
    with pytest.raises(Conflict, match="since"):
        undo(case, by=lea, event_id=event.pk)
    assert fresh(case).status == Status.OPEN


def test_it_is_undone_once(cast: Cast) -> None:
    case, lea = owned_by_ana(cast), cast.at_desk(cast.lea)
    lifecycle.suspend(case, by=lea, note="wait")
    event = undoable_event(case, lea)
    assert event is not None
    undo(case, by=lea, event_id=event.pk)
    with pytest.raises(Conflict):
        undo(case, by=lea, event_id=event.pk)


def test_words_that_came_meanwhile_and_other_sides_secrets_do_not_stand_in_the_way(cast: Cast) -> None:
    case, lea = shared_with_brightwater(cast), cast.at_desk(cast.lea)
    lifecycle.suspend(case, by=lea, note="wait")
    omar = cast.at_desk(cast.omar)
    ownership.set_level(case, by=cast.at_desk(cast.iris), level=2)
    says(case, omar, Audience.TEAM, "ours")
    undone(case, lea)
    assert fresh(case).status == Status.NEW


def test_nobody_undoes_what_others_did_nor_what_is_long_ago(cast: Cast, monkeypatch) -> None:
    case, lea = owned_by_ana(cast), cast.at_desk(cast.lea)
    lifecycle.suspend(case, by=lea, note="wait")
    assert undoable_event(case, cast.at_desk(cast.ana)) is None
    assert undoable_event(case, lea) is not None
    monkeypatch.setattr("caseway.cases.history.queries.now", lambda: now() + timedelta(minutes=11))
    assert undoable_event(case, lea) is None


def test_a_note_offers_no_undo_of_something_earlier(cast: Cast) -> None:
    case, ana = owned_by_ana(cast), Desk(cast.ana)
    ana.case = case
    ana.do("suspension", note="Wait")
    ana.read()
    ana.do("messages", audience="team", text="A note")
    assert "/undo/" not in ana.read()
    assert CaseEvent.objects.filter(case=case, kind="case.suspended").exists()
