"""Teams over the API: who is in them and who leads them, and who may know and change it."""

import pytest

from caseway.accounts.models import AuditEntry, Membership, Team

pytestmark = pytest.mark.django_db
ANA, BEN, LEA = "ana@larkfield.example", "ben@larkfield.example", "lea@larkfield.example"


@pytest.fixture
def team(calls):
    """The address of a team of Ana's that Lea leads, and its answer when it was made."""
    made = calls("admin").post("/teams", {"name": "Nights", "lead": LEA, "members": [ANA.upper()]})
    assert made.status_code == 201, made.content
    return made["Location"].removeprefix("/api/v1"), made


def people_of(team):
    return team["lead"] and team["lead"]["email"], [one["email"] for one in team["members"]]


def test_it_is_made_with_its_people(calls, team):
    address, made = team
    assert people_of(made.json()) == (LEA, [ANA, LEA])
    assert calls("admin").get(address).json() == made.json()
    assert made["ETag"] == calls("admin").get(address)["ETag"]


def test_who_knows_its_people(calls, team):
    address, made = team
    for name in ("admin", "lea", "ana"):
        assert people_of(calls(name).get(address).json()) == (LEA, [ANA, LEA]), name
    for name in ("ben", "sam"):
        seen = calls(name).get(address).json()
        assert (seen["name"], seen["lead"], seen["members"]) == ("Nights", None, None)
    listed = {one["name"]: one for one in calls("ana").get("/teams").json()["items"]}
    assert listed["Nights"] == made.json()
    assert calls("kim").get("/teams").json()["items"] == []
    assert calls("omar").get(address).status_code == 404


def test_its_people_change_and_the_log_says_so(calls, team, cast):
    address, made = team
    admin = calls("admin")
    changed = admin.patch(address, {"members": [BEN]}, If_Match=made["ETag"])
    assert people_of(changed.json()) == (LEA, [BEN, LEA])
    assert people_of(admin.patch(address, {"lead": None}).json()) == (None, [BEN, LEA])
    assert people_of(admin.patch(address, {"name": "Days"}).json()) == (None, [BEN, LEA])
    assert people_of(admin.patch(address, {"members": []}).json()) == (None, [])
    entry = AuditEntry.objects.filter(topic="team", kind="setting.changed").last()
    assert entry is not None
    assert admin.patch(address, {"members": [ANA]}, If_Match=made["ETag"]).status_code == 412


@pytest.mark.parametrize(
    ("sent", "fields"),
    [
        ({"lead": "omar@brightwater.example"}, {"lead"}),
        ({"members": ["kim@orchid.example", ANA]}, {"members"}),
        ({"lead": "nobody@nowhere.example", "members": ["root@caseway.example"]}, {"lead", "members"}),
    ],
)
def test_strangers_are_refused_whoever_they_are(calls, team, sent, fields):
    address, made = team
    refused = calls("admin").patch(address, sent)
    assert (refused.status_code, set(refused.json()["errors"])) == (422, fields)
    assert calls("admin").get(address).json() == made.json()


def test_only_who_manages_settings_changes_it(calls, team):
    address, _made = team
    assert calls("lea").patch(address, {"members": []}).status_code == 403
    assert calls("omar").patch(address, {"members": []}).status_code == 404
    assert calls("admin", "people:read").patch(address, {"members": []}).status_code == 403


def test_who_left_is_not_in_it(calls, team, cast):
    address, _made = team
    Membership.objects.filter(person=cast.lea).update(is_active=False)
    assert people_of(calls("admin").get(address).json()) == (None, [ANA])


def test_the_list_asks_the_same_for_any_number(calls, team, cast, django_assert_max_num_queries):
    admin = calls("admin")
    for number in range(10):
        admin.post("/teams", {"name": f"Team {number}", "members": [ANA, BEN]})
    admin.get("/teams")
    with django_assert_max_num_queries(8):
        assert (
            len(admin.get("/teams").json()["items"])
            == Team.objects.filter(organisation=cast.larkfield).count()
        )
