"""Claim, assign, transfer, release, give to a team, level, watch, urge."""

import pytest

from caseway.accounts.models import Team

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana(calls):
    return calls("ana")


@pytest.fixture
def address(case):
    return f"/cases/{case.number}"


def test_claiming(ana, calls, address):
    claimed = ana.post(f"{address}/claim").json()

    assert (claimed["status"], claimed["owner"]["name"]) == ("open", "Ana Ferreira")
    late = calls("ben").post(f"{address}/claim")
    assert late.status_code == 409
    assert "Ana Ferreira" in late.json()["detail"]


def test_a_customer_does_not_claim(calls, address):
    assert calls("kim").post(f"{address}/claim").status_code == 403


def test_assigning_transferring_releasing(ana, address, case):
    assigned = ana.put(f"{address}/owner", {"email": "Ben@larkfield.example", "note": "Yours?"}).json()

    assert assigned["owner"]["email"] == "ben@larkfield.example"
    assert [m.text for m in case.messages.filter(audience="team")] == ["Yours?"]
    back = ana.put(f"{address}/owner", {"email": None}).json()
    assert (back["owner"], back["status"]) == (None, "open")


def test_giving_to_a_team(ana, address, cast):
    team = Team.objects.get(organisation=cast.larkfield, name="Claims")

    given = ana.put(f"{address}/owner", {"team": str(team.pk)}).json()

    assert (given["team"]["name"], given["owner"]) == ("Claims", None)


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "email"),
        ({"email": None, "team": None}, "email"),
        ({"email": "omar@brightwater.example"}, "email"),
        ({"email": "kim@orchid.example"}, "email"),
        ({"team": "0"}, "team"),
        ({"team": None}, "team"),
        ({"team": "²"}, "team"),
    ],
)
def test_strangers_and_nonsense_own_nothing(ana, address, case, body, field):
    refused = ana.put(f"{address}/owner", body)

    assert refused.status_code == 422
    assert set(refused.json()["errors"]) == {field}
    assert case.sides.get().owner is None


def test_a_foreign_team_owns_nothing(ana, address, cast):
    team = Team.objects.filter(organisation=cast.quillon)[0]

    assert ana.put(f"{address}/owner", {"team": str(team.pk)}).status_code == 422


def test_a_sales_agent_may_not_assign(calls, address):
    assert calls("sam").put(f"{address}/owner", {"email": "sam@larkfield.example"}).status_code == 403


def test_levels(ana, address):
    assert ana.put(f"{address}/level", {"level": 2, "note": "Angry"}).json()["level"] == 2
    assert ana.put(f"{address}/level", {"level": 2}).json()["level"] == 2
    for wrong in (-1, 4, "2", 1.5, None, True):
        assert ana.put(f"{address}/level", {"level": wrong}).status_code == 422


def test_watching_twice_is_the_same(ana, address):
    for _ in range(2):
        assert len(ana.put(f"{address}/watch").json()["watchers"]) == 1
    for _ in range(2):
        assert ana.delete(f"{address}/watch").json()["watchers"] == []


def test_urging_says_when_it_is_not_set_up(ana, address, cast):
    ana.post(f"{address}/claim")
    assert ana.post(f"{address}/urges").status_code == 409

    cast.larkfield.stored_policy = {"urging_by_mail": True}
    cast.larkfield.save()

    assert ana.post(f"{address}/urges").status_code == 200
    kinds = [event["kind"] for event in ana.get(f"{address}/events").json()["items"]]
    assert kinds == ["case.created", "message.posted", "case.claimed", "case.urged"]


def test_urging_chooses_its_channel(ana, address, cast):
    ana.post(f"{address}/claim")
    cast.larkfield.stored_policy = {"urging_by_mail": True}
    cast.larkfield.save()

    assert ana.post(f"{address}/urges", {"channel": "email"}).status_code == 200
    refused = ana.post(f"{address}/urges", {"channel": "sms"})
    assert (refused.status_code, "does not urge by SMS" in refused.json()["detail"]) == (409, True)
    assert ana.post(f"{address}/urges", {"channel": "pigeon"}).status_code == 422
