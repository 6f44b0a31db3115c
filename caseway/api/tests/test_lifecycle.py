"""Suspension, closure, cancellation, withdrawal over the API."""

import pytest

from caseway.cases.lifecycle import actions as lifecycle
from caseway.cases.models import Reason
from caseway.cases.status import Status

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana(calls):
    return calls("ana")


@pytest.fixture
def address(case):
    return f"/cases/{case.number}"


def reason(cast, kind):
    return str(Reason.objects.filter(organisation=cast.larkfield, kind=kind)[0].pk)


def test_closing_and_reopening(ana, address, cast, case):
    because = {"reason": reason(cast, "closure"), "note": "Replacement sent."}

    closed = ana.post(f"{address}/closure", because)

    assert closed.status_code == 200
    assert closed.json()["status"] == "closed"
    assert closed.json()["active"] is False
    assert closed.json()["closed_at"].endswith("Z")
    assert case.closures.get().note == "Replacement sent."

    reopened = ana.delete(f"{address}/closure", {"note": "Came back."})

    assert reopened.json()["status"] == "open"
    assert case.reopenings.get().note == "Came back."


def test_closing_twice_is_a_conflict(ana, address, cast):
    because = {"reason": reason(cast, "closure"), "note": "Done."}
    ana.post(f"{address}/closure", because)

    again = ana.post(f"{address}/closure", because)

    assert again.status_code == 409
    assert again.headers["Content-Type"] == "application/problem+json"
    assert again.json()["status"] == 409


def test_what_policy_asks_for_is_told_by_field(ana, address):
    refused = ana.post(f"{address}/closure", {})

    assert refused.status_code == 422
    assert set(refused.json()["errors"]) == {"reason", "note"}


def test_a_foreign_reason_is_refused(ana, address, cast):
    foreign = Reason.objects.filter(organisation=cast.quillon, kind="closure")[0]

    refused = ana.post(f"{address}/closure", {"reason": str(foreign.pk), "note": "x"})

    assert refused.status_code == 422
    assert set(refused.json()["errors"]) == {"reason"}


def test_only_owner_and_lead_cancel(calls, address, case, cast):
    assert calls("ben").post(f"{address}/cancellation", {"note": "Twice."}).status_code == 403

    cancelled = calls("lea").post(f"{address}/cancellation", {"note": "Twice."})

    assert cancelled.json()["status"] == "cancelled"
    assert calls("lea").delete(f"{address}/cancellation").json()["status"] == "new"


def test_undoing_what_was_not_done_is_a_conflict(ana, address, case, cast):
    lifecycle.close(case, by=cast.at_desk(cast.lea), reason=reason(cast, "closure"), note="Done.")

    assert ana.delete(f"{address}/cancellation").status_code == 409
    case.refresh_from_db()
    assert case.status == Status.CLOSED


def test_the_customer_withdraws_and_restores(calls, address):
    kim = calls("kim")

    assert kim.post(f"{address}/withdrawal", {}).status_code == 422
    assert kim.post(f"{address}/withdrawal", {"note": "It arrived."}).json()["status"] == "withdrawn"
    assert kim.delete(f"{address}/withdrawal").json()["status"] == "open"


def test_agents_do_not_withdraw(ana, address):
    assert ana.post(f"{address}/withdrawal", {"note": "x"}).status_code == 403


def test_suspending_and_resuming(ana, address, case):
    ana.post(f"{address}/claim")

    held = ana.post(
        f"{address}/suspension", {"note": "Waits for the port.", "until": "2099-01-01T08:00:00+02:00"}
    )

    assert held.json()["status"] == "on_hold"
    assert case.suspensions.get().until.isoformat() == "2099-01-01T06:00:00+00:00"
    assert ana.delete(f"{address}/suspension").json()["status"] == "open"
    assert ana.delete(f"{address}/suspension").status_code == 409


@pytest.mark.parametrize("until", ["2099-01-01T08:00:00", "9999-12-31T23:59:59-23:00", "soon", 12])
def test_a_moment_without_zone_or_beyond_reason_is_refused(ana, address, until):
    ana.post(f"{address}/claim")

    refused = ana.post(f"{address}/suspension", {"note": "x", "until": until})

    assert refused.status_code == 422
    assert set(refused.json()["errors"]) == {"until"}


@pytest.mark.parametrize("noun", ["closure", "cancellation", "withdrawal", "suspension"])
def test_a_stranger_finds_nothing(calls, address, noun):
    for stranger in ("pia", "omar", "max", "jo"):
        assert calls(stranger).post(f"{address}/{noun}", {"note": "x"}).status_code == 404
        assert calls(stranger).delete(f"{address}/{noun}").status_code == 404
