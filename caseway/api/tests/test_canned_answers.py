"""Canned answers over the API."""

import pytest

from caseway.api.tests.callers import Caller
from caseway.cases.tests.story import raised_by_kim
from caseway.demo.cast import Cast

pytestmark = pytest.mark.django_db


def test_written_read_changed_filled_and_removed(cast: Cast) -> None:
    ana = Caller(cast.ana)
    body = {"title": "Greeting", "body": "Hello {{customer.name}}, {{shipment.tracking}}"}
    made = ana.call("POST", "/canned-answers", body)
    assert made.status_code == 201
    key = made.json()["id"]
    assert made.json()["variables"] == ["customer.name", "shipment.tracking"]
    assert [one["id"] for one in ana.get("/canned-answers?q=greet").json()["items"]] == [key]
    case = raised_by_kim(cast)
    filled = ana.get(f"/cases/{case.number}/canned-answers/{key}?audience=customer").json()
    assert filled == {"text": "Hello Kim Tran, [Tracking number]", "blanks": 1}
    address = f"/canned-answers/{key}"
    assert ana.call("PATCH", address, {"title": "Hi"}).status_code == 428
    assert ana.call("PATCH", address, {"title": "Hi"}, If_Match='"7"').status_code == 412
    assert ana.call("PATCH", address, {"title": "Hi"}, If_Match='"1"').json()["version"] == 2
    assert ana.call("DELETE", address).status_code == 204
    assert ana.get(address).status_code == 404


def test_what_may_not_be_is_refused_with_its_reason(cast: Cast) -> None:
    ana = Caller(cast.ana)
    wrong = ana.call("POST", "/canned-answers", {"title": "T", "body": "{{agent.password}}"})
    assert wrong.status_code == 422
    assert "There is no variable" in str(wrong.json()["errors"])
    shared = {"title": "T", "body": "B", "scope": "organisation"}
    assert ana.call("POST", "/canned-answers", shared).status_code == 403
    assert Caller(cast.kim).call("POST", "/canned-answers", {"title": "T", "body": "B"}).status_code == 404
    assert Caller(cast.kim).get("/canned-answers").json()["items"] == []
