"""Who comes to the portal in these tests, and what is there for them."""

import re
from html import unescape

from django.test import Client

from caseway.accounts.models import Person
from caseway.cases.models import Category
from caseway.cases.types import CaseType
from caseway.demo.cast import Cast
from caseway.shipments.models import Shipment, ShipmentNumber
from caseway.shipments.queries import normal_number

HOST = "larkfield.localhost"


def browser(person: Person | None = None, **headers: str) -> Client:
    """A browser at Larkfield's portal, signed in as the person."""
    client = Client(headers={"host": HOST, **headers})
    if person is not None:
        client.force_login(person)
    return client


def by_htmx(person: Person) -> Client:
    """The same, asking as htmx does."""
    return browser(person, **{"HX-Request": "true", "HX-Target": "x"})


def shipment_for(cast: Cast, number: str = "SHP-2209417", **more: object) -> Shipment:
    """A shipment of Orchid Hotels unless told otherwise, found by its number."""
    values: dict[str, object] = {
        "organisation": cast.larkfield,
        "shipper": cast.larkfield,
        "carrier": cast.brightwater,
        "account": cast.orchid,
        "goods": "Walnut sideboard",
        "status": Shipment.Status.DELIVERED,
        "destination_name": "Harbour Street hotel",
    }
    shipment = Shipment.objects.create(number=number, **(values | more))
    ShipmentNumber.objects.create(shipment=shipment, kind="shipment", value=normal_number(number))
    return shipment


def item_for(cast: Cast, case_type: CaseType = CaseType.DAMAGED) -> Category:
    """Larkfield's item of that type."""
    return Category.objects.get(organisation=cast.larkfield, case_type=case_type, parent__isnull=False)


def link_to(rel: str, page: str) -> str:
    """Where the page's link to the next or previous page leads; "" where it has none."""
    found = re.search(rf'<a [^>]*href="([^"]+)"[^>]* rel="{rel}"', page)
    return unescape(found[1]) if found else ""
