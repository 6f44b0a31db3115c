"""Reminder rules over the API."""

import pytest

from caseway.notifications.models import ReminderRule

pytestmark = pytest.mark.django_db
RULE = {"name": "An hour left", "moment": "before", "minutes": 60, "text": "{{case.number}} is due."}


@pytest.fixture
def made(calls):
    """The address of a rule of Larkfield's, and its answer when it was made."""
    answer = calls("admin").post("/reminder-rules", RULE)
    assert answer.status_code == 201, answer.content
    return answer["Location"].removeprefix("/api/v1"), answer


def test_it_is_made_read_changed_and_removed(calls, made):
    address, first = made
    admin = calls("admin")
    defaults = {"to_owner": True, "to_watchers": False, "to_lead": False, "active": True}
    ways = {"by_mail": True, "by_sms": False, "sms_text": ""}
    assert first.json().items() >= (RULE | defaults | ways).items()
    assert admin.get(address).json() == first.json()
    assert admin.get(address, If_None_Match=first["ETag"]).status_code == 304
    assert first.json() in admin.get("/reminder-rules").json()["items"]
    changed = admin.patch(address, {"minutes": 30, "active": False, "to_lead": True}, If_Match=first["ETag"])
    assert changed.json().items() >= (RULE | {"minutes": 30, "active": False, "to_lead": True}).items()
    assert admin.patch(address, {"minutes": 5}, If_Match=first["ETag"]).status_code == 412
    assert admin.call("PATCH", address, {"minutes": 5}).status_code == 428
    assert admin.delete(address).status_code == 204
    assert admin.get(address).status_code == 404


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"text": "{{person.password}}"}, "text"),
        ({"to_owner": False}, "to_owner"),
        ({"minutes": 43_201}, "minutes"),
        ({"minutes": "60"}, "minutes"),
        ({"moment": "later"}, "moment"),
        ({"name": " "}, "name"),
        ({"since": "2020-01-01T00:00:00Z"}, "since"),
    ],
)
def test_what_is_wrong_is_named_by_field(calls, made, sent, field):
    address, first = made
    admin = calls("admin")
    for answer in (
        admin.patch(address, sent),
        admin.post("/reminder-rules", RULE | {"name": "Other"} | sent),
    ):
        assert (answer.status_code, set(answer.json()["errors"])) == (422, {field})
    assert admin.get(address).json() == first.json()


def test_only_who_manages_settings_knows_them(calls, made):
    address, _first = made
    assert calls("ana").get("/reminder-rules").json()["items"] == []
    assert calls("ana").get(address).status_code == 403
    assert calls("ana").post("/reminder-rules", RULE).status_code == 403
    for name in ("iris", "kim"):
        assert calls(name).get(address).status_code == 404
        assert calls(name).delete(address).status_code == 404
        assert calls(name).patch(address, {"minutes": 1}).status_code == 404
    assert calls("kim").post("/reminder-rules", RULE).status_code == 404
    assert calls("admin", "settings:read").delete(address).status_code == 403
    assert ReminderRule.objects.filter(name=RULE["name"], minutes=60).exists()
