"""Where policy wants a case claimed before it is worked on: what waits, for whom, and what doesn't."""

from collections.abc import Callable
from typing import Any

import pytest

from caseway.accounts.viewer import Viewer
from caseway.api.tests.callers import Caller
from caseway.cases.access.rules import RULES, Operation, offered
from caseway.cases.bulk.tests.test_actions import State, do, of, states
from caseway.cases.creation.actions import create
from caseway.cases.creation.closing import create_closed
from caseway.cases.creation.fields import NewCase
from caseway.cases.editing.actions import edit
from caseway.cases.lifecycle import actions as lifecycle
from caseway.cases.merging.actions import merge
from caseway.cases.models import Bulk, Case
from caseway.cases.ownership import actions as ownership
from caseway.cases.partnering.actions import add_partner
from caseway.cases.status import Status
from caseway.cases.tasks.tests.work import with_policy
from caseway.cases.tests.story import (
    closure_reason,
    fresh,
    raised_by_kim,
    says,
    shared_with_brightwater,
    side_of,
)
from caseway.cases.types import Audience
from caseway.cases.watching.actions import follow
from caseway.core.errors import Conflict
from caseway.demo.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(cast: Cast) -> Case:
    with_policy(cast, cast.larkfield, operations_need_claim=True)
    return raised_by_kim(cast)


def deeds(cast: Cast, case: Case) -> dict[str, Callable[[Viewer], object]]:
    why: dict[str, Any] = {"reason": closure_reason(cast).pk, "note": "Settled."}
    other = raised_by_kim(cast, "Again")
    return {
        "answer": lambda by: says(case, by, Audience.CUSTOMER, "We look."),
        "edit": lambda by: edit(case, by=by, changes={"type": "damaged"}),
        "upgrade": lambda by: ownership.set_level(case, by=by, level=1),
        "suspend": lambda by: lifecycle.suspend(case, by=by, note="Waits for parts."),
        "resume": lambda by: lifecycle.resume(case, by=by),
        "partner": lambda by: add_partner(
            case, by=by, partner=cast.tamarack, subject="Crate", text="Please check."
        ),
        "merge": lambda by: merge(case, by=by, into=other),
        "close": lambda by: lifecycle.close(case, by=by, **why),
        "cancel": lambda by: lifecycle.cancel(case, by=by, note="Made twice."),
    }


@pytest.mark.parametrize("who", ["ana", "lea", "admin"])
def test_nothing_is_done_to_a_case_that_nobody_owns(cast: Cast, case: Case, who: str) -> None:
    by = cast.at_desk(getattr(cast, who))
    for name, deed in deeds(cast, case).items():
        if name != "resume" and (name, who) != ("cancel", "ana"):  # her role alone forbids her that
            with pytest.raises(Conflict, match="Claim it first"):
                deed(by)
    waiting = {operation for operation, rule in RULES.items() if rule.claimed}
    assert not offered(by, fresh(case), side_of(case, cast.larkfield)) & waiting
    assert fresh(case).status == Status.NEW


@pytest.mark.parametrize(
    "name", ["answer", "edit", "upgrade", "suspend", "partner", "merge", "close", "cancel"]
)
def test_once_claimed_all_of_it_is(cast: Cast, case: Case, name: str) -> None:
    ana = cast.at_desk(cast.ana)
    ownership.claim(case, by=ana)
    deeds(cast, case)[name](ana)


def test_a_colleague_may_go_on_with_what_another_owns(cast: Cast, case: Case) -> None:
    ownership.claim(case, by=cast.at_desk(cast.ben))
    says(case, cast.at_desk(cast.ana), Audience.CUSTOMER, "Ben is away; we look.")


def test_what_needs_no_claim_goes_without(cast: Cast, case: Case) -> None:
    ana = cast.at_desk(cast.ana)
    says(case, ana, Audience.TEAM, "Seen this before.")
    follow(case, by=ana)
    assert {Operation.CLAIM, Operation.TASKS, Operation.LINK} <= offered(
        ana, fresh(case), side_of(case, cast.larkfield)
    )
    ownership.assign(case, by=cast.at_desk(cast.lea), to=cast.ben)


def test_on_hold_it_is_claimed_before_it_goes_on(cast: Cast, case: Case) -> None:
    ana = cast.at_desk(cast.ana)
    ownership.claim(case, by=ana)
    deeds(cast, case)["suspend"](ana)
    ownership.release(case, by=ana)
    with pytest.raises(Conflict):
        lifecycle.resume(case, by=ana)
    ownership.claim(case, by=ana)
    assert lifecycle.resume(case, by=ana).status == Status.OPEN


def test_what_is_solved_and_can_not_be_claimed_waits_for_nobody(cast: Cast, case: Case) -> None:
    lifecycle.withdraw(case, by=cast.in_portal(cast.kim), note="Found it.")
    says(case, cast.at_desk(cast.ana), Audience.CUSTOMER, "Glad to hear it.")
    assert lifecycle.reopen(case, by=cast.at_desk(cast.ana)).is_active


def test_customers_are_asked_nothing(cast: Cast, case: Case) -> None:
    says(case, cast.in_portal(cast.kim), Audience.CUSTOMER, "Any news?")


def test_each_side_has_its_own_policy_and_its_own_owner(cast: Cast) -> None:
    case = shared_with_brightwater(cast)
    ownership.claim(case, by=cast.at_desk(cast.ana))
    with_policy(cast, cast.brightwater, operations_need_claim=True)
    omar = cast.at_desk(cast.omar)
    with pytest.raises(Conflict, match="Claim it first"):
        says(case, omar, Audience.PARTNER, "On it.")
    says(case, cast.at_desk(cast.ben), Audience.PARTNER, "Any news?")
    ownership.claim(case, by=omar)
    says(case, omar, Audience.PARTNER, "On it.")


def test_a_bulk_operation_leaves_such_cases_and_says_why(cast: Cast, case: Case) -> None:
    mine = raised_by_kim(cast, "Mine already")
    ana = cast.at_desk(cast.ana)
    ownership.claim(mine, by=ana)
    done = do(Bulk.Operation.TYPE, of(case, mine), ana, type="damaged")
    assert states(done) == {State.FAILED: 1, State.DONE: 1}
    assert "Claim it first" in done.cases.get(case=case).why


def test_the_api_says_what_is_open_and_what_stands_in_the_way(cast: Cast, case: Case) -> None:
    caller, place = Caller(cast.ana), f"/cases/{case.number}"
    closing = {"reason": str(closure_reason(cast).pk), "note": "Settled."}
    assert not {"close", "edit", "comment"} & set(caller.get(place).json()["operations"])
    refused = caller.post(f"{place}/closure", closing)
    assert (refused.status_code, "Claim it first" in refused.json()["detail"]) == (409, True)
    assert caller.patch(place, {"type": "damaged"}).status_code == 409
    assert caller.post(f"{place}/claim").status_code == 200
    assert caller.post(f"{place}/closure", closing).status_code < 300


def test_whoever_makes_and_closes_at_once_owns_it(cast: Cast, case: Case) -> None:
    new = NewCase(subject="Asked by phone", description="Answered.", owned=False)
    reason = closure_reason(cast)
    made = create_closed(new, by=cast.at_desk(cast.ana), reason=str(reason.pk), note="Said on the phone.")
    assert made.status == Status.CLOSED
    assert side_of(made, cast.larkfield).owner == cast.ana
    assert side_of(create(new, by=cast.at_desk(cast.ana)), cast.larkfield).owner is None
