"""Lists, shipments and mailboxes are for everyone, filled, empty, refused: axe, contrast, a phone, keys."""

import re
from collections.abc import Iterator

from playwright.sync_api import Page, expect

from caseway.cases.models import Case
from caseway.cases.views.arranging.actions import choose_columns
from caseway.cases.views.arranging.queries import OneList
from caseway.cases.views.saving.actions import Described, save
from caseway.core.clock import now
from caseway.demo.cast import Cast
from caseway.mail.models import Delivery, Mailbox
from caseway.mail.partnerships.inviting import invite
from caseway.shipments.models import Shipment, ShipmentEvent
from tests.everyone import objections

from .conftest import Window

OVERLAPPING = """() => [...document.querySelectorAll("table.rows tbody tr:not(.group)")].flatMap((row) => {
    const cells = [...row.cells].filter((cell) => cell.offsetWidth && cell.textContent.trim())
        .map((cell) => [cell.className, cell.getBoundingClientRect()]);
    return cells.flatMap(([name, one], n) => cells.slice(n + 1)
        .filter(([, other]) => one.left < other.right - 1 && other.left < one.right - 1
            && one.top < other.bottom - 1 && other.top < one.bottom - 1)
        .map(([other]) => `${name} and ${other}`));
})"""
OUT = "Delivered to the receiving dock of another hotel with a very long name"


def shipment_in_trouble(people: Cast, case: Case) -> Shipment:
    """A shipment that went wrong, with a case about it."""
    shipment = Shipment.objects.create(
        organisation=people.larkfield,
        number="SHP-2209417",
        shipper=people.larkfield,
        carrier=people.brightwater,
        destination_name="Orchid Hotel Harbour Street, receiving dock",
        status=Shipment.Status.EXCEPTION,
    )
    ShipmentEvent.objects.create(
        shipment=shipment, happened_at=now(), code="X", description=OUT, is_exception=True
    )
    Case.objects.filter(pk=case.pk).update(shipment=shipment)
    return shipment


def on_lists(page: Page, people: Cast, shipment: Shipment) -> Iterator[str]:
    for place in (
        "cases/?view=all&q=cracked",
        "cases/?view=my-active&q=nowhere",
        "cases/?view=all&status=none",
        "views/",
        "shipments/",
        "shipments/?q=nowhere",
        "shipments/?eta.after=soon",
        f"shipments/{shipment.pk}/",
    ):
        page.goto(f"/desk/{place}")
        yield place
    save(
        Described(name="Late and lost", query="view=all-active&sort=deadline"), by=people.at_desk(people.ana)
    )
    page.goto("/desk/views/")
    page.get_by_role("button", name="Remove Late and lost").click()
    page.get_by_role("dialog", name="Remove the view “Late and lost”?").wait_for()
    yield "removal of a view"
    page.goto("/desk/shipments/")
    page.locator("[popovertarget=filter-status]").click()
    page.locator("#filter-status:popover-open").wait_for()
    yield "filter of shipments"


def on_mail_settings(page: Page, people: Cast) -> Iterator[str]:
    box = Mailbox.objects.get_or_create(address="support@larkfield.example", organisation=people.larkfield)[0]
    page.goto("/desk/settings/mailboxes/new/")
    page.get_by_label("Address").fill("nobody")
    page.get_by_role("button", name="Add").click()
    page.locator("[aria-invalid=true]").wait_for()
    yield "a mailbox that can't be"
    page.goto(f"/desk/settings/mailboxes/{box.pk}/")
    server = page.get_by_label("Server", exact=True).first
    expect(server).to_be_hidden()
    page.get_by_label("Fetch mails from a mail server").check()
    page.get_by_role("button", name="Try the connection").click()
    page.locator("[aria-invalid=true]").first.wait_for()
    expect(server).to_be_focused()
    yield "a mailbox without its server"
    page.goto(f"/desk/settings/partnerships/{people.larkfield_tamarack.pk}/")
    page.get_by_role("button", name="End", exact=True).click()
    page.locator("dialog[open]").wait_for()
    yield "the end of a partnership"


def test_lists_and_shipments(window: Window, people: Cast, case: Case) -> None:
    shipment = shipment_in_trouble(people, case)
    page = window(people.ana, 320, bypass_csp=True)
    for place in on_lists(page, people, shipment):
        assert objections(page) == [], place
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, place
    page.goto("/desk/shipments/")
    said = page.locator(".snippet", has_text=OUT)
    assert said.evaluate("words => words.scrollWidth <= words.clientWidth"), "what went wrong is told in full"


def test_chosen_columns_lie_beside_each_other_on_a_phone(window: Window, people: Cast, case: Case) -> None:
    shipment_in_trouble(people, case)
    columns = ("number", "subject", "type", "shipment", "partner", "owner", "deadline", "court", "tracking")
    choose_columns(OneList(), columns, {}, by=people.at_desk(people.ana))
    page = window(people.ana, 320)
    page.goto("/desk/cases/")
    expect(page.locator(".rows td.c-type")).to_have_text("General status update")
    assert page.evaluate(OVERLAPPING) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_filters_and_columns_go_by_keys(window: Window, people: Cast, case: Case) -> None:
    page = window(people.ana)
    page.goto("/desk/cases/?view=all")
    page.locator(".chip[href*='/filters/status/']").press("Enter")
    expect(page.get_by_label("Narrow the choices")).to_be_focused()
    page.keyboard.type("withdr")
    expect(page.locator("#filter-choices label:visible")).to_have_text("Withdrawn")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(page.locator(".chip[href*='/filters/status/']")).to_be_focused()
    page.locator(".chip[href*='/filters/?']").press("Enter")
    expect(page.get_by_label("Find a filter")).to_be_focused()
    page.keyboard.type("customer")
    page.locator(".filterfields a[href*='/filters/customer/']").press("Enter")
    box = page.get_by_label("Find by name or number")
    expect(box).to_be_focused()
    choices = page.locator("#filter-choices label")
    expect(choices).not_to_have_count(1)
    page.keyboard.type("orc")
    expect(choices).to_have_text(["Orchid Hotels"])
    page.keyboard.type("hid x")
    expect(choices).to_have_count(0)
    expect(box).to_have_value("orchid x")
    page.goto("/desk/cases/?view=all")
    page.locator("a[href*='/cases/columns']").press("Enter")
    expect(page.get_by_role("checkbox", name="Case", exact=True)).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("a[href*='/cases/columns']")).to_be_focused()


def test_settings_of_mail_and_partnerships(window: Window, people: Cast) -> None:
    page = window(people.admin, 320, bypass_csp=True)
    for place in on_mail_settings(page, people):
        assert objections(page) == [], place
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, place


def test_the_way_to_a_desk_of_ones_own(window: Window, people: Cast) -> None:
    at_desk = people.at_desk(people.admin)
    invite(people.larkfield_tamarack, name="Tim", email="tim@tamarack.example", by=at_desk)
    found = re.search(r"/accounts/partner-invitation/\S+", Delivery.objects.latest("pk").text)
    assert found
    page = window(people.ana, 320, bypass_csp=True)
    for way in ("somebody else's", "somebody new", "refused", "dead"):
        page.goto("/accounts/partner-invitation/nothing/" if way == "dead" else found[0])
        if way == "refused":
            page.get_by_label("Password", exact=True).fill("short")
            page.get_by_label("Password again").fill("short")
            page.keyboard.press("Enter")
            page.locator("[aria-invalid=true]").first.wait_for()
        assert objections(page) == [], way
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, way
        if way == "somebody else's":
            page.context.clear_cookies()
