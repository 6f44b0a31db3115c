"""Where an order is, answered while a case is being written: in a real browser, by keyboard too."""

import re

from playwright.sync_api import expect

from caseway.cases.drafting.actions import begin
from caseway.cases.models import Case
from caseway.core.clock import now
from caseway.demo.cast import Cast
from caseway.portal.tests.people import item_for, shipment_for
from caseway.shipments.models import Shipment, ShipmentEvent, ShipmentNumber, StatusAnswer
from tests.everyone import objections
from tests.portal.conftest import Window


def two_on_their_way(cast: Cast) -> None:
    for number, tracking in (("SHP-7001", "1Z999AA10123456784"), ("SHP-7002", "TMK700299887766US")):
        shipment = shipment_for(
            cast, number, status=Shipment.Status.OUT_FOR_DELIVERY, tracking_number=tracking
        )
        ShipmentNumber.objects.create(shipment=shipment, kind="tracking", value=tracking)
        ShipmentEvent.objects.create(shipment=shipment, happened_at=now(), code="OFD", description="Out")


def test_the_form_answers_what_is_chosen_and_what_is_written(window: Window, people: Cast) -> None:
    two_on_their_way(people)
    page = window(people.kim, viewport={"width": 390, "height": 800})
    draft = begin({"category": str(item_for(people).pk)}, by=people.in_portal(people.kim))
    page.goto(f"/portal/cases/new/{draft.pk}/shipment/")
    page.wait_for_load_state("networkidle")
    page.get_by_label("Shipment, order or tracking number").fill("tmk 7002")
    row = page.get_by_role("radio", name=re.compile("SHP-7002"))
    expect(page.locator("#p-shipment")).to_contain_text("Tracking number TMK700299887766US")
    row.check()
    expect(page.locator("#answers-chosen")).to_contain_text("Out for delivery since")
    page.get_by_role("button", name="Continue").click()
    page.wait_for_load_state("networkidle")
    page.get_by_label("What happened?").fill("And where is 1Z 999 AA1 01 2345 6784?")
    written = page.get_by_role("region", name="Where SHP-7001 is")
    expect(written).to_contain_text("Out for delivery since")
    expect(page.get_by_label("What happened?")).to_be_focused()
    assert objections(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    written.get_by_role("button", name="This answers it").press("Enter")
    expect(page.get_by_role("heading", name="SHP-7001")).to_be_visible()
    expect(page.get_by_text("No case was made")).to_be_visible()
    assert not Case.objects.exists()
    assert StatusAnswer.objects.get(solved_at__isnull=False).shipment.number == "SHP-7001"


def test_filters_renew_the_list_in_place(window: Window, people: Cast) -> None:
    two_on_their_way(people)
    shipment_for(people, "SHP-7003")
    page = window(people.kim)
    page.goto("/portal/shipments/")
    page.get_by_role("link", name=re.compile("Delivered 1")).click()
    expect(page.locator(".shipmentlist li")).to_have_count(1)
    expect(page.locator("#announcer")).to_have_text("1 shipment")
    assert "status=delivered" in page.url
    page.get_by_label("Shipment, tracking, order, PO, BOL, RA or reference number").fill("CSQU3054384")
    page.get_by_role("button", name="Search").press("Enter")
    expect(page.get_by_text("Its check digit does not fit")).to_be_visible()
    assert objections(page) == []
