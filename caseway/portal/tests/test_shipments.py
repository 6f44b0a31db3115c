"""The customer's shipments: only theirs, with their events and cases."""

import re
from datetime import timedelta

import pytest

from caseway.cases.creation.tests.way import Way
from caseway.cases.models import Case
from caseway.cases.tests.story import raised_by_kim
from caseway.core.clock import now
from caseway.demo.cast import Cast
from caseway.portal.tests.people import browser, item_for, link_to, shipment_for
from caseway.shipments.models import ShipmentEvent

LIST = "/portal/shipments/"


def test_the_list_has_only_theirs(cast: Cast) -> None:
    shipment_for(cast, "SHP-OURS")
    shipment_for(cast, "SHP-THEIRS", account=cast.fernwood)
    shipment_for(cast, "SHP-NOBODYS", account=None)
    page = browser(cast.jo).get(LIST).content.decode()
    assert "SHP-OURS" in page
    assert "SHP-THEIRS" not in page
    assert "SHP-NOBODYS" not in page


def test_a_shipment_is_found_by_the_beginning_of_a_number(cast: Cast) -> None:
    shipment_for(cast, "SHP-1111")
    shipment_for(cast, "SHP-2222")
    page = browser(cast.kim).get(LIST, {"q": "shp 11"}).content.decode()
    assert "SHP-1111" in page
    assert "SHP-2222" not in page
    assert "has a number like “zzz”" in browser(cast.kim).get(LIST, {"q": "zzz"}).content.decode()


def test_its_page_has_events_and_those_cases_that_they_see(cast: Cast) -> None:
    shipment = shipment_for(cast)
    ShipmentEvent.objects.create(
        shipment=shipment, happened_at=now(), code="D", description="Carton damaged", is_exception=True
    )
    mine, other = raised_by_kim(cast, "Mine"), raised_by_kim(cast, "Somebody else's")
    Case.objects.filter(pk__in=[mine.pk, other.pk]).update(shipment=shipment)
    Case.objects.filter(pk=other.pk).update(contact=cast.contact(cast.max), account=cast.fernwood)
    page = browser(cast.kim).get(f"{LIST}{shipment.number}/").content.decode()
    assert "Carton damaged" in page
    assert "Mine" in page
    assert "Somebody else" not in page
    assert f"/portal/cases/new/?shipment={shipment.number}" in page


def test_strangers_get_the_same_answer_as_for_a_number_that_is_not_there(cast: Cast) -> None:
    shipment = shipment_for(cast)
    for stranger in (cast.max, cast.ana, cast.pia):
        assert browser(stranger).get(f"{LIST}{shipment.number}/").status_code == 404
    assert browser(cast.kim).get(f"{LIST}SHP-0/").status_code == 404


def test_numbers_may_have_slashes(cast: Cast) -> None:
    shipment_for(cast, "A/B 7")
    assert browser(cast.kim).get(f"{LIST}A/B%207/").status_code == 200


def test_pages_cost_few_queries(cast: Cast, django_assert_max_num_queries) -> None:
    for number in range(30):
        shipment_for(cast, f"SHP-{number:04}", updated_at=now() - timedelta(hours=number))
    client = browser(cast.kim)
    with django_assert_max_num_queries(8):
        first = client.get(LIST)
    second = client.get(link_to("next", first.content.decode())).content.decode()
    assert re.findall(r"<b>(SHP-\d+)</b>", second) == [f"SHP-{number:04}" for number in range(25, 30)]
    with django_assert_max_num_queries(10):
        client.get(f"{LIST}SHP-0001/")


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/portal/shipments/%00/", 404),
        ("/portal/shipments/?q=%00", 200),
        ("/portal/cases/new/?item={item}&shipment=%00&follow_up=", 200),
        ("/portal/cases/new/shipment/?shipment=%00&p-shipment-q=%00", 200),
        ("/portal/cases/?q=%00&category=%00&channel=%00", 200),
    ],
)
def test_a_nul_in_an_address_is_nobodys_number(cast: Cast, path: str, status: int) -> None:
    shipment_for(cast)
    assert browser(cast.kim).get(path.format(item=item_for(cast).pk)).status_code == status


def test_a_nul_in_a_form_loses_nothing(cast: Cast) -> None:
    kim = Way(cast, cast.kim).begin()
    assert kim.send("shipment", "continue", shipment="SHP\0").status_code == 422
    kim.send("shipment", "skip")
    sent = {"subject": "Lid\0", "description": "\0", "attachments": "\0", "page": "\0", "seen": "\0"}
    response = kim.send("content", "submit", **sent)
    assert response.status_code == 422
    assert "Lid" in response.content.decode()
