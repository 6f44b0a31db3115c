"""No sequence of what people do to tasks and their cases breaks what must always hold."""

from collections.abc import Callable
from contextlib import suppress

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from caseway.accounts.models import Membership
from caseway.accounts.viewer import Viewer
from caseway.cases.lifecycle import actions as lifecycle
from caseway.cases.merging import actions as merging
from caseway.cases.models import Case, CaseEvent, Side, Task, TaskComment, TaskStatus
from caseway.cases.tasks import actions
from caseway.cases.tests.story import closure_reason, fresh, owned_by_ana, shared_with_brightwater
from caseway.core.errors import DomainError
from caseway.demo.cast import Cast, make_cast

from .work import noted

DESK = ("ana", "ben", "lea", "omar", "iris", "pia")
CHANGES = ("task.moved", "task.edited", "task.assigned")
WHO = st.sampled_from((*DESK, "kim"))


class Work(RuleBasedStateMachine):
    """Tasks of a few cases among the cast."""

    cases = Bundle("cases")
    tasks = Bundle("tasks")

    @initialize(target=cases)
    def begin(self) -> int:
        self.outer = transaction.atomic()
        self.outer.__enter__()
        self.cast: Cast = make_cast()
        self.events = 0
        return shared_with_brightwater(self.cast).pk

    def teardown(self) -> None:
        if hasattr(self, "outer"):
            transaction.set_rollback(True)
            self.outer.__exit__(None, None, None)

    def viewer(self, name: str) -> Viewer:
        person = getattr(self.cast, name)
        return self.cast.in_portal(person) if name == "kim" else self.cast.at_desk(person)

    def attempt(self, act: Callable[[], object]) -> None:
        with suppress(DomainError):
            act()

    @rule(target=cases)
    def another_case(self) -> int:
        return owned_by_ana(self.cast).pk

    @rule(target=tasks, case=cases, who=st.sampled_from(DESK))
    def add(self, case: int, who: str) -> int:
        with suppress(DomainError):
            return noted(Case.objects.get(pk=case), self.viewer(who)).pk
        return 0

    @rule(task=tasks, who=WHO, status=st.sampled_from(list(TaskStatus)))
    def move(self, task: int, who: str, status: TaskStatus) -> None:
        self.attempt(lambda: actions.move(_task(task), by=self.viewer(who), status=status))

    @rule(task=tasks, who=WHO, to=st.sampled_from(("ana", "ben", "omar", "pia")))
    def give(self, task: int, who: str, to: str) -> None:
        changes = {"assignee": getattr(self.cast, to).email, "title": f"For {to}"}
        self.attempt(lambda: actions.edit(_task(task), by=self.viewer(who), changes=changes))

    @rule(task=tasks, who=WHO)
    def take(self, task: int, who: str) -> None:
        self.attempt(lambda: actions.claim(_task(task), by=self.viewer(who)))

    @rule(task=tasks, who=WHO)
    def talk(self, task: int, who: str) -> None:
        self.attempt(lambda: actions.comment(_task(task), by=self.viewer(who), text="words"))

    @rule(case=cases, verb=st.sampled_from(["cancel", "reopen"]))
    def call_off_or_reopen(self, case: int, verb: str) -> None:
        act = getattr(lifecycle, verb)
        self.attempt(lambda: act(fresh(Case(pk=case)), by=self.viewer("lea"), note="because"))

    @rule(case=cases)
    def close(self, case: int) -> None:
        reason = closure_reason(self.cast).pk
        self.attempt(
            lambda: lifecycle.close(fresh(Case(pk=case)), by=self.viewer("lea"), reason=reason, note="x")
        )

    @rule(case=cases, into=cases)
    def merge(self, case: int, into: int) -> None:
        lea = self.viewer("lea")
        self.attempt(lambda: merging.merge(fresh(Case(pk=case)), by=lea, into=fresh(Case(pk=into))))

    @invariant()
    def a_task_belongs_to_a_side_that_takes_part(self) -> None:
        for task in Task.objects.all():
            assert Side.objects.filter(case=task.case_id, organisation=task.organisation_id).exists()

    @invariant()
    def only_colleagues_have_it_or_say_something(self) -> None:
        people = Task.objects.filter(assignee__isnull=False).values_list("assignee", "organisation")
        said = TaskComment.objects.values_list("author", "task__organisation")
        seats = {(seat.person_id, seat.organisation_id) for seat in self.seats()}
        assert {*people, *said} <= seats

    def seats(self) -> list[Membership]:
        return list(self.cast.memberships.values()) if hasattr(self, "cast") else []

    @invariant()
    def each_version_has_its_line_in_the_history(self) -> None:
        for task in Task.objects.all():
            alone = CaseEvent.objects.filter(kind__in=CHANGES, payload__task_id=task.pk)
            with_others = CaseEvent.objects.filter(payload__task_ids__contains=[task.pk])
            moves = alone.filter(kind="task.moved").count() + with_others.count()
            edits = alone.exclude(kind="task.moved").count()
            # An edit may change whose it is and what it says: one version, two lines.
            assert 1 + moves + (edits + 1) // 2 <= task.version <= 1 + moves + edits

    @invariant()
    def history_only_grows_and_tells_nobody_else(self) -> None:
        if not hasattr(self, "cast"):
            return
        events = CaseEvent.objects.filter(kind__startswith="task.")
        assert events.count() >= self.events
        self.events = events.count()
        for name in (*DESK, "kim"):
            viewer = self.viewer(name)
            seen = CaseEvent.objects.visible_to(viewer).filter(kind__startswith="task.")
            assert not seen.exclude(organisation=viewer.organisation_id if viewer.is_agent else 0).exists()

    @invariant()
    def what_comes_back_with_its_case_was_called_off_with_it(self) -> None:
        assert not Task.objects.exclude(resumes_as="").exclude(status=TaskStatus.CANCELLED).exists()


def _task(pk: int) -> Task:
    return Task.objects.filter(pk=pk).first() or Task(pk=0, case_id=Case.objects.earliest("pk").pk)


def run(examples: int, steps: int) -> None:
    run_state_machine_as_test(
        Work,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.mark.django_db
def test_no_sequence_breaks_an_invariant() -> None:
    run(10, 16)


@pytest.mark.endurance
@pytest.mark.django_db
def test_no_long_sequence_does_either() -> None:
    run(200, 50)
