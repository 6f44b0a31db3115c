"""Searching shipments by number: what it was taken for, what fits it, and only what is theirs."""

from datetime import UTC, datetime

import pytest

from caseway.cases.creation.actions import create
from caseway.cases.creation.fields import NewCase
from caseway.cases.models import Side
from caseway.demo.cast import Cast
from caseway.shipments.feed.numbers import numbers_of
from caseway.shipments.models import Shipment, ShipmentNumber

pytestmark = pytest.mark.django_db


def stored(cast: Cast, number: str, **numbers: object) -> Shipment:
    values: dict[str, object] = {"organisation": cast.larkfield, "account": cast.orchid}
    made = Shipment.objects.create(number=number, **(values | numbers))
    ShipmentNumber.objects.bulk_create(numbers_of(made))
    return made


def test_a_search_says_what_it_was_taken_for_and_what_fits(calls, cast):
    stored(cast, "SHP-1", reference_number="CSQU 305438-3", order_number="4471902")
    found = calls("kim").get("/shipments?q=csqu3054383").json()
    assert found["taken_for"] == {"kind": "container", "name": "Container number", "check_digit_fits": True}
    assert found["items"][0]["matched"] == {"kind": "reference", "number": "CSQU 305438-3"}
    slip = calls("kim").get("/shipments?q=CSQU3054384").json()
    assert (slip["taken_for"]["check_digit_fits"], slip["items"]) == (False, [])
    order = calls("kim").get("/shipments?q=order%204471902").json()
    assert order["items"][0]["matched"]["kind"] == "order"
    everything = calls("kim").get("/shipments").json()
    assert (everything["taken_for"], everything["items"][0]["matched"]) == (None, None)


@pytest.mark.parametrize("typed", ["(00)106141412345678908", "106141412345678908", "00106141412345678908"])
def test_an_sscc_is_found_with_and_without_its_identifier(calls, cast, typed):
    stored(cast, "SHP-1", tracking_number="1 0614141 234567890 8")
    assert [one["number"] for one in calls("kim").get(f"/shipments?q={typed}").json()["items"]] == ["SHP-1"]
    assert calls("kim").get(f"/shipments/{typed}").json()["number"] == "SHP-1"


def test_contacts_find_only_their_own(calls, cast):
    stored(cast, "SHP-1", tracking_number="1Z999AA10123456784")
    stored(cast, "SHP-2", tracking_number="1Z999AA10123456784", account=cast.fernwood)
    for name, numbers in (("kim", ["SHP-1"]), ("max", ["SHP-2"]), ("pia", []), ("ana", ["SHP-2", "SHP-1"])):
        found = calls(name).get("/shipments?q=1Z999AA1").json()
        assert [one["number"] for one in found["items"]] == numbers
    theirs, nobodys = (calls("kim").get(f"/shipments?q=SHP-{n}").json() for n in ("2", "3"))
    assert theirs == nobodys


def test_the_list_is_filtered_as_at_the_desk(calls, cast):
    stored(cast, "SHP-1", carrier=cast.brightwater, mode="freight")
    stored(cast, "SHP-2", shipper=cast.larkfield, eta=datetime(2026, 11, 2, 20, tzinfo=UTC))
    for query, numbers in (
        ("carrier=brightwater", ["SHP-1"]),
        ("mode=freight&mode=parcel", ["SHP-2", "SHP-1"]),
        ("shipper=larkfield&eta.after=2026-11-02", ["SHP-2"]),
        ("eta.before=2026-11-01", []),
        (f"customer={cast.orchid.pk}&exception=none", ["SHP-2", "SHP-1"]),
    ):
        assert [one["number"] for one in calls("ana").get(f"/shipments?{query}").json()["items"]] == numbers
    assert calls("ana").get("/shipments?mode=pigeon").status_code == 422
    assert calls("omar").get(f"/shipments?customer={cast.orchid.pk}").json()["items"] == []


def test_a_crm_number_finds_the_shipment_for_its_own_side_alone(calls, cast):
    stored(cast, "SHP-1", carrier=cast.brightwater)
    made = create(NewCase(subject="x", description="y", shipment="SHP-1"), by=cast.at_desk(cast.ana))
    Side.objects.filter(case=made).update(crm_number="CRM-4711")
    for typed in ("CRM-4711", made.number):
        assert [one["number"] for one in calls("ana").get(f"/shipments?q={typed}").json()["items"]] == [
            "SHP-1"
        ]
        assert calls("omar").get(f"/shipments?q={typed}").json()["items"] == []
