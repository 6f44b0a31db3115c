"""Who takes part in a case, and is mailed, over the API."""

import pytest

from caseway.cases.models import Participant

pytestmark = pytest.mark.django_db


@pytest.fixture
def pat(cast, case):
    """Somebody copied in on Kim's case, whom an agent has let in."""
    return Participant.objects.create(
        case=case, organisation=cast.larkfield, audience="customer", address="pat@else.example"
    )


def test_mails_end_and_start_again(calls, case, pat):
    ana, place = calls("ana"), f"/cases/{case.number}/participants"
    listed = {one["email"]: one for one in ana.get(place).json()["items"]}
    one = f"{place}/{listed[pat.address]['id']}/subscription"
    for _twice in range(2):
        assert ana.delete(one).json() == listed[pat.address] | {"subscribed": False}
    for _twice in range(2):
        assert ana.post(one).json() == listed[pat.address]
    kinds = [event["sentence"] for event in ana.get(f"/cases/{case.number}/events").json()["items"]]
    assert len([words for words in kinds if pat.address in words]) == 2


def test_what_state_forbids_is_a_conflict(calls, case, pat):
    Participant.objects.filter(pk=pat.pk).update(is_approved=False, is_subscribed=False)
    ana, place = calls("ana"), f"/cases/{case.number}/participants"
    assert ana.post(f"{place}/{pat.pk}/subscription").status_code == 409
    kim = next(one for one in ana.get(place).json()["items"] if one["email"] == "kim@orchid.example")
    assert ana.delete(f"{place}/{kim['id']}/subscription").status_code == 409


@pytest.mark.parametrize("name", ["kim", "omar", "pia"])
def test_strangers_find_nobody(calls, case, pat, name):
    caller, place = calls(name), f"/cases/{case.number}/participants/{pat.pk}/subscription"
    assert caller.delete(place).status_code == caller.post(place).status_code == 404
    assert calls("ana", "cases:read").delete(place).status_code == 403
    pat.refresh_from_db()
    assert pat.is_subscribed


def test_anothers_case_is_no_way_in(calls, cast, case, pat):
    other = calls("ana").post("/cases", {"subject": "Another", "description": "x"}).json()["number"]
    place = f"/cases/{other}/participants/{pat.pk}/subscription"
    assert calls("ana").delete(place).status_code == 404
