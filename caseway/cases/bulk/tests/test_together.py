"""Several bulk operations at once, beside single ones, and workers that die; on real PostgreSQL."""

from collections.abc import Callable
from functools import partial

import pytest
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from caseway.cases.bulk import actions as bulk
from caseway.cases.bulk import jobs, one, running
from caseway.cases.bulk.choosing import filtered, ticked
from caseway.cases.bulk.queries import progress_of
from caseway.cases.lifecycle.actions import close
from caseway.cases.models import Bulk, BulkCase, Case, CaseEvent, Side
from caseway.cases.ownership import actions as ownership
from caseway.cases.status import Status
from caseway.cases.tests.story import closure_reason, owned_by_ana, raised_by_kim, side_of
from caseway.cases.tests.test_together import at_once
from caseway.core.clock import now
from caseway.core.errors import DomainError
from caseway.demo.cast import Cast, make_cast

pytestmark = pytest.mark.django_db(transaction=True)
State = BulkCase.State


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def to_its_end(asked: Bulk) -> None:
    """What a worker does, on a connection of its own."""
    while running.go_on(asked.pk, seconds=60):
        pass


def states(asked: Bulk) -> dict[str, int]:
    return dict(progress_of(asked).by_state)


def events(kind: str) -> int:
    return CaseEvent.objects.filter(kind=kind).count()


def test_four_workers_do_each_case_once(cast: Cast) -> None:
    cases = [raised_by_kim(cast) for _ in range(24)]
    asked = bulk.start("follow", ticked([c.number for c in cases]), {}, by=cast.at_desk(cast.ana))
    at_once([partial(to_its_end, asked)] * 4)
    assert states(asked) == {State.DONE: 24}
    assert events("case.watcher") == 24
    assert Bulk.objects.get().state == Bulk.State.DONE


def test_two_who_claim_the_same_share_them(cast: Cast) -> None:
    cases = [raised_by_kim(cast) for _ in range(16)]
    numbers = [case.number for case in cases]
    ana, ben = cast.at_desk(cast.ana), cast.at_desk(cast.ben)
    one_, two = (bulk.start("claim", ticked(numbers), {}, by=by) for by in (ana, ben))
    at_once([partial(to_its_end, one_), partial(to_its_end, two)])
    done = [states(asked).get(State.DONE, 0) for asked in (one_, two)]
    assert sum(done) == 16
    assert events("case.claimed") == 16
    owners = list(Side.objects.filter(case__in=cases).values_list("owner", flat=True))
    assert [owners.count(cast.ana.pk), owners.count(cast.ben.pk)] == done


def test_bulk_beside_single_claims_and_closes(cast: Cast) -> None:
    cases = [raised_by_kim(cast) for _ in range(10)]
    ana, lea, reason = cast.at_desk(cast.ana), cast.at_desk(cast.lea), closure_reason(cast).pk
    asked = bulk.start("assign", ticked([c.number for c in cases]), {"owner": cast.ben.email}, by=ana)

    def one_by_one(act: Callable[[Case], object]) -> int:
        n = 0
        for case in reversed(cases):
            try:
                act(case)
                n += 1
            except DomainError:
                continue
        return n

    _, claimed, closed = at_once(
        [
            partial(to_its_end, asked),
            partial(one_by_one, lambda case: ownership.claim(case, by=lea)),
            partial(one_by_one, lambda case: close(case, by=lea, reason=reason, note="x")),
        ]
    )
    told = states(asked)
    assert told.get(State.DONE, 0) + told.get(State.FAILED, 0) == 10
    assert closed == 10
    assert events("case.claimed") == claimed
    assert set(Case.objects.values_list("status", flat=True)) == {Status.CLOSED}
    for side in Side.objects.select_related("case"):
        assert side.status == side.case.status


def test_merges_in_bulk_into_each_other_end_without_deadlock(cast: Cast) -> None:
    cases = [owned_by_ana(cast) for _ in range(6)]
    numbers = [case.number for case in cases]
    ana, lea = cast.at_desk(cast.ana), cast.at_desk(cast.lea)
    first = bulk.start("merge", ticked(numbers), {"into": numbers[0]}, by=ana)
    last = bulk.start("merge", ticked(numbers), {"into": numbers[-1]}, by=lea)
    at_once([partial(to_its_end, first), partial(to_its_end, last)])
    assert Bulk.objects.filter(state=Bulk.State.DONE).count() == 2
    assert Case.objects.filter(status=Status.MERGED).count() >= 5
    assert not Case.objects.filter(merged_into__merged_into__isnull=False, status=Status.OPEN).exists()


def test_undo_beside_somebody_who_changes_loses_nothing(cast: Cast) -> None:
    cases = [raised_by_kim(cast) for _ in range(8)]
    ana, lea = cast.at_desk(cast.ana), cast.at_desk(cast.lea)
    asked = bulk.start("assign", ticked([c.number for c in cases]), {"owner": cast.ben.email}, by=ana)
    to_its_end(asked)
    bulk.undo(asked, by=ana)
    at_once(
        [
            partial(to_its_end, asked),
            lambda: [ownership.assign(case, by=lea, to=cast.lea) for case in reversed(cases)],
        ]
    )
    assert sum(states(asked).values()) == 8
    assert {side_of(case, cast.larkfield).owner for case in cases} == {cast.lea}


def test_a_worker_that_dies_leaves_the_rest_to_the_next(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """The connection goes in the middle of a case: that one is as if untouched, the others stay done."""
    cases = [raised_by_kim(cast) for _ in range(5)]
    asked = bulk.start("follow", ticked([c.number for c in cases]), {}, by=cast.at_desk(cast.ana))
    finish, done = one._finish, []

    def dies(row: BulkCase, state: BulkCase.State, why: str = "") -> None:
        finish(row, state, why)
        done.append(row)
        if len(done) == 3:
            raise SystemExit("killed before the commit")

    monkeypatch.setattr(one, "_finish", dies)
    with pytest.raises(SystemExit):
        running.go_on(asked.pk, seconds=60)
    monkeypatch.undo()
    connection.close()
    assert states(asked) == {State.DONE: 2, State.WAITING: 3}
    assert events("case.watcher") == 2
    to_its_end(asked)
    assert states(asked) == {State.DONE: 5}
    assert events("case.watcher") == 5


def test_the_job_is_there_with_its_cause_and_the_sweep_brings_back_a_lost_one(cast: Cast) -> None:
    def waiting() -> list[dict[str, int]]:
        jobs_left = ProcrastinateJob.objects.filter(task_name="cases.bulk", status="todo")
        return [job.args for job in jobs_left]

    lose_jobs()
    raised_by_kim(cast)
    asked = bulk.start("follow", filtered("view=all", now()), {}, by=cast.at_desk(cast.ana))
    assert waiting() == [{"bulk_id": asked.pk}]
    jobs.sweep(timestamp=0)
    assert waiting() == [{"bulk_id": asked.pk}]
    lose_jobs()
    jobs.sweep(timestamp=0)
    assert waiting() == [{"bulk_id": asked.pk}]
    to_its_end(asked)
    lose_jobs()
    jobs.sweep(timestamp=0)
    assert waiting() == []


def lose_jobs() -> None:
    """As if a queue had been restored from a time before."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs WHERE task_name = 'cases.bulk'")
    assert not ProcrastinateJob.objects.filter(task_name="cases.bulk").exists()


@pytest.mark.endurance
def test_two_thousand_cases_are_closed_and_undone(cast: Cast) -> None:
    ana, reason = cast.at_desk(cast.ana), closure_reason(cast).pk
    for n in range(2000):
        raised_by_kim(cast, f"Sideboard {n}")
    asked = bulk.start("close", filtered("view=new", now()), {"reason": reason, "note": "x"}, by=ana)
    at_once([partial(to_its_end, asked)] * 2)
    assert states(asked) == {State.DONE: 2000}
    bulk.undo(asked, by=ana)
    at_once([partial(to_its_end, asked)] * 2)
    assert states(asked) == {State.UNDONE: 2000}
    assert set(Case.objects.values_list("status", flat=True)) == {Status.NEW}
    assert events("case.closed") == events("case.reopened") == 2000
