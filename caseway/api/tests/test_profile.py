"""One's own profile over the API."""

from datetime import time

import pytest

from caseway.accounts.models import Membership, Person
from caseway.customers.models import Contact
from caseway.notifications.models import Choices, Kind

pytestmark = pytest.mark.django_db
AT_FIRST = {
    "mentioned": {"shown": True, "mailed": True, "digested": False},
    "mine": {"shown": True, "mailed": True, "digested": False},
    "followed": {"shown": True, "mailed": False, "digested": False},
    "unassigned": {"shown": False, "mailed": False, "digested": False},
}
NO_AGENT = {"owned_cases": None, "events": None, "digest_at": None}
OF_CONTACT = {"creation": True, "answers": True, "closing": True, **NO_AGENT}
NO_CONTACT = {"creation": None, "answers": None, "closing": None}
OF_AGENT = {**NO_CONTACT, "owned_cases": True, "events": AT_FIRST, "digest_at": "08:00"}


def tag(response):
    return response.headers["ETag"]


@pytest.mark.parametrize(("name", "mails"), [("kim", OF_CONTACT), ("ana", OF_AGENT)])
def test_everything_of_it_is_read(calls, name, mails):
    me = calls(name).get("/me")

    assert me.json()["language"] == me.json()["time_zone"] == ""
    assert me.json()["notifications"] == mails
    assert tag(me) == f'"{me.json()["version"]}"'
    assert calls(name).get("/me", If_None_Match=tag(me)).status_code == 304


@pytest.mark.parametrize(("name", "choice"), [("kim", "answers"), ("jo", "closing"), ("ana", "owned_cases")])
def test_what_is_changed_stays(calls, name, choice):
    caller = calls(name)
    before = caller.get("/me")
    changes = {"name": "Somebody Else", "language": "fr", "time_zone": "Asia/Ho_Chi_Minh"}

    sent = changes | {"notifications": {choice: False}}
    changed = caller.patch("/me", sent, If_Match=tag(before))

    assert changed.status_code == 200
    told = before.json()["notifications"] | {choice: False}
    if told["events"]:
        told["events"]["mine"]["mailed"] = told["owned_cases"]
    stored = {"language": "fr", "time_zone": "Asia/Ho_Chi_Minh", "notifications": told}
    assert stored.items() <= changed.json().items()
    assert changed.json()["person"]["name"] == "Somebody Else"
    assert caller.get("/me").json() == changed.json()
    assert tag(changed) != tag(before)


def test_the_contact_bears_the_new_name(calls, cast):
    calls("kim").patch("/me", {"name": "Kim Tran-Lee"})

    assert Contact.objects.get(person=cast.kim).name == "Kim Tran-Lee"


def test_what_is_left_out_stays(calls):
    kim = calls("kim")
    kim.patch("/me", {"language": "vi", "time_zone": "Europe/Berlin"})

    after = kim.patch("/me", {"language": ""}).json()

    assert (after["language"], after["time_zone"]) == ("", "Europe/Berlin")
    assert kim.patch("/me", {"language": None}).json() == after


@pytest.mark.parametrize(
    ("name", "changes", "field"),
    [
        ("kim", {"name": ""}, "name"),
        ("kim", {"name": "see http://spam.example"}, "name"),
        ("kim", {"language": "tlh"}, "language"),
        ("kim", {"time_zone": "Europe/Atlantis"}, "time_zone"),
        ("kim", {"notifications": {"owned_cases": False}}, "notifications.owned_cases"),
        ("ana", {"notifications": {"answers": False}}, "notifications.answers"),
        ("kim", {"notifications": {"digest_at": "09:00"}}, "notifications.digest_at"),
        ("kim", {"notifications": {"events": {"mine": {"shown": True}}}}, "notifications.events"),
        ("kim", {"single_keys": False}, "single_keys"),
        (
            "ana",
            {"notifications": {"owned_cases": True, "events": {"mine": {"mailed": False}}}},
            "notifications.owned_cases",
        ),
        ("kim", {"email": "root@caseway.example"}, "email"),
        ("kim", {"administers_account": True}, "administers_account"),
    ],
)
def test_what_can_not_be_is_refused_whole(calls, name, changes, field):
    caller = calls(name)
    before = caller.get("/me").json()

    refused = caller.patch("/me", {"name": "Another", "language": "de"} | changes)

    assert refused.status_code == 422
    assert set(refused.json()["errors"]) == {field}
    assert caller.get("/me").json() == before


def test_a_change_needs_the_version_that_was_seen(calls):
    kim = calls("kim")
    old = tag(kim.get("/me"))
    kim.patch("/me", {"language": "de"})

    stale = kim.patch("/me", {"language": "fr"}, If_Match=old)

    assert kim.call("PATCH", "/me", {"language": "fr"}).status_code == 428
    assert stale.status_code == 412
    assert stale.json()["current"] == kim.get("/me").json()
    assert tag(stale) == tag(kim.get("/me")) != old


def test_a_token_that_reads_changes_nothing(calls):
    assert calls("kim", "people:read").patch("/me", {"language": "de"}).status_code == 403
    assert calls("kim", "people:write").patch("/me", {"language": "de"}).status_code == 200


def test_an_agent_gives_and_takes_away_a_mobile_number(calls):
    ana = calls("ana")
    assert ana.get("/me").json()["mobile"] == ""

    assert ana.patch("/me", {"mobile": "(202) 555-0123"}).json()["mobile"] == "+12025550123"
    assert ana.patch("/me", {"name": "Ana F."}).json()["mobile"] == "+12025550123"
    wrong = ana.patch("/me", {"mobile": "+49 30 1234567"})
    assert (wrong.status_code, list(wrong.json()["errors"])) == (422, ["mobile"])
    assert ana.patch("/me", {"mobile": ""}).json()["mobile"] == ""


def test_a_contact_has_no_mobile_number(calls):
    kim = calls("kim")
    assert kim.get("/me").json()["mobile"] is None
    assert kim.patch("/me", {"mobile": "+12025550123"}).status_code == 422


def test_an_agent_chooses_as_on_the_page(calls, cast):
    ana = calls("ana")
    sent = {"unassigned": {"shown": True, "digested": True}, "mentioned": {"mailed": False}}

    told = ana.patch("/me", {"notifications": {"events": sent, "digest_at": "17:30"}}).json()["notifications"]

    assert told["events"] == AT_FIRST | {
        "mentioned": {"shown": True, "mailed": False, "digested": False},
        "unassigned": {"shown": True, "mailed": False, "digested": True},
    }
    assert (told["digest_at"], told["owned_cases"]) == ("17:30", True)
    stored = Choices.objects.get(seat__person=cast.ana)
    assert (stored.digested, stored.digest_at) == ([Kind.UNASSIGNED], time(17, 30))
    assert stored.digest_due_at is not None
    assert ana.get("/me").json()["notifications"] == told


def test_mails_of_ones_own_cases_have_two_names(calls, cast):
    ana = calls("ana")
    told = ana.patch("/me", {"notifications": {"events": {"mine": {"mailed": False}}}}).json()

    assert told["notifications"]["owned_cases"] is False
    assert Membership.objects.get(person=cast.ana, organisation=cast.larkfield).told_as_owner is False


@pytest.mark.parametrize("clock", ["24:00", "8:00", "08:00:00", "late", ""])
def test_a_time_is_hours_and_minutes(calls, clock):
    refused = calls("ana").patch("/me", {"notifications": {"digest_at": clock}})
    assert refused.status_code == 422
    assert not Choices.objects.exists()


def test_single_keys_are_turned_off_and_on(calls, cast):
    ana = calls("ana")
    before = ana.get("/me")
    changed = ana.patch("/me", {"single_keys": False}, If_Match=tag(before))

    assert (before.json()["single_keys"], changed.json()["single_keys"]) == (True, False)
    assert tag(changed) != tag(before)
    assert Person.objects.get(pk=cast.ana.pk).uses_single_keys is False
    assert calls("kim").get("/me").json()["single_keys"] is None
    assert calls("ben").get("/me").json()["single_keys"] is True
