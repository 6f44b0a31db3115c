"""What one was told of, over the API."""

import pytest

from caseway.cases.conversation.actions import post
from caseway.cases.conversation.writing import Content
from caseway.cases.ownership import actions as ownership
from caseway.cases.tests.story import raised_by_kim, says
from caseway.cases.types import Audience
from caseway.core.events import silence
from caseway.notifications.models import Notice

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(cast):
    """Ana's, on which Kim wrote three times."""
    with silence():
        case = raised_by_kim(cast)
        ownership.claim(case, by=cast.at_desk(cast.ana))
    for text in ("One", "Two", "Three"):
        says(case, cast.in_portal(cast.kim), Audience.CUSTOMER, text)
    return case


def test_the_list_says_who_what_and_where(calls, case):
    told = calls("ana").get("/notifications").json()
    assert [one["excerpt"] for one in told["items"]] == ["Three", "Two", "One"]
    first = told["items"][0]
    assert (first["case"], first["kind"], first["actor"]) == (case.number, "mine", "Kim Tran")
    assert (first["sentence"], first["read"], told["unread"]) == ("Kim Tran wrote", False, 3)
    assert calls("ana").get(f"/notifications/{first['id']}").json() == first
    assert calls("ben").get("/notifications").json() == {"items": [], "next": None, "unread": 0}
    assert calls("kim").get("/notifications").json() == {"items": [], "next": None, "unread": 0}


def test_pages_go_on_and_belong_to_their_list(calls, case):
    ana = calls("ana")
    first = ana.get("/notifications?limit=2").json()
    rest = ana.get(f"/notifications?limit=2&cursor={first['next']}").json()
    assert [one["excerpt"] for one in first["items"] + rest["items"]] == ["Three", "Two", "One"]
    assert rest["next"] is None
    assert ana.get(f"/notifications?show=unread&cursor={first['next']}").status_code == 422
    assert calls("lea").get(f"/notifications?cursor={first['next']}").status_code == 422


def test_one_is_marked_and_twice_is_the_same(calls, case):
    ana = calls("ana")
    key = ana.get("/notifications").json()["items"][1]["id"]
    for _twice in range(2):
        assert ana.post(f"/notifications/{key}/reading").json()["read"] is True
    unread = ana.get("/notifications?show=unread").json()
    assert [one["excerpt"] for one in unread["items"]] == ["Three", "One"]
    assert unread["unread"] == 2


def test_all_until_a_moment(calls, case):
    ana = calls("ana")
    second = ana.get("/notifications").json()["items"][1]
    marked = ana.post("/notifications/reading", {"until": second["at"]})
    assert marked.json() == {"read": 2, "unread": 1}
    assert ana.post("/notifications/reading", {}).json() == {"read": 1, "unread": 0}
    assert not Notice.objects.filter(person__email="ana@larkfield.example", read_at=None).exists()


def test_nobody_marks_anothers(calls, case):
    key = Notice.objects.filter(person__email="ana@larkfield.example").order_by("pk")[0].pk
    for name in ("ben", "admin", "omar", "kim"):
        assert calls(name).post(f"/notifications/{key}/reading").status_code == 404
        assert calls(name).get(f"/notifications/{key}").status_code == 404
    assert calls("ben").post("/notifications/reading", {}).json()["read"] == 0
    assert calls("kim").post("/notifications/reading", {}).status_code == 404
    assert calls("ana", "cases:read").post(f"/notifications/{key}/reading").status_code == 403
    assert not Notice.objects.exclude(read_at=None).exists()


def test_what_one_may_not_know_any_more_is_gone(calls, case, cast):
    post(case, by=cast.at_desk(cast.admin), audience="record", content=Content("Secret"))
    ana = calls("ana")
    assert "record" in ana.get("/notifications").json()["items"][0]["sentence"]
    with silence():
        ownership.assign(case, by=cast.at_desk(cast.lea), to=cast.ben)
    left = ana.get("/notifications").json()
    assert not [one for one in left["items"] if "record" in one["sentence"] or one["excerpt"] == "Secret"]
