"""A new case at the desk is kept while it is typed."""

import pytest

from caseway.cases.models import Case, Draft
from caseway.cases.tests.browsing import Desk, words_of
from caseway.demo.cast import Cast
from caseway.shipments.models import Shipment, ShipmentNumber

NEW, DRAFT = "/desk/cases/new/", "/desk/cases/new/draft"
WORDS = {"subject": "Crate held", "description": "Since Monday.", "tags": "claim", "owned": "on"}


def shipment_of(cast: Cast, number: str) -> Shipment:
    shipment = Shipment.objects.create(organisation=cast.larkfield, number=number)
    ShipmentNumber.objects.create(shipment=shipment, kind="shipment", value=number.replace("-", ""))
    return shipment


def test_what_was_typed_is_there_again_for_its_writer_alone(cast: Cast) -> None:
    ana, shipment = Desk(cast.ana), shipment_of(cast, "SHP-77")
    answer = ana.post(
        DRAFT, {"subject": "Crate held", "deadline": "2031-05-01T10:00", "shipment": shipment.pk}
    )
    assert answer.status_code == 204
    page = words_of(ana.get(NEW))
    assert 'value="Crate held"' in page
    assert 'value="2031-05-01T10:00"' in page
    assert f'name="shipment" value="{shipment.pk}" checked' in page
    assert 'name="owned" checked' not in page.replace('type="checkbox" ', "")
    assert "We kept what you wrote." in page
    assert "Crate held" not in words_of(Desk(cast.ben).get(NEW))


def test_a_draft_ends_with_the_case_and_where_nothing_is_left(cast: Cast) -> None:
    ana = Desk(cast.ana)
    ana.post(DRAFT, WORDS)
    ana.post(DRAFT, {"subject": "", "owned": "on"})
    assert not Draft.objects.exists()
    ana.post(DRAFT, WORDS)
    ana.post(NEW, WORDS)
    assert Case.objects.count() == 1
    assert not Draft.objects.exists()


def test_it_can_be_thrown_away(cast: Cast) -> None:
    ana = Desk(cast.ana)
    ana.post(DRAFT, WORDS)
    answer = ana.post(NEW, WORDS | {"do": "discard"}, follow=True)
    assert "Crate held" not in words_of(answer)
    assert not Draft.objects.exists()
    assert not Case.objects.exists()


def test_a_link_from_a_shipment_counts_more_than_what_was_kept(cast: Cast) -> None:
    ana, first, second = Desk(cast.ana), shipment_of(cast, "SHP-77"), shipment_of(cast, "SHP-78")
    ana.post(DRAFT, WORDS | {"shipment": first.pk})
    page = words_of(ana.get(NEW, {"shipment": second.pk}))
    assert f'name="shipment" value="{second.pk}" checked' in page
    assert "Crate held" in page


@pytest.mark.parametrize(("field", "typed", "expected"), [("customer", "kim", "kim@orchid.example")])
def test_searching_without_scripts_sends_nothing_and_keeps_all(
    cast: Cast, field: str, typed: str, expected: str
) -> None:
    long = "Since Monday. " * 2000
    answer = Desk(cast.ana).post(
        NEW, WORDS | {"description": long, "do": "find", f"p-{field}-q": typed, "subject": ""}
    )
    assert answer.status_code == 200
    page = words_of(answer)
    assert expected in page
    assert long.strip() in page
    assert "Give the case a subject." not in page
    assert not Case.objects.exists()
