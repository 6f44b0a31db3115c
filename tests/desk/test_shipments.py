"""Shipments at the desk."""

import pytest

from caseway.cases.creation.actions import create
from caseway.cases.creation.fields import NewCase
from caseway.demo.cast import Cast
from caseway.shipments.models import Shipment, ShipmentNumber

from .conftest import Desk


@pytest.fixture
def shipment(cast: Cast) -> Shipment:
    shipment = Shipment.objects.create(
        organisation=cast.larkfield,
        number="SHP-2209417",
        shipper=cast.larkfield,
        carrier=cast.brightwater,
        account=cast.orchid,
    )
    ShipmentNumber.objects.create(shipment=shipment, kind="tracking", value="BWF44719082")
    create(NewCase(subject="Late", description="x", shipment="SHP-2209417"), by=cast.at_desk(cast.ana))
    return shipment


def test_found_by_the_beginning_of_any_number(cast: Cast, desk: Desk, shipment: Shipment) -> None:
    ana = desk(cast.ana)
    assert "SHP-2209417" in ana.get("/desk/shipments/?q=bwf 4471").content.decode()
    assert "SHP-2209417" not in ana.get("/desk/shipments/?q=xyz 4471").content.decode()
    assert "SHP-2209417" not in ana.get("/desk/shipments/?status=delivered").content.decode()


def test_the_page_has_its_cases_and_leads_to_a_new_one(cast: Cast, desk: Desk, shipment: Shipment) -> None:
    page = desk(cast.ana).get(f"/desk/shipments/{shipment.pk}/").content.decode()
    assert "Late" in page
    assert f"/desk/cases/new/?shipment={shipment.pk}" in page
    assert "Orchid Hotels" in page


def test_the_carrier_sees_the_shipment_but_neither_customer_nor_our_cases(
    cast: Cast, desk: Desk, shipment: Shipment
) -> None:
    page = desk(cast.omar).get(f"/desk/shipments/{shipment.pk}/").content.decode()
    assert "SHP-2209417" in page
    assert "Orchid" not in page
    assert "Late" not in page


def test_strangers_see_nothing(cast: Cast, desk: Desk, shipment: Shipment) -> None:
    assert desk(cast.pia).get(f"/desk/shipments/{shipment.pk}/").status_code == 404
    assert "SHP-2209417" not in desk(cast.pia).get("/desk/shipments/?q=bwf").content.decode()
    assert desk(cast.kim).get("/desk/shipments/").status_code == 404
