"""Closing and reopening: for everyone on the case, with reason and note as policy says."""

from datetime import timedelta

import pytest

from caseway.cases.lifecycle import actions as lifecycle
from caseway.cases.models import Case, CaseEvent, Closure
from caseway.cases.status import Status
from caseway.cases.tests.story import (
    closure_reason,
    fresh,
    owned_by_ana,
    raised_by_kim,
    shared_with_brightwater,
)
from caseway.core.clock import now
from caseway.core.errors import Conflict, Invalid, NotAllowed, NotFound
from caseway.demo.cast import Cast

pytestmark = pytest.mark.django_db


def close(case: Case, cast: Cast) -> Case:
    return lifecycle.close(case, by=cast.at_desk(cast.ana), reason=closure_reason(cast).pk, note="Replaced.")


def test_closing_solves_the_case_and_keeps_who_and_why(cast: Cast) -> None:
    case = close(owned_by_ana(cast), cast)
    assert fresh(case).status == Status.CLOSED
    step = Closure.objects.get(case=case)
    assert (step.by, step.note, step.reason) == (cast.ana, "Replaced.", closure_reason(cast))
    assert CaseEvent.objects.filter(case=case, kind="case.closed", actor=cast.ana).count() == 1


def test_a_stranger_cannot_close(cast: Cast) -> None:
    case = owned_by_ana(cast)
    with pytest.raises(NotFound):
        lifecycle.close(case, by=cast.at_desk(cast.pia), note="x")
    assert fresh(case).is_active


def test_closing_twice_says_that_it_is_closed(cast: Cast) -> None:
    case = close(owned_by_ana(cast), cast)
    with pytest.raises(Conflict, match="Closed"):
        close(case, cast)
    assert Closure.objects.filter(case=case).count() == 1


def test_solved_is_solved_for_everyone(cast: Cast) -> None:
    case = shared_with_brightwater(cast)
    lifecycle.close(case, by=cast.at_desk(cast.omar))
    assert fresh(case).closed_at is not None
    assert set(case.sides.values_list("status", flat=True)) == {Status.CLOSED}


def test_policy_asks_for_reason_and_note(cast: Cast) -> None:
    with pytest.raises(Invalid) as refused:
        lifecycle.close(owned_by_ana(cast), by=cast.at_desk(cast.ana))
    assert set(refused.value.errors) == {"reason", "note"}


def test_a_reason_of_another_organisation_is_no_reason(cast: Cast) -> None:
    case = shared_with_brightwater(cast)
    with pytest.raises(Invalid) as refused:
        lifecycle.close(case, by=cast.at_desk(cast.omar), reason=closure_reason(cast).pk)
    assert set(refused.value.errors) == {"reason"}


def test_the_customer_reopens_within_the_days_of_the_policy(cast: Cast) -> None:
    case = raised_by_kim(cast)
    lifecycle.close(case, by=cast.at_desk(cast.lea), reason=closure_reason(cast).pk, note="Done.")
    lifecycle.reopen(case, by=cast.in_portal(cast.kim))
    assert fresh(case).status == Status.OPEN


def test_later_the_customer_is_told_to_raise_a_new_case(cast: Cast) -> None:
    case = raised_by_kim(cast)
    lifecycle.close(case, by=cast.at_desk(cast.lea), reason=closure_reason(cast).pk, note="Done.")
    Case.objects.filter(pk=case.pk).update(closed_at=now() - timedelta(days=15))
    with pytest.raises(Conflict, match="new case"):
        lifecycle.reopen(case, by=cast.in_portal(cast.kim))


def test_a_sales_agent_without_the_permission_cannot_close_another_ones_case(cast: Cast) -> None:
    role = cast.memberships[cast.sam.email].role
    role.permissions = []
    role.save()
    with pytest.raises(NotAllowed):
        lifecycle.close(owned_by_ana(cast), by=cast.at_desk(cast.sam), note="x")
