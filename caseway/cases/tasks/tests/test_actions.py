"""Tasks of one case: noting, changing, doing, and who may."""

from datetime import timedelta
from typing import Any

import pytest

from caseway.accounts.models import Team
from caseway.cases.history.queries import timeline_of
from caseway.cases.lifecycle import actions as lifecycle
from caseway.cases.merging import actions as merging
from caseway.cases.models import Case, CaseEvent, Priority, Task, TaskComment, TaskStatus, TaskType
from caseway.cases.tasks import actions
from caseway.cases.tests.story import closure_reason, fresh, owned_by_ana, shared_with_brightwater, side_of
from caseway.core.clock import now
from caseway.core.errors import Conflict, Invalid, NotAllowed, NotFound, Stale
from caseway.demo.cast import Cast

from .work import again, noted, warehouse

pytestmark = pytest.mark.django_db
DONE, OPEN = TaskStatus.DONE, TaskStatus.OPEN


@pytest.fixture
def case(cast: Cast) -> Case:
    return owned_by_ana(cast)


def told(case: Case, cast: Cast) -> list[str]:
    """What Lea reads of tasks on the case's timeline."""
    lines = timeline_of([case], cast.at_desk(cast.lea))
    return [line.sentence for line in lines if line.event.kind.startswith("task.")]


def test_a_task_keeps_all_that_was_noted_and_the_timeline_tells_it(cast: Cast, case: Case) -> None:
    ana, due = cast.at_desk(cast.ana), now() + timedelta(days=1)
    kind = TaskType.objects.filter(organisation=cast.larkfield).earliest("pk")
    urgent = Priority.objects.get(organisation=cast.larkfield, rank=4)
    task = noted(
        case,
        ana,
        "  Find the \n crate ",
        description="Row 12",
        type=kind.pk,
        priority=str(urgent.pk),
        team=warehouse(cast.larkfield).pk,
        assignee="BEN@larkfield.example",
        due_at=due,
    )
    row = again(task)
    assert (row.title, row.description, row.type, row.priority) == ("Find the crate", "Row 12", kind, urgent)
    assert (row.assignee, row.team, row.due_at) == (cast.ben, warehouse(cast.larkfield), due)
    assert (row.status, row.creator, row.version) == (OPEN, cast.ana, 1)
    assert told(case, cast) == [f"{cast.ana} added the task “Find the crate”"]


def test_every_agent_who_sees_the_case_may_and_nobody_else(cast: Cast, case: Case) -> None:
    for person in (cast.ben, cast.sam, cast.lea):
        noted(case, cast.at_desk(person))
    for viewer in (cast.at_desk(cast.pia), cast.at_desk(cast.omar), cast.in_portal(cast.kim)):
        with pytest.raises(NotFound):
            noted(case, viewer)
    task = noted(case, cast.at_desk(cast.ana))
    for viewer in (cast.at_desk(cast.pia), cast.at_desk(cast.omar), cast.in_portal(cast.kim)):
        for act in (
            lambda by: actions.edit(task, by=by, changes={"title": "Mine"}),
            lambda by: actions.claim(task, by=by),
            lambda by: actions.move(task, by=by, status=DONE),
            lambda by: actions.comment(task, by=by, text="Hello"),
        ):
            with pytest.raises((NotFound, NotAllowed)):
                act(viewer)
    assert again(task).version == 1
    assert not TaskComment.objects.exists()


def test_a_customer_may_not_add_one_even_to_their_own_case(cast: Cast) -> None:
    case = shared_with_brightwater(cast)
    with pytest.raises(NotAllowed):
        noted(case, cast.in_portal(cast.kim))
    assert not Task.objects.exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", "   "),
        ("title", "x" * 201),
        ("assignee", "omar@brightwater.example"),
        ("assignee", "nobody@larkfield.example"),
        ("type", "999999999"),
        ("priority", "urgent"),
        ("team", "999999999"),
    ],
)
def test_wrong_values_are_named_by_field(cast: Cast, case: Case, field: str, value: str) -> None:
    with pytest.raises(Invalid) as caught:
        noted(case, cast.at_desk(cast.ana), **{"title": "Call", field: value})
    assert set(caught.value.errors) == {field}
    assert not Task.objects.exists()


def test_what_belongs_to_others_is_refused_like_what_is_not_there(cast: Cast, case: Case) -> None:
    foreign: dict[str, Any] = {
        "team": Team.objects.create(organisation=cast.quillon, name="Night").pk,
        "priority": Priority.objects.filter(organisation=cast.quillon).earliest("pk").pk,
        "type": TaskType.objects.filter(organisation=cast.quillon).earliest("pk").pk,
    }
    for field, key in foreign.items():
        nowhere: dict[str, Any] = {field: 999999999}
        with pytest.raises(Invalid) as caught:
            noted(case, cast.at_desk(cast.ana), **{field: key})
        with pytest.raises(Invalid) as missing:
            noted(case, cast.at_desk(cast.ana), **nowhere)
        assert caught.value.errors == missing.value.errors


def test_an_edit_tells_what_changed_and_the_same_again_nothing(cast: Cast, case: Case) -> None:
    ana = cast.at_desk(cast.ana)
    task = noted(case, ana)
    actions.edit(task, by=ana, changes={"title": "Call him again", "description": ""})
    actions.edit(task, by=ana, changes={"title": "Call him again"})
    actions.edit(task, by=ana, changes={"assignee": "lea@larkfield.example", "team": None})
    assert again(task).version == 3
    assert told(case, cast)[1:] == [
        f"{cast.ana} changed the task “Call him again”: the title",
        f"{cast.ana} gave the task “Call him again” to {cast.lea}",
    ]


def test_an_edit_of_an_older_version_is_refused(cast: Cast, case: Case) -> None:
    task = noted(case, cast.at_desk(cast.ana))
    actions.edit(task, by=cast.at_desk(cast.ben), changes={"title": "Ben's"}, version=1)
    with pytest.raises(Stale):
        actions.edit(task, by=cast.at_desk(cast.ana), changes={"title": "Ana's"}, version=1)
    assert again(task).title == "Ben's"


def test_doing_a_task_says_who_and_when_and_it_can_be_taken_up_again(cast: Cast, case: Case) -> None:
    ana = cast.at_desk(cast.ana)
    task = noted(case, ana)
    actions.move(task, by=ana, status=DONE)
    assert (again(task).status, again(task).ended_by) == (DONE, cast.ana)
    assert again(task).ended_at is not None
    actions.move(task, by=ana, status=DONE)
    with pytest.raises(Conflict, match=str(cast.ana)):
        actions.move(task, by=cast.at_desk(cast.ben), status=DONE)
    actions.move(task, by=cast.at_desk(cast.ben), status=OPEN)
    assert (again(task).status, again(task).ended_at, again(task).ended_by) == (OPEN, None, None)
    assert told(case, cast)[1:] == [
        f"{cast.ana} did the task “Call the driver”",
        f"{cast.ben} set the task “Call the driver” to open",
    ]


def test_a_task_that_nobody_has_belongs_to_whoever_takes_or_begins_it(cast: Cast, case: Case) -> None:
    ana, ben = cast.at_desk(cast.ana), cast.at_desk(cast.ben)
    begun, taken = noted(case, ana, "Begin"), noted(case, ana, "Take")
    actions.move(begun, by=ben, status=TaskStatus.IN_PROGRESS)
    assert again(begun).assignee == cast.ben
    actions.claim(taken, by=ben)
    actions.claim(taken, by=ben)
    with pytest.raises(Conflict, match=str(cast.ben)):
        actions.claim(taken, by=ana)
    assert told(case, cast)[-1] == f"{cast.ben} took the task “Take”"


def test_tasks_move_nothing_for_anybody_else(cast: Cast) -> None:
    """They are one side's own: the partner's and the customer's projections stand still."""
    case = shared_with_brightwater(cast)
    omar = cast.at_desk(cast.omar)
    before = (side_of(case, cast.brightwater).version, fresh(case).customer_version)
    news = CaseEvent.objects.visible_to(omar).count()
    task = noted(case, cast.at_desk(cast.ana))
    actions.comment(task, by=cast.at_desk(cast.ben), text="On it")
    actions.move(task, by=cast.at_desk(cast.ben), status=DONE)
    assert (side_of(case, cast.brightwater).version, fresh(case).customer_version) == before
    assert CaseEvent.objects.visible_to(omar).count() == news
    assert not Task.objects.visible_to(omar).exists()
    assert not Task.objects.visible_to(cast.in_portal(cast.kim)).exists()


def test_on_a_closed_case_what_is_left_may_be_done_but_not_changed(cast: Cast, case: Case) -> None:
    ana = cast.at_desk(cast.ana)
    task = noted(case, ana)
    lifecycle.close(case, by=ana, reason=closure_reason(cast).pk, note="x")
    with pytest.raises(Conflict):
        noted(case, ana)
    with pytest.raises(Conflict):
        actions.edit(task, by=ana, changes={"title": "Other"})
    actions.comment(task, by=ana, text="Still to do")
    actions.move(task, by=ana, status=DONE)
    assert again(task).status == DONE


def test_tasks_of_a_merged_case_go_on_with_the_survivor(cast: Cast, case: Case) -> None:
    ana, survivor = cast.at_desk(cast.ana), owned_by_ana(cast)
    task = noted(case, ana)
    merging.merge(case, by=ana, into=survivor)
    with pytest.raises(Conflict):
        noted(fresh(case), ana)
    actions.edit(task, by=ana, changes={"title": "Call both"})
    actions.move(task, by=ana, status=DONE)
    assert told(survivor, cast) == [
        f"{cast.ana} changed the task “Call both”: the title",
        f"{cast.ana} did the task “Call both”",
    ]
    merging.unmerge(fresh(case), by=ana)
    actions.move(task, by=ana, status=OPEN)
    assert told(case, cast)[-1] == f"{cast.ana} set the task “Call both” to open"
