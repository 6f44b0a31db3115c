"""Several people at one task at once, on real PostgreSQL with real threads."""

from functools import partial

import pytest

from caseway.cases.lifecycle import actions as lifecycle
from caseway.cases.merging.actions import merge
from caseway.cases.models import CaseEvent, Task, TaskComment, TaskStatus
from caseway.cases.tasks import actions
from caseway.cases.tests.story import closure_reason, fresh, owned_by_ana
from caseway.cases.tests.test_together import at_once
from caseway.core.errors import Blocked, Conflict, DomainError, Stale
from caseway.demo.cast import Cast, make_cast

from .work import again, noted, with_policy

CHANGES = ("task.moved", "task.edited", "task.assigned")
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def test_of_many_who_take_a_task_one_gets_it_and_the_others_hear_who(cast: Cast) -> None:
    task = noted(owned_by_ana(cast), cast.at_desk(cast.ana))
    desks = [cast.at_desk(person) for person in (cast.ana, cast.ben, cast.lea, cast.sam)]
    results = at_once([partial(actions.claim, task, by=by) for by in desks])
    refused = [r for r in results if isinstance(r, Conflict)]
    assert len(refused) == len(desks) - 1
    assert all(str(again(task).assignee) in refusal.message for refusal in refused)
    assert CaseEvent.objects.filter(kind="task.assigned").count() == 1


def test_two_who_finish_a_task_finish_it_once(cast: Cast) -> None:
    task = noted(owned_by_ana(cast), cast.at_desk(cast.ana))
    desks = (cast.at_desk(cast.ana), cast.at_desk(cast.ben))
    results = at_once([partial(actions.move, task, by=by, status=TaskStatus.DONE) for by in desks])
    assert sum(isinstance(r, Conflict) for r in results) == 1
    assert CaseEvent.objects.filter(kind="task.moved").count() == 1


def test_of_two_edits_of_one_version_one_holds(cast: Cast) -> None:
    task = noted(owned_by_ana(cast), cast.at_desk(cast.ana))
    changes = [{"title": "One"}, {"title": "Two"}]
    desks = (cast.at_desk(cast.ana), cast.at_desk(cast.ben))
    results = at_once(
        [
            partial(actions.edit, task, by=by, changes=change, version=1)
            for by, change in zip(desks, changes, strict=True)
        ]
    )
    assert sum(isinstance(r, Stale) for r in results) == 1
    assert again(task).title in ("One", "Two")
    assert again(task).version == 2


def test_a_case_is_never_closed_over_a_task_that_policy_wants_done(cast: Cast) -> None:
    with_policy(cast, cast.larkfield, closing_needs_tasks_done=True)
    case, ana = owned_by_ana(cast), cast.at_desk(cast.ana)
    results = at_once(
        [
            lambda: noted(case, cast.at_desk(cast.ben)),
            lambda: lifecycle.close(case, by=ana, reason=closure_reason(cast).pk, note="x"),
        ]
    )
    assert sum(isinstance(r, DomainError) for r in results) == 1
    assert fresh(case).is_active == Task.objects.exists()
    assert fresh(case).is_active == any(isinstance(r, Blocked) for r in results)


def test_tasks_merge_cancel_and_comment_side_by_side_end_without_deadlock(cast: Cast) -> None:
    ana, ben, lea = (cast.at_desk(person) for person in (cast.ana, cast.ben, cast.lea))
    one, two = owned_by_ana(cast), owned_by_ana(cast)
    first, second = noted(one, ana), noted(two, ana)
    results = at_once(
        [
            lambda: merge(one, by=lea, into=two),
            lambda: actions.move(first, by=ben, status=TaskStatus.DONE),
            lambda: actions.comment(second, by=ben, text="words"),
            lambda: lifecycle.cancel(two, by=ana, note="x"),
            lambda: actions.edit(first, by=ana, changes={"title": "Other"}),
        ]
    )
    assert all(isinstance(r, DomainError) or r is not None for r in results)
    assert TaskComment.objects.count() == 1
    for task in (again(first), again(second)):
        alone = CaseEvent.objects.filter(kind__in=CHANGES, payload__task_id=task.pk)
        with_others = CaseEvent.objects.filter(payload__task_ids__contains=[task.pk])
        assert task.version == 1 + alone.count() + with_others.count()
