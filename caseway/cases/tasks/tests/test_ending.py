"""What the end of a case means for its tasks, and what open tasks mean for its end."""

import pytest

from caseway.cases.history.queries import timeline_of
from caseway.cases.lifecycle import actions as lifecycle
from caseway.cases.merging import actions as merging
from caseway.cases.models import Case, TaskStatus
from caseway.cases.ownership.actions import claim
from caseway.cases.status import Status
from caseway.cases.tasks import actions
from caseway.cases.tests.story import closure_reason, fresh, owned_by_ana, shared_with_brightwater
from caseway.core.errors import Blocked, Conflict
from caseway.demo.cast import Cast

from .work import again, noted, with_policy

pytestmark = pytest.mark.django_db
OPEN, BEGUN, DONE, CANCELLED = TaskStatus


def told(case: Case, cast: Cast, who: str) -> list[str]:
    lines = timeline_of([case], cast.at_desk(getattr(cast, who)))
    return [line.sentence for line in lines if "task." in line.event.kind]


def test_a_case_that_is_called_off_takes_its_tasks_along_and_brings_them_back(cast: Cast) -> None:
    case, ana, omar = shared_with_brightwater(cast), cast.at_desk(cast.ana), cast.at_desk(cast.omar)
    claim(case, by=ana)
    ours, begun, done = (noted(case, ana, name) for name in ("Ours", "Begun", "Done"))
    theirs = noted(case, omar, "Theirs")
    actions.move(begun, by=ana, status=BEGUN)
    actions.move(done, by=ana, status=DONE)
    lifecycle.cancel(case, by=ana, note="Not needed")
    assert [again(t).status for t in (ours, begun, done, theirs)] == [CANCELLED, CANCELLED, DONE, CANCELLED]
    assert again(ours).ended_at is not None
    assert told(case, cast, "lea")[-1] == "2 open tasks were cancelled with the case"
    assert told(case, cast, "iris") == [
        f"{cast.omar} added the task “Theirs”",
        "1 open task was cancelled with the case",
    ]
    lifecycle.reopen(fresh(case), by=ana)
    assert [again(t).status for t in (ours, begun, done, theirs)] == [OPEN, BEGUN, DONE, OPEN]
    assert told(case, cast, "iris")[-1] == "1 task is open again with the case"


def test_a_withdrawal_does_the_same(cast: Cast) -> None:
    case = shared_with_brightwater(cast)
    task = noted(case, cast.at_desk(cast.ana))
    lifecycle.withdraw(case, by=cast.in_portal(cast.kim), note="Found it")
    assert again(task).status == CANCELLED
    with pytest.raises(Conflict):
        actions.edit(task, by=cast.at_desk(cast.ana), changes={"title": "Other"})


def test_what_was_cancelled_by_hand_stays_cancelled(cast: Cast) -> None:
    case, ana = owned_by_ana(cast), cast.at_desk(cast.ana)
    task = noted(case, ana)
    actions.move(task, by=ana, status=CANCELLED)
    lifecycle.cancel(case, by=ana, note="x")
    lifecycle.reopen(fresh(case), by=ana)
    assert again(task).status == CANCELLED


def test_tasks_of_cases_merged_into_it_are_called_off_too(cast: Cast) -> None:
    case, survivor, ana = owned_by_ana(cast), owned_by_ana(cast), cast.at_desk(cast.ana)
    task = noted(case, ana)
    merging.merge(case, by=ana, into=survivor)
    lifecycle.cancel(fresh(survivor), by=ana, note="x")
    assert again(task).status == CANCELLED


def test_closing_asks_for_nothing_unless_policy_says_so(cast: Cast) -> None:
    case, ana = owned_by_ana(cast), cast.at_desk(cast.ana)
    task = noted(case, ana)
    lifecycle.close(case, by=ana, reason=closure_reason(cast).pk, note="x")
    assert (fresh(case).status, again(task).status) == (Status.CLOSED, OPEN)


def test_where_policy_says_so_open_tasks_stand_in_the_way_and_are_named(cast: Cast) -> None:
    with_policy(cast, cast.larkfield, closing_needs_tasks_done=True)
    case, survivor, ana = owned_by_ana(cast), owned_by_ana(cast), cast.at_desk(cast.ana)
    merged, own, dropped = (
        noted(case, ana, "Of both"),
        noted(survivor, ana, "Own"),
        noted(survivor, ana, "Drop"),
    )
    merging.merge(case, by=ana, into=survivor)
    actions.move(dropped, by=ana, status=CANCELLED)
    close = lambda: lifecycle.close(fresh(survivor), by=ana, reason=closure_reason(cast).pk, note="x")  # noqa: E731
    with pytest.raises(Blocked) as caught:
        close()
    assert [(one["id"], one["title"]) for one in caught.value.blockers] == [
        (str(merged.pk), "Of both"),
        (str(own.pk), "Own"),
    ]
    assert "Own" in caught.value.message
    assert fresh(survivor).is_active
    for task in (merged, own):
        actions.move(task, by=ana, status=DONE)
    close()
    assert fresh(survivor).status == Status.CLOSED


def test_a_partner_who_closes_hears_nothing_of_our_tasks(cast: Cast) -> None:
    with_policy(cast, cast.larkfield, closing_needs_tasks_done=True)
    case = shared_with_brightwater(cast)
    noted(case, cast.at_desk(cast.ana), "Secret")
    lifecycle.close(case, by=cast.at_desk(cast.omar))
    assert fresh(case).status == Status.CLOSED
