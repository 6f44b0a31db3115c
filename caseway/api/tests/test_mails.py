"""Held mails and deliveries of a case, over the API."""

import pytest

from caseway.cases.models import Case, Message
from caseway.cases.types import Audience
from caseway.mail.answering.tests.scenes import CLAIMS, asked
from caseway.mail.models import Delivery, Mailbox, RawMail
from caseway.mail.tests.mails import latest_to, mail, reply_to, take

pytestmark = pytest.mark.django_db
BOB = "bob@tamarack.example"


@pytest.fixture
def case(cast) -> Case:
    """Kim's case, about which Ana asked Tamarack."""
    Mailbox.objects.get_or_create(address="support@larkfield.example", organisation=cast.larkfield)
    return asked(cast)


@pytest.fixture
def held(case) -> RawMail:
    """Bob, who takes no part, answered in Tamarack's name."""
    sent = mail(f"Bob <{BOB}>", "It is at the hub.\nGate 4.", subject="Re: Pallet")
    assert take(sent, reply_to(latest_to(CLAIMS))).outcome == "held"
    return RawMail.objects.latest("pk")


def test_what_is_held_is_listed_and_let_in_once(calls, case, held):
    ana, place = calls("ana"), f"/cases/{case.number}/held"
    [one] = ana.get(place).json()["items"]
    assert (one["sender"], one["subject"]) == ({"name": "Bob", "email": BOB}, "Re: Pallet")
    assert (one["preview"], one["audience"]) == ("It is at the hub. Gate 4.", "partner")
    assert ana.post(f"{place}/{held.pk}/admission").json() == one
    assert ana.get(place).json()["items"] == []
    assert Message.objects.latest("pk").author_address == BOB
    for decision in ("admission", "dismissal"):
        assert ana.post(f"{place}/{held.pk}/{decision}").status_code == 409
    told = [event["sentence"] for event in ana.get(f"/cases/{case.number}/events").json()["items"]]
    assert "A mail was held: its sender takes no part" in told
    assert "Ana Ferreira let a held mail and its sender in" in told


def test_it_is_set_aside(calls, case, held):
    ana, place = calls("ana"), f"/cases/{case.number}/held"
    assert ana.post(f"{place}/{held.pk}/dismissal").status_code == 200
    held.refresh_from_db()
    assert (held.state, held.message) == (RawMail.State.IGNORED, None)
    assert ana.get(place).json()["items"] == []


def test_its_sender_becomes_an_address_of_the_partner_by_an_administrator_alone(calls, cast, case, held):
    place, body = f"/cases/{case.number}/held/{held.pk}/admission", {"all_cases": True}
    assert calls("ana").post(place, body).status_code == 403
    held.refresh_from_db()
    assert held.state == RawMail.State.HELD
    assert calls("admin").post(place, body).status_code == 200
    cast.larkfield_tamarack.refresh_from_db()
    assert cast.larkfield_tamarack.carrier_addresses == [CLAIMS, BOB]
    asked(cast, partner_subject="Another one")
    assert "Another one" in latest_to(BOB).subject


def test_a_customers_colleague_is_no_address_of_a_partner(calls, cast, case):
    sent = latest_to("kim@orchid.example")
    assert take(mail("lou@orchid.example", "Me too"), reply_to(sent)).outcome == "held"
    place = f"/cases/{case.number}/held/{RawMail.objects.latest('pk').pk}/admission"
    assert calls("admin").post(place, {"all_cases": True}).status_code == 409
    cast.larkfield_tamarack.refresh_from_db()
    assert cast.larkfield_tamarack.carrier_addresses == [CLAIMS]


def test_its_sender_is_blocked_by_an_administrator_alone(calls, case, held):
    place = f"/cases/{case.number}/held/{held.pk}/blockade"
    assert calls("ana").post(place).status_code == 403
    assert calls("admin").post(place).status_code == 200
    assert calls("admin").post(place).status_code == 409
    held.refresh_from_db()
    assert held.state == RawMail.State.IGNORED
    again = take(mail(f"Bob <{BOB}>", "Hello again"), reply_to(latest_to(CLAIMS)))
    assert again.outcome == "ignored"
    told = [event["sentence"] for event in calls("ana").get(f"/cases/{case.number}/events").json()["items"]]
    assert told[-1].endswith("blocked the sender of a held mail")


@pytest.mark.parametrize("name", ["kim", "omar", "pia"])
def test_strangers_find_neither(calls, case, held, name):
    caller, place = calls(name), f"/cases/{case.number}"
    sent = Delivery.objects.get(address=CLAIMS)
    assert caller.get(f"{place}/held").status_code == caller.get(f"{place}/deliveries").status_code == 404
    decisions = [f"held/{held.pk}/{one}" for one in ("admission", "dismissal", "blockade")]
    for path in (*decisions, f"deliveries/{sent.pk}/again"):
        assert caller.post(f"{place}/{path}").status_code == 404
    held.refresh_from_db()
    assert held.state == RawMail.State.HELD
    assert calls("ana", "cases:read").post(f"{place}/held/{held.pk}/admission").status_code == 403


def test_deliveries_tell_what_became_of_them(calls, case):
    ana, place = calls("ana"), f"/cases/{case.number}/deliveries"
    sent = Delivery.objects.get(address=CLAIMS)
    Delivery.objects.filter(pk=sent.pk).update(state="bounced", last_error="5.1.1 no such user")
    [one] = ana.get(place).json()["items"]
    asked_by = Message.objects.get(case=case, audience=Audience.PARTNER)
    assert (one["message"], one["to"]["email"], one["state"]) == (str(asked_by.pk), CLAIMS, "bounced")
    assert one["reason"] == "5.1.1 no such user"
    assert ana.post(f"{place}/{sent.pk}/again").json()["state"] == "due"
    assert ana.post(f"{place}/{sent.pk}/again").status_code == 409
    assert not Delivery.objects.filter(address="kim@orchid.example", pk=one["id"]).exists()
    other = calls("ana").post("/cases", {"subject": "Another", "description": "x"}).json()["number"]
    assert ana.post(f"/cases/{other}/deliveries/{sent.pk}/again").status_code == 404
