"""Suspending, resuming, waking, cancelling and withdrawing."""

from datetime import timedelta

import pytest
import time_machine

from caseway.cases.lifecycle import actions as lifecycle
from caseway.cases.lifecycle import waking
from caseway.cases.lifecycle.queries import cases_to_wake
from caseway.cases.models import Cancellation, Case, Suspension, Withdrawal
from caseway.cases.status import Status
from caseway.cases.tests.story import fresh, owned_by_ana, raised_by_kim, says
from caseway.cases.types import Audience
from caseway.core.clock import now
from caseway.core.errors import Conflict, Invalid, NotAllowed, NotFound
from caseway.demo.cast import Cast

pytestmark = pytest.mark.django_db


def test_resuming_returns_to_the_status_before(cast: Cast) -> None:
    case, lea = raised_by_kim(cast), cast.at_desk(cast.lea)
    says(case, lea, Audience.CUSTOMER, "Which colour was it?")
    lifecycle.suspend(case, by=lea, note="Waiting for the warehouse")
    assert fresh(case).status == Status.ON_HOLD
    lifecycle.resume(case, by=lea)
    assert fresh(case).status == Status.PENDING_CUSTOMER


def test_a_suspended_case_wakes_when_its_date_comes_and_only_once(cast: Cast) -> None:
    case, tomorrow = owned_by_ana(cast), now() + timedelta(days=1)
    lifecycle.suspend(case, by=cast.at_desk(cast.ana), note="Trace runs", until=tomorrow)
    assert not cases_to_wake().exists()
    with time_machine.travel(tomorrow + timedelta(minutes=1)):
        assert list(cases_to_wake()) == [case]
        assert lifecycle.wake(case)
        assert not lifecycle.wake(case)
    assert fresh(case).status == Status.OPEN


def test_a_date_in_the_past_is_refused_at_its_field(cast: Cast) -> None:
    with pytest.raises(Invalid) as refused:
        lifecycle.suspend(owned_by_ana(cast), by=cast.at_desk(cast.ana), note="x", until=now())
    assert set(refused.value.errors) == {"until"}


def test_suspending_twice_is_a_conflict(cast: Cast) -> None:
    case, ana = owned_by_ana(cast), cast.at_desk(cast.ana)
    lifecycle.suspend(case, by=ana, note="x")
    with pytest.raises(Conflict):
        lifecycle.suspend(case, by=ana, note="x")
    assert Suspension.objects.filter(case=case, ended_at=None).count() == 1


def test_cancelling_wants_a_remark_and_reopening_restores_the_status(cast: Cast) -> None:
    case, lea = raised_by_kim(cast), cast.at_desk(cast.lea)
    says(case, lea, Audience.CUSTOMER, "Do you still need it?")
    with pytest.raises(Invalid, match="note"):
        lifecycle.cancel(case, by=lea)
    lifecycle.cancel(case, by=lea, note="Order was never placed")
    assert Cancellation.objects.get(case=case).status_before == Status.PENDING_CUSTOMER
    lifecycle.reopen(case, by=lea)
    assert fresh(case).status == Status.PENDING_CUSTOMER


def test_only_owner_and_leads_cancel(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        lifecycle.cancel(owned_by_ana(cast), by=cast.at_desk(cast.ben), note="x")


def test_the_customer_withdraws_with_a_reason(cast: Cast) -> None:
    case = raised_by_kim(cast)
    lifecycle.withdraw(case, by=cast.in_portal(cast.kim), note="Found it")
    assert fresh(case).status == Status.WITHDRAWN
    assert Withdrawal.objects.get(case=case).by == cast.kim


def test_nobody_else_withdraws(cast: Cast) -> None:
    case = raised_by_kim(cast)
    with pytest.raises(NotFound):
        lifecycle.withdraw(case, by=cast.in_portal(cast.max), note="x")
    with pytest.raises(NotAllowed):
        lifecycle.withdraw(case, by=cast.at_desk(cast.lea), note="x")


def test_the_customers_comment_ends_a_suspension(cast: Cast) -> None:
    case = raised_by_kim(cast)
    lifecycle.suspend(case, by=cast.at_desk(cast.lea), note="x")
    says(case, cast.in_portal(cast.kim), Audience.CUSTOMER, "Any news?")
    assert fresh(case).status == Status.PENDING_AGENT
    assert not Suspension.objects.filter(case=case, ended_at=None).exists()


def test_the_clock_wakes_all_that_are_due_though_one_fails(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    ana, tomorrow = cast.at_desk(cast.ana), now() + timedelta(days=1)
    broken, fine, later = (owned_by_ana(cast) for _ in range(3))
    for case, until in ((broken, tomorrow), (fine, tomorrow), (later, tomorrow + timedelta(days=1))):
        lifecycle.suspend(case, by=ana, note="x", until=until)

    def wake(case: Case) -> bool:
        if case == broken:
            raise RuntimeError
        return lifecycle.wake(case)

    monkeypatch.setattr(waking, "wake", wake)
    with time_machine.travel(tomorrow + timedelta(minutes=1)):
        assert waking.wake_due_cases() == 1
    assert [fresh(case).status for case in (broken, fine, later)] == ["on_hold", "open", "on_hold"]
