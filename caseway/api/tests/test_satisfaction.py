"""The question after closing over the API."""

import pytest

from caseway.cases.lifecycle import actions as lifecycle
from caseway.cases.models import Satisfaction
from caseway.cases.tests.story import closure_reason, raised_by_kim

pytestmark = pytest.mark.django_db


@pytest.fixture
def address(cast):
    case = raised_by_kim(cast)
    lifecycle.close(case, by=cast.at_desk(cast.lea), reason=closure_reason(cast).pk, note="done")
    return f"/cases/{case.number}/satisfaction"


def test_the_customer_answers_once_and_both_read_it(calls, address):
    kim, ana = calls("kim"), calls("ana")
    before = kim.get(address).json()
    assert (before["answer"], before["open_until"] is None) == (None, False)

    answered = kim.post(address, {"answer": "mixed", "comment": "In the end."})

    assert answered.status_code == 201
    assert answered.json()["answer"] == "mixed"
    assert answered.json()["open_until"] is None
    assert ana.get(address).json() == answered.json()
    assert kim.post(address, {"answer": "good"}).status_code == 409


def test_agents_read_and_do_not_answer(calls, address):
    assert calls("ana").post(address, {"answer": "good"}).status_code == 403
    assert calls("omar").get(address).status_code == 404
    assert calls("jo").get(address).status_code == 404
    assert not Satisfaction.objects.exists()


def test_an_active_case_asks_nothing(calls, cast):
    address = f"/cases/{raised_by_kim(cast).number}/satisfaction"
    assert calls("kim").get(address).json()["open_until"] is None
    assert calls("kim").post(address, {"answer": "good"}).status_code == 409
    assert calls("kim").post(address, {"answer": "great"}).status_code == 422
