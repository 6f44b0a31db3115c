"""The list of a customer's shipments: filters, what a number was taken for, pages."""

from datetime import timedelta

import pytest

from caseway.core.clock import now
from caseway.demo.cast import Cast
from caseway.portal.shipments.filters import MyShipments
from caseway.portal.tests.people import browser, link_to, shipment_for
from caseway.shipments.models import Shipment, ShipmentEvent, ShipmentNumber

LIST = "/portal/shipments/"
Status = Shipment.Status


@pytest.fixture
def some(cast: Cast) -> dict[str, Shipment]:
    """A shipment in each state that a filter tells apart."""
    soon, past = now() + timedelta(minutes=1), now() - timedelta(days=2)
    made = {
        "SHP-WAY": shipment_for(cast, "SHP-WAY", status=Status.IN_TRANSIT, eta=now() + timedelta(days=3)),
        "SHP-NOW": shipment_for(cast, "SHP-NOW", status=Status.OUT_FOR_DELIVERY, eta=soon),
        "SHP-LATE": shipment_for(cast, "SHP-LATE", status=Status.IN_TRANSIT, eta=past),
        "SHP-BAD": shipment_for(cast, "SHP-BAD", status=Status.EXCEPTION),
        "SHP-DONE": shipment_for(cast, "SHP-DONE", status=Status.DELIVERED, eta=past),
    }
    ShipmentEvent.objects.create(
        shipment=made["SHP-BAD"], happened_at=past, code="X", description="Crate dented", is_exception=True
    )
    return made


def listed(cast: Cast, **query: str) -> set[str]:
    page = browser(cast.kim).get(LIST, query).content.decode()
    return {number for number in ("SHP-WAY", "SHP-NOW", "SHP-LATE", "SHP-BAD", "SHP-DONE") if number in page}


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ({}, {"SHP-WAY", "SHP-NOW", "SHP-LATE", "SHP-BAD", "SHP-DONE"}),
        ({"status": "under-way"}, {"SHP-WAY", "SHP-NOW", "SHP-LATE"}),
        ({"status": "exception"}, {"SHP-BAD"}),
        ({"status": "delivered"}, {"SHP-DONE"}),
        ({"expected": "late"}, {"SHP-LATE"}),
        ({"expected": "7d"}, {"SHP-WAY", "SHP-NOW"}),
        ({"expected": "late", "status": "delivered"}, set()),
        ({"q": "shp-w", "status": "under-way"}, {"SHP-WAY"}),
        (
            {"status": "nonsense", "expected": "nonsense"},
            {"SHP-WAY", "SHP-NOW", "SHP-LATE", "SHP-BAD", "SHP-DONE"},
        ),
    ],
)
def test_filters(cast: Cast, some: dict[str, Shipment], query: dict[str, str], numbers: set[str]) -> None:
    assert listed(cast, **query) == numbers


def test_states_are_counted_and_troubles_told(cast: Cast, some: dict[str, Shipment]) -> None:
    page = browser(cast.kim).get(LIST).content.decode()
    assert "5 shipments" in page
    assert "Crate dented" in page
    assert "Was expected" in page


def test_it_says_what_a_number_was_taken_for(cast: Cast, some: dict[str, Shipment]) -> None:
    client = browser(cast.kim)
    ShipmentNumber.objects.create(shipment=some["SHP-WAY"], kind="reference", value="CSQU3054383")
    Shipment.objects.filter(pk=some["SHP-WAY"].pk).update(reference_number="CSQU 305438-3")
    found = client.get(LIST, {"q": "csqu 305438-3"}).content.decode()
    assert "We took this for: Container number." in found
    assert "Reference number CSQU 305438-3" in found
    slip = client.get(LIST, {"q": "CSQU 305438-4"}).content.decode()
    assert "Its check digit does not fit" in slip
    assert "None of your shipments has a number like" in slip


def test_what_is_anothers_is_answered_like_what_is_not_there(cast: Cast) -> None:
    shipment_for(cast, "SHP-9000001", account=cast.fernwood)
    client = browser(cast.kim)
    answers = [
        client.get(LIST, {"q": number}).content.decode().replace(number, "N")
        for number in ("SHP-9000001", "SHP-9000002")
    ]
    assert "None of your shipments" in answers[0]
    assert _without_tokens(answers[0]) == _without_tokens(answers[1])


def test_a_filtered_list_has_pages_of_its_own(cast: Cast, django_assert_max_num_queries) -> None:
    for number in range(30):
        made = now() - timedelta(hours=number)
        shipment_for(cast, f"SHP-{number:04}", updated_at=made, status=Status.EXCEPTION)
    shipment_for(cast, "SHP-OTHER", updated_at=now() - timedelta(days=9))
    client = browser(cast.kim)
    client.get(LIST)
    with django_assert_max_num_queries(9):
        first = client.get(LIST, {"status": "exception", "q": "SHP"}).content.decode()
    second = client.get(link_to("next", first)).content.decode()
    assert "SHP-0029" in second
    assert "SHP-OTHER" not in second
    stranger = browser(cast.max).get(link_to("next", first))
    assert stranger.status_code == 422


def test_the_filter_as_an_address() -> None:
    wanted = MyShipments.from_query({"q": " a  b ", "status": "exception", "expected": "7d", "x": "y"})
    assert wanted.address() == "?q=a+b&status=exception&expected=7d"
    assert wanted.address(status="") == "?q=a+b&expected=7d"
    assert wanted.narrows
    assert not MyShipments().narrows


def test_trouble_has_a_sign_of_its_own(cast: Cast, some: dict[str, Shipment]) -> None:
    client = browser(cast.kim)
    for page in (client.get(LIST, {"status": "exception"}), client.get(f"{LIST}SHP-BAD/")):
        assert '<span class="status" data-bad>' in page.content.decode()
    assert "data-bad" not in client.get(LIST, {"status": "under-way"}).content.decode()


def _without_tokens(page: str) -> str:
    return "\n".join(line for line in page.splitlines() if "csrf" not in line.lower() and "nonce" not in line)
