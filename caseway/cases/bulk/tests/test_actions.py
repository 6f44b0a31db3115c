"""Bulk operations: what they do, to whom, what follows, and the way back."""

from datetime import timedelta
from typing import Any

import pytest

from caseway.accounts.models import AuditEntry, Membership, Team
from caseway.accounts.viewer import Viewer
from caseway.cases.bulk import actions as bulk
from caseway.cases.bulk import running
from caseway.cases.bulk.choosing import Choice, filtered, ticked
from caseway.cases.bulk.queries import progress_of, report_of, unseen_among
from caseway.cases.editing.actions import edit
from caseway.cases.lifecycle.actions import close
from caseway.cases.models import Bulk, BulkCase, Case, CaseEvent, Priority, Side
from caseway.cases.ownership import actions as ownership
from caseway.cases.status import Status
from caseway.cases.tests.story import (
    closure_reason,
    fresh,
    owned_by_ana,
    raised_by_kim,
    says,
    shared_with_brightwater,
    side_of,
)
from caseway.cases.types import Audience
from caseway.cases.watching.queries import is_watched
from caseway.core.clock import now
from caseway.core.errors import Conflict, Invalid, NotFound
from caseway.demo.cast import Cast

pytestmark = pytest.mark.django_db
Operation, State = Bulk.Operation, BulkCase.State


def run(asked: Bulk) -> Bulk:
    """Let a worker do all of it."""
    while running.go_on(asked.pk, seconds=60):
        pass
    asked.refresh_from_db()
    return asked


def of(*cases: Case) -> Choice:
    return ticked([case.number for case in cases])


def do(operation: str, choice: Choice, by: Viewer, **sent: Any) -> Bulk:
    return run(bulk.start(operation, choice, sent, by=by))


def states(asked: Bulk) -> dict[str, int]:
    return dict(progress_of(asked).by_state)


@pytest.fixture
def three(cast: Cast) -> list[Case]:
    return [raised_by_kim(cast, f"Sideboard {n}") for n in range(3)]


def told(cast: Cast) -> list[tuple[str, dict[str, Any]]]:
    """Every operation with what it is told."""
    team = cast.memberships[cast.ben.email].teams.first()
    high = Priority.objects.get(organisation=cast.larkfield, rank=3)
    return [
        (Operation.CLAIM, {}),
        (Operation.ASSIGN, {"owner": cast.ben.email, "note": "Yours."}),
        (Operation.TEAM, {"team": team.pk if team else 0}),
        (Operation.TYPE, {"type": "lost"}),
        (Operation.TAG, {"tags": ["Strike"]}),
        (Operation.PRIORITY, {"priority": high.pk}),
        (Operation.CLOSE, {"reason": closure_reason(cast).pk, "note": "All found."}),
        (Operation.FOLLOW, {}),
    ]


def shape(case: Case, cast: Cast) -> tuple[object, ...]:
    """All that a bulk operation may change."""
    side = side_of(case, cast.larkfield)
    watched = is_watched(case, cast.at_desk(cast.ana))
    return (
        fresh(case).status,
        side.owner,
        side.team,
        side.type,
        side.priority,
        side.tags,
        side.court,
        watched,
    )


@pytest.mark.parametrize("n", range(8))
def test_each_operation_is_done_to_every_case_and_undone(cast: Cast, three: list[Case], n: int) -> None:
    operation, sent = told(cast)[n]
    ana = cast.at_desk(cast.ana)
    before = [shape(case, cast) for case in three]
    asked = do(operation, of(*three), ana, **sent)
    assert (asked.state, states(asked)) == (Bulk.State.DONE, {State.DONE: 3})
    assert all(shape(case, cast) != was for case, was in zip(three, before, strict=True))
    assert states(do(operation, of(*three), ana, **sent)) in ({State.SAME: 3}, {State.FAILED: 3})
    run(bulk.undo(asked, by=ana))
    asked.refresh_from_db()
    assert (asked.state, states(asked)) == (Bulk.State.UNDONE, {State.UNDONE: 3})
    assert [shape(case, cast) for case in three] == before


def test_what_each_operation_sets(cast: Cast, three: list[Case]) -> None:
    ana = cast.at_desk(cast.ana)
    for operation, sent in told(cast)[1:6]:
        do(operation, of(*three), ana, **sent)
    side = side_of(three[0], cast.larkfield)
    assert (side.type, side.tags, side.priority and side.priority.rank) == ("lost", ["strike"], 3)
    assert (side.owner, side.team) == (None, Team.objects.get(pk=told(cast)[2][1]["team"]))
    do(*told(cast)[6][:1], of(*three), ana, **told(cast)[6][1])
    assert {fresh(case).status for case in three} == {Status.CLOSED}
    assert three[0].closures.get().note == "All found."


def test_cases_are_merged_into_one_and_taken_apart(cast: Cast) -> None:
    survivor, one, two = (owned_by_ana(cast) for _ in range(3))
    ana = cast.at_desk(cast.ana)
    asked = do(Operation.MERGE, of(survivor, one, two), ana, into=survivor.number)
    assert states(asked) == {State.SAME: 1, State.DONE: 2}
    assert fresh(one).merged_into == fresh(two).merged_into == survivor
    run(bulk.undo(asked, by=ana))
    assert {fresh(case).status for case in (survivor, one, two)} == {Status.OPEN}


def test_all_that_a_filter_finds(cast: Cast, three: list[Case]) -> None:
    mine, ana = owned_by_ana(cast), cast.at_desk(cast.ana)
    asked = bulk.start(Operation.FOLLOW, filtered("view=new", now()), {}, by=ana)
    assert progress_of(asked).total is None
    late = raised_by_kim(cast, "Came after somebody looked")
    run(asked)
    assert states(asked) == {State.DONE: 3}
    assert not is_watched(late, ana)
    assert not is_watched(mine, ana)


def test_a_filter_of_ones_own_means_whoever_asked(cast: Cast) -> None:
    mine = owned_by_ana(cast)
    ben = cast.at_desk(cast.ben)
    with pytest.raises(Invalid):
        bulk.start(Operation.FOLLOW, filtered("view=my-active", now()), {}, by=ben)
    asked = do(Operation.TYPE, filtered("view=all&owner=me", now()), cast.at_desk(cast.ana), type="lost")
    assert [row.case for row in asked.cases.all()] == [mine]


def test_some_fail_and_are_tried_again(cast: Cast, three: list[Case]) -> None:
    ana, sent = cast.at_desk(cast.ana), {"type": "lost"}
    close(three[0], by=ana, reason=closure_reason(cast).pk, note="x")
    asked = do(Operation.TYPE, of(*three), ana, **sent)
    assert states(asked) == {State.FAILED: 1, State.DONE: 2}
    (line,) = report_of(asked, ana, State.FAILED)
    assert (line.side.number, line.row.why) == (
        three[0].number,
        "This can't be done to a case that is “Closed”.",
    )
    from caseway.cases.lifecycle.actions import reopen

    reopen(three[0], by=ana, reason=None, note="Again")
    run(bulk.retry(asked, by=ana))
    assert states(asked) == {State.DONE: 3}
    with pytest.raises(Conflict):
        bulk.retry(asked, by=ana)


def test_what_somebody_changed_since_is_left_and_named(cast: Cast, three: list[Case]) -> None:
    ana, ben = cast.at_desk(cast.ana), cast.at_desk(cast.ben)
    asked = do(Operation.ASSIGN, of(*three), ana, owner=cast.lea.email)
    edit(three[0], by=ben, changes={"type": "lost"})
    says(three[1], cast.in_portal(cast.kim), Audience.CUSTOMER, "Any news?")
    run(bulk.undo(asked, by=ana))
    assert states(asked) == {State.LEFT: 1, State.UNDONE: 2}
    (line,) = report_of(asked, ana, State.LEFT)
    assert line.side.number == three[0].number
    assert line.row.why == f"{cast.ben} set the type to Lost"
    assert side_of(three[0], cast.larkfield).owner == cast.lea
    assert side_of(three[1], cast.larkfield).owner is None


def test_another_sides_private_change_is_nothing_to_undo_by(cast: Cast) -> None:
    case, ana, omar = shared_with_brightwater(cast), cast.at_desk(cast.ana), cast.at_desk(cast.omar)
    asked = do(Operation.TYPE, of(case), ana, type="lost")
    edit(case, by=omar, changes={"crm_number": "BW-1"})
    run(bulk.undo(asked, by=ana))
    assert states(asked) == {State.UNDONE: 1}


def test_undo_ends_after_a_day_and_is_done_once(cast: Cast, three: list[Case]) -> None:
    ana = cast.at_desk(cast.ana)
    asked = do(Operation.FOLLOW, of(*three), ana)
    Bulk.objects.update(finished_at=now() - timedelta(hours=25))
    asked.refresh_from_db()
    with pytest.raises(Conflict):
        bulk.undo(asked, by=ana)
    Bulk.objects.update(finished_at=now())
    run(bulk.undo(asked, by=ana))
    with pytest.raises(Conflict):
        bulk.undo(asked, by=ana)


def test_it_is_stopped_in_between(cast: Cast, three: list[Case]) -> None:
    ana = cast.at_desk(cast.ana)
    asked = bulk.start(Operation.FOLLOW, of(*three), {}, by=ana)
    assert running.go_on(asked.pk, seconds=60, stopping=iter([False, True]).__next__)
    bulk.cancel(asked, by=ana)
    assert not running.go_on(asked.pk, seconds=60)
    asked.refresh_from_db()
    assert (asked.state, states(asked)) == (Bulk.State.CANCELLED, {State.DONE: 1, State.WAITING: 2})
    with pytest.raises(Conflict):
        bulk.cancel(asked, by=ana)
    run(bulk.retry(asked, by=ana))
    assert states(asked) == {State.DONE: 3}


def test_the_rules_of_single_operations_hold_for_each(cast: Cast, three: list[Case]) -> None:
    """Sam may not assign; what he owns he may give away."""
    sam = cast.at_desk(cast.sam)
    ownership.claim(three[0], by=sam)
    asked = do(Operation.ASSIGN, of(*three), sam, owner=cast.ben.email)
    assert states(asked) == {State.DONE: 1, State.FAILED: 2}
    assert side_of(three[0], cast.larkfield).owner == cast.ben
    assert "Your role does not allow this" in asked.cases.filter(state=State.FAILED)[0].why


def test_foreign_numbers_are_refused_whole_like_missing_ones(cast: Cast, three: list[Case]) -> None:
    pia = cast.at_desk(cast.pia)
    errors = []
    for number in (three[0].number, "CV99999999"):
        with pytest.raises(Invalid) as refused:
            bulk.start(Operation.FOLLOW, ticked([number]), {}, by=pia)
        errors.append(refused.value.errors["numbers"].replace(number, "N"))
    assert errors[0] == errors[1]
    assert not Bulk.objects.exists()


@pytest.mark.parametrize(
    ("operation", "sent", "field"),
    [
        ("nonsense", {}, "operation"),
        ("assign", {"owner": "pia@quillon.example"}, "owner"),
        ("assign", {}, "owner"),
        ("team", {"team": "999999"}, "team"),
        ("type", {"type": "parcel"}, "type"),
        ("tag", {"tags": [" "]}, "tags"),
        ("priority", {"priority": "x"}, "priority"),
        ("close", {"note": "x"}, "reason"),
        ("merge", {"into": "CV99999999"}, "into"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(
    cast: Cast, three: list[Case], operation: str, sent: dict[str, Any], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        bulk.start(operation, of(*three), sent, by=cast.at_desk(cast.ana))
    assert set(refused.value.errors) == {field}


def test_sight_is_asked_again_when_the_job_runs(cast: Cast, three: list[Case]) -> None:
    ben = cast.at_desk(cast.ben)
    ticked_ = bulk.start(Operation.FOLLOW, of(*three), {}, by=ben)
    whole = bulk.start(Operation.FOLLOW, filtered("view=all", now()), {}, by=ben)
    cast.larkfield.stored_policy = {"agents_see_all": False}
    cast.larkfield.save()
    for asked in (run(ticked_), run(whole)):
        assert asked.state == Bulk.State.DONE
        assert not asked.cases.filter(state=State.DONE).exists()
    cast.memberships[cast.ben.email].organisation.refresh_from_db()
    strict = cast.at_desk(cast.ben)
    assert report_of(ticked_, strict, State.FAILED) == []
    assert unseen_among(ticked_, strict, State.FAILED) == 3


def test_who_left_does_nothing_more(cast: Cast, three: list[Case]) -> None:
    asked = bulk.start(Operation.FOLLOW, of(*three), {}, by=cast.at_desk(cast.ben))
    Membership.objects.filter(person=cast.ben).update(is_active=False)
    assert states(run(asked)) == {State.FAILED: 3}


def test_it_is_its_askers_alone(cast: Cast, three: list[Case]) -> None:
    asked = do(Operation.FOLLOW, of(*three), cast.at_desk(cast.ana))
    for viewer in (cast.at_desk(cast.lea), cast.at_desk(cast.omar), cast.in_portal(cast.kim)):
        assert not Bulk.objects.visible_to(viewer).exists()
        for act in (bulk.undo, bulk.cancel, bulk.retry):
            with pytest.raises(NotFound):
                act(asked, by=viewer)


def test_a_case_that_breaks_is_put_aside_and_the_others_are_done(
    cast: Cast, three: list[Case], monkeypatch: pytest.MonkeyPatch
) -> None:
    from caseway.cases.watching import actions as watching

    follow = watching.follow

    def breaks(case: Case, *, by: Viewer) -> Case:
        if case.pk == three[1].pk:
            raise RuntimeError("a mistake of ours")
        return follow(case, by=by)

    monkeypatch.setattr(watching, "follow", breaks)
    asked = do(Operation.FOLLOW, of(*three), cast.at_desk(cast.ana))
    assert states(asked) == {State.DONE: 2, State.FAILED: 1}
    assert "Reference" in asked.cases.get(state=State.FAILED).why
    assert CaseEvent.objects.filter(kind="case.watcher").count() == 2


def test_the_log_of_the_organisation_keeps_it(cast: Cast, three: list[Case]) -> None:
    ana = cast.at_desk(cast.ana)
    asked = do(Operation.FOLLOW, of(*three), ana)
    bulk.undo(asked, by=ana)
    entries = AuditEntry.objects.filter(kind__startswith="bulk.").order_by("pk")
    assert [(e.kind, e.actor, e.organisation) for e in entries] == [
        ("bulk.asked", cast.ana, cast.larkfield),
        ("bulk.undone", cast.ana, cast.larkfield),
    ]
    assert entries[0].payload == {"bulk_id": asked.pk, "operation": "follow"}


def test_too_many_are_refused(cast: Cast, three: list[Case], monkeypatch: pytest.MonkeyPatch) -> None:
    ana = cast.at_desk(cast.ana)
    monkeypatch.setattr("caseway.cases.bulk.choosing.MOST", 2)
    with pytest.raises(Invalid):
        bulk.start(Operation.FOLLOW, filtered("view=all", now()), {}, by=ana)
    with pytest.raises(Invalid):
        ticked([f"CV{n:08d}" for n in range(501)])
    assert Side.objects.count() == 3
