"""Invitations and contacts of a customer account over the API."""

import pytest

from caseway.accounts.models import Membership, Role
from caseway.customers.models import Contact, Invitation

pytestmark = pytest.mark.django_db
NOA = {"name": "Noa Berg", "email": "Noa@orchid.example"}


@pytest.fixture
def address(cast):
    return f"/customers/{cast.orchid.pk}/invitations"


@pytest.fixture
def jos(cast):
    return f"/contacts/{cast.contact(cast.jo).pk}"


def take_permission(cast, person):
    role = Role.objects.create(organisation=cast.larkfield, name="Reader", permissions=[])
    Membership.objects.filter(person=person).update(role=role)


@pytest.mark.parametrize("name", ["kim", "ana"])
class TestWhoManages:
    def test_invites(self, calls, address, name):
        caller = calls(name)

        invited = caller.post(address, NOA | {"administers_account": True})

        assert invited.status_code == 201
        row = invited.json()
        assert (row["name"], row["email"], row["open"]) == ("Noa Berg", "noa@orchid.example", True)
        assert row["administers_account"]
        assert row["invited_by"]["email"] is None
        assert caller.get(address).json() == {"items": [row], "next": None}
        stored = Invitation.objects.get(pk=row["id"])
        assert stored.key_digest not in invited.content.decode()

    def test_twice_is_refused_with_the_way_to_go(self, calls, address, name):
        calls(name).post(address, NOA)

        again = calls(name).post(address, NOA)

        assert again.status_code == 422
        assert set(again.json()["errors"]) == {"email"}

    def test_under_one_key_it_is_one_invitation(self, calls, address, name):
        caller = calls(name)

        both = [caller.post(address, NOA, Idempotency_Key="noa").json() for _ in range(2)]

        assert both[0] == both[1]
        assert Invitation.objects.count() == 1

    def test_sends_the_link_again(self, calls, address, name):
        caller = calls(name)
        one = caller.post(address, NOA).json()
        before = Invitation.objects.get(pk=one["id"]).key_digest

        again = caller.post(f"{address}/{one['id']}/mails")

        assert again.status_code == 201
        assert again.json()["id"] == one["id"]
        assert Invitation.objects.get(pk=one["id"]).key_digest != before

    def test_takes_it_back_once_and_for_all(self, calls, address, name):
        caller = calls(name)
        one = f"{address}/{caller.post(address, NOA).json()['id']}"

        assert [caller.delete(one).status_code for _ in range(2)] == [204, 204]
        assert caller.get(address).json()["items"] == []
        assert caller.post(f"{one}/mails").status_code == 409

    def test_makes_and_unmakes_administrators(self, calls, jos, name):
        caller = calls(name)

        made = caller.patch(jos, {"administers_account": True}, If_Match=caller.get(jos).headers["ETag"])

        assert made.json()["administers_account"]
        assert made.headers["ETag"] == caller.get(jos).headers["ETag"]
        assert not caller.patch(jos, {"administers_account": False}).json()["administers_account"]

    def test_switches_off_at_once_and_on_as_a_plain_one(self, calls, cast, jos, name):
        caller, jo = calls(name), calls("jo")
        caller.patch(jos, {"administers_account": True})

        off = caller.patch(jos, {"active": False}).json()

        assert (off["active"], off["administers_account"]) == (False, False)
        assert jo.get("/me").status_code == 401
        on = caller.patch(jos, {"active": True}).json()
        assert (on["active"], on["administers_account"]) == (True, False)

    def test_a_stale_change_is_refused_with_what_is_stored(self, calls, jos, name):
        caller = calls(name)
        old = caller.get(jos).headers["ETag"]
        calls("lea").patch(jos, {"active": False})

        stale = caller.patch(jos, {"administers_account": True}, If_Match=old)

        assert stale.status_code == 412
        assert stale.json()["current"] == caller.get(jos).json()
        assert caller.call("PATCH", jos, {"active": True}).status_code == 428


def test_one_who_comes_in_no_more_administers_nothing(calls, jos):
    refused = calls("ana").patch(jos, {"active": False, "administers_account": True})

    assert refused.status_code == 422
    assert set(refused.json()["errors"]) == {"administers_account"}
    assert calls("ana").get(jos).json()["active"]


def test_the_last_administrator_stays_one(calls, cast):
    kims = f"/contacts/{cast.contact(cast.kim).pk}"

    assert calls("kim").patch(kims, {"administers_account": False}).status_code == 409
    assert calls("kim").patch(kims, {"active": False}).status_code == 409
    assert calls("ana").patch(kims, {"administers_account": False}).status_code == 200


def test_who_sees_and_may_not_is_told_so(calls, cast, address, jos):
    take_permission(cast, cast.ben)
    one = f"{address}/{calls('ana').post(address, NOA).json()['id']}"

    for answer in (calls("ben").post(address, NOA), calls("jo").post(address, NOA)):
        assert answer.status_code == 403
    assert calls("ben").delete(one).status_code == 403
    assert calls("ben").post(f"{one}/mails").status_code == 403
    for name in ("ben", "jo"):
        assert calls(name).patch(jos, {"administers_account": True}).status_code == 403
    assert not Contact.objects.get(person=cast.jo).administers_account
    assert len(calls("ben").get(address).json()["items"]) == 1
    assert calls("jo").get(address).json()["items"] == []
    assert calls("jo").delete(one).status_code == 404


def test_strangers_find_nothing(calls, cast, address, jos):
    one = f"{address}/{calls('ana').post(address, NOA).json()['id']}"

    for name in ("max", "pia", "omar"):
        caller = calls(name)
        answers = [caller.get(address), caller.post(address, NOA), caller.delete(one)]
        answers += [caller.post(f"{one}/mails"), caller.patch(jos, {"active": False})]
        assert {answer.status_code for answer in answers} == {404}
    assert Invitation.objects.get().is_open
    assert Contact.objects.get(person=cast.jo).is_active


def test_a_contact_of_no_account_is_nobody_to_administer(calls, cast):
    lone = Contact.objects.create(organisation=cast.larkfield, email="lone@elsewhere.example")

    assert calls("ana").patch(f"/contacts/{lone.pk}", {"administers_account": True}).status_code == 409


def test_scopes(calls, address, jos):
    reader, writer = calls("ana", "people:read"), calls("ana", "people:write")

    assert reader.get(address).status_code == 200
    assert reader.post(address, NOA).status_code == reader.patch(jos, {"active": False}).status_code == 403
    assert writer.get(address).status_code == 403
    assert writer.post(address, NOA).status_code == 201
