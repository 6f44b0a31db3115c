"""Shipments at the desk."""

from datetime import UTC, datetime

import pytest

from caseway.cases.creation.actions import create
from caseway.cases.creation.fields import NewCase
from caseway.cases.models import Case, Side
from caseway.cases.partnering.actions import add_partner
from caseway.core.clock import now
from caseway.demo.cast import Cast
from caseway.shipments.models import Shipment, ShipmentEvent, ShipmentNumber

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


def test_found_by_the_crm_number_of_a_case_of_ones_own_side_alone(
    cast: Cast, desk: Desk, shipment: Shipment
) -> None:
    case = Case.objects.get(shipment=shipment)
    Side.objects.filter(case=case).update(crm_number="CRM-00291847")
    for typed in ("CRM-00291847", "crm-0029", case.number):
        assert "SHP-2209417" in desk(cast.ana).get(f"/desk/shipments/?q={typed}").content.decode()
        assert f"/desk/shipments/{shipment.pk}/" not in (
            desk(cast.omar).get(f"/desk/shipments/?q={typed}").content.decode()
        )


@pytest.mark.parametrize(
    ("query", "fits"),
    [
        ("status=planned&status=delivered", True),
        ("status=delivered", False),
        ("exception=any", True),
        ("exception=none", False),
        ("exception=any&exception=none", True),
        ("carrier=brightwater", True),
        ("carrier=tamarack", False),
        ("shipper=larkfield&mode=parcel&direction=outbound", True),
        ("mode=freight", False),
        ("eta.after=2026-11-02&eta.before=2026-11-02", True),
        ("eta.after=2026-11-03", False),
        ("eta.before=2026-11-01", False),
    ],
)
def test_filters_are_in_the_address(
    cast: Cast, desk: Desk, shipment: Shipment, query: str, fits: bool
) -> None:
    Shipment.objects.filter(pk=shipment.pk).update(eta=datetime(2026, 11, 2, 20, tzinfo=UTC))
    ShipmentEvent.objects.create(
        shipment=shipment, happened_at=now(), code="X", description="Carton wet", is_exception=True
    )
    page = desk(cast.ana).get(f"/desk/shipments/?{query}").content.decode()
    assert (f"/desk/shipments/{shipment.pk}/" in page) is fits
    assert ("Carton wet" in page) is fits
    assert "No shipment fits these filters" in page or fits


def test_a_filter_that_is_none_says_so(cast: Cast, desk: Desk) -> None:
    for query, told in (
        ("status=lost", "Status: "),
        ("eta.after=tomorrow", "ETA: "),
        ("customer=x", "customer: "),
    ):
        answer = desk(cast.ana).get(f"/desk/shipments/?{query}")
        assert answer.status_code == 422
        assert f"<b>This filter could not be used.</b> {told}" in answer.content.decode()


def test_a_partner_filters_nothing_by_what_is_the_feeds_own(
    cast: Cast, desk: Desk, shipment: Shipment
) -> None:
    query = f"/desk/shipments/?customer={cast.orchid.pk}"
    assert "SHP-2209417" in desk(cast.ana).get(query).content.decode()
    assert desk(cast.omar).get(query).status_code == 404


def test_the_carrier_sees_shared_cases_and_that_listed_ones_exist(
    cast: Cast, desk: Desk, shipment: Shipment
) -> None:
    ana = cast.at_desk(cast.ana)
    shared, listed = (
        create(NewCase(subject=words, description="x", shipment="SHP-2209417"), by=ana)
        for words in ("Wet carton", "Lost carton")
    )
    lea = cast.at_desk(cast.lea)
    add_partner(shared, by=lea, partner=cast.brightwater, subject="Carton wet", text="Please look.")
    add_partner(listed, by=lea, partner=cast.brightwater, subject="Carton gone", text="", listed=True)
    page = desk(cast.omar).get(f"/desk/shipments/{shipment.pk}/").content.decode()
    assert "Carton wet" in page
    assert f"/desk/cases/{shared.number}" in page
    assert listed.number in page
    assert f"/desk/cases/{listed.number}" not in page
    for secret in ("Wet carton", "Lost carton", "Carton gone", "Late"):
        assert secret not in page


def test_the_column_beside_a_case_has_all_cases_and_says_which_is_open(
    cast: Cast, desk: Desk, shipment: Shipment
) -> None:
    first = Case.objects.get(shipment=shipment)
    create(NewCase(subject="Wet carton", description="x", shipment="SHP-2209417"), by=cast.at_desk(cast.ana))
    page = desk(cast.ana).get(f"/desk/cases/{first.number}").content.decode()
    column = page[page.index('id="shipment"') : page.index('id="details"')]
    assert f'href="/desk/cases/{first.number}" aria-current="true"' in column
    assert "Wet carton" in column
    assert column.index("Planned") < column.index("Wet carton") < column.index("Shipper")
