"""Withdrawing in the portal."""

import pytest
from django.test import Client

from caseway.accounts.models import Person
from caseway.cases.lifecycle import actions as lifecycle
from caseway.cases.models import Case, CaseEvent, Reason, Withdrawal
from caseway.cases.status import Status
from caseway.cases.tests.story import closure_reason, fresh, raised_by_kim
from caseway.demo.cast import Cast


def browser(person: Person, *, htmx: bool = False) -> Client:
    headers = {"host": "larkfield.localhost"} | ({"HX-Request": "true"} if htmx else {})
    client = Client(headers=headers)
    client.force_login(person)
    return client


def address(case: Case) -> str:
    return f"/portal/cases/{case.number}/withdrawal/"


@pytest.fixture
def reason(cast: Cast) -> str:
    rows = Reason.objects.filter(organisation=cast.larkfield, kind=Reason.Kind.WITHDRAWAL)
    return str(rows.earliest("pk").pk)


def test_a_customer_withdraws_with_a_reason(cast: Cast, reason: str) -> None:
    case = raised_by_kim(cast)
    assert "Withdraw this case?" in browser(cast.kim).get(address(case)).content.decode()
    response = browser(cast.kim).post(address(case), {"reason": reason, "note": "Found it"})
    assert (response.status_code, response["Location"]) == (302, f"/portal/cases/{case.number}/")
    assert fresh(case).status == Status.WITHDRAWN
    assert Withdrawal.objects.get(case=case).note == "Found it"
    assert CaseEvent.objects.filter(case=case, kind="case.withdrawn").count() == 1


def test_without_a_reason_it_asks_again_and_keeps_the_words(cast: Cast) -> None:
    case = raised_by_kim(cast)
    response = browser(cast.kim).post(address(case), {"reason": "", "note": " "})
    assert response.status_code == 422
    assert "Choose a reason or write a note." in response.content.decode()
    response = browser(cast.kim).post(address(case), {"reason": "999999", "note": "Kept words"})
    assert response.status_code == 422
    assert "Kept words" in response.content.decode()
    assert fresh(case).status == Status.NEW


def test_htmx_gets_a_dialog_and_then_the_page(cast: Cast, reason: str) -> None:
    case, client = raised_by_kim(cast), browser(cast.kim, htmx=True)
    dialog = client.get(address(case)).content.decode()
    assert "<dialog" in dialog
    assert "<html" not in dialog
    response = client.post(address(case), {"reason": reason})
    assert response["HX-Redirect"] == f"/portal/cases/{case.number}/"


def test_others_can_not(cast: Cast, reason: str) -> None:
    case = raised_by_kim(cast)
    for stranger in (cast.jo, cast.max, cast.ana, cast.pia):
        assert browser(stranger).post(address(case), {"reason": reason}).status_code == 404
    assert fresh(case).status == Status.NEW


def test_twice_is_once_and_too_late_shows_the_case(cast: Cast, reason: str) -> None:
    case, client = raised_by_kim(cast), browser(cast.kim)
    for _ in range(2):
        assert client.post(address(case), {"reason": reason}).status_code == 302
    assert Withdrawal.objects.filter(case=case).count() == 1
    closed = raised_by_kim(cast)
    lifecycle.close(closed, by=cast.at_desk(cast.lea), reason=closure_reason(cast).pk, note="done")
    assert client.get(address(closed)).status_code == 302
    page = client.get(f"/portal/cases/{closed.number}/").content.decode()
    assert "Closed" in page
    assert fresh(closed).status == Status.CLOSED
