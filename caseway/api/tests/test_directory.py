"""Shipments, customers, contacts, organisations, lists."""

import pytest

from caseway.cases.partnering.actions import add_partner
from caseway.cases.types import CaseType
from caseway.core.clock import now
from caseway.shipments.models import Shipment, ShipmentEvent, ShipmentNumber

pytestmark = pytest.mark.django_db


@pytest.fixture
def shipment(cast):
    made = Shipment.objects.create(
        organisation=cast.larkfield,
        number="LK-100",
        tracking_number="1Z 999",
        shipper=cast.larkfield,
        carrier=cast.brightwater,
        account=cast.orchid,
        brand=cast.larkfield_brand,
    )
    ShipmentNumber.objects.create(shipment=made, kind="shipment", value="LK100")
    ShipmentNumber.objects.create(shipment=made, kind="tracking", value="1Z999")
    ShipmentEvent.objects.create(shipment=made, happened_at=now(), code="D", description="Delayed")
    return made


@pytest.mark.parametrize("key", ["LK-100", "lk 100", "1z999", "1Z-999"])
def test_a_shipment_by_any_of_its_numbers(calls, shipment, key):
    found = calls("ana").get(f"/shipments/{key}").json()

    assert found["id"] == str(shipment.pk)
    assert found["customer"]["name"] == "Orchid Hotels"
    assert found["carrier"] == "Brightwater Freight"
    assert [event["description"] for event in found["events"]] == ["Delayed"]


def test_by_its_id(calls, shipment):
    assert calls("ana").get(f"/shipments/{shipment.pk}").json()["number"] == "LK-100"


def test_a_number_that_several_have_names_none(calls, shipment, cast):
    twin = Shipment.objects.create(organisation=cast.larkfield, number="LK-200", shipper=cast.larkfield)
    ShipmentNumber.objects.create(shipment=twin, kind="tracking", value="1Z999")

    assert calls("ana").get("/shipments/1Z999").status_code == 409
    assert len(calls("ana").get("/shipments?q=1z9").json()["items"]) == 2


def test_the_carrier_and_the_customer_see_it_without_the_account(calls, shipment):
    for name in ("omar", "kim", "jo"):
        assert calls(name).get("/shipments/LK-100").json()["customer"] is None
    for name in ("max", "pia"):
        assert calls(name).get("/shipments/LK-100").status_code == 404
        assert calls(name).get("/shipments").json()["items"] == []


def test_its_cases_as_each_may_know(calls, shipment, case, cast):
    case.shipment = shipment
    case.save()
    by = cast.at_desk(cast.ana)
    add_partner(case, by=by, partner=cast.brightwater, subject="x", text="x", listed=True)

    def cases(name):
        return calls(name).get("/shipments/LK-100").json()["cases"]

    row = {"number": case.number, "type": case.type, "status": "new", "active": True}
    assert cases("ana") == cases("kim") == [row | {"listed": False}]
    assert cases("omar") == [row | {"listed": True}]
    assert cases("jo") == []


def test_an_agent_links_any_shipment_and_the_customer_sees_only_their_own(calls, shipment, case, cast):
    ana, kim = calls("ana"), calls("kim")
    assert ana.patch(f"/cases/{case.number}", {"shipment": "1z999"}).json()["shipment"]["number"] == "LK-100"
    assert kim.get(f"/cases/{case.number}").json()["shipment"]["number"] == "LK-100"

    Shipment.objects.update(account=cast.fernwood)

    assert kim.get(f"/cases/{case.number}").json()["shipment"] is None


def test_customers_and_contacts_of_ones_own(calls, cast):
    ana, kim, jo = calls("ana"), calls("kim"), calls("jo")

    assert [c["name"] for c in ana.get("/customers").json()["items"]] == ["Fernwood Cafés", "Orchid Hotels"]
    assert [c["name"] for c in ana.get("/customers?q=orch").json()["items"]] == ["Orchid Hotels"]
    assert ana.get(f"/customers/{cast.orchid.pk}").json()["segment"] == "VIP"
    assert kim.get("/customers").json()["items"] == [
        {"id": str(cast.orchid.pk), "name": "Orchid Hotels", "number": "LK-1001", "segment": ""}
    ]
    assert [c["email"] for c in ana.get("/contacts?email=KIM@orchid.example").json()["items"]] == [
        "kim@orchid.example"
    ]
    assert len(ana.get(f"/contacts?customer={cast.orchid.pk}").json()["items"]) == 2
    assert len(kim.get("/contacts").json()["items"]) == 2
    assert [c["name"] for c in jo.get("/contacts").json()["items"]] == ["Jo Castellano"]


def test_organisations_partnerships_teams(calls):
    ana, kim = calls("ana"), calls("kim")

    assert [o["slug"] for o in ana.get("/organisations").json()["items"]] == [
        "larkfield",
        "brightwater",
        "tamarack",
    ]
    assert [o["slug"] for o in kim.get("/organisations").json()["items"]] == ["larkfield"]
    pairs = ana.get("/partnerships").json()["items"]
    assert [(p["partner"], p["partner_addresses"]) for p in pairs] == [
        ("brightwater", None),  # who signs in keeps its own
        ("tamarack", ["claims@tamarack.example"]),
    ]
    assert {t["name"] for t in ana.get("/teams").json()["items"]} == {"Customer care", "Claims", "Sales"}
    for path in ("/partnerships", "/teams", "/priorities", "/contact-methods"):
        assert kim.get(path).json() == {"items": [], "next": None}


def test_lists_that_cases_refer_to(calls):
    ana, kim = calls("ana"), calls("kim")

    assert [t["id"] for t in ana.get("/case-types").json()["items"]] == CaseType.values
    assert {r["kind"] for r in kim.get("/reasons").json()["items"]} == {"withdrawal", "reopen"}
    assert len({r["kind"] for r in ana.get("/reasons").json()["items"]}) == 5
    assert [p["rank"] for p in ana.get("/priorities").json()["items"]] == [1, 2, 3, 4]
    categories = ana.get("/categories").json()["items"]
    topics = {c["id"] for c in categories if c["parent"] is None}
    assert topics
    assert all(c["parent"] in topics and c["type"] for c in categories if c["id"] not in topics)
