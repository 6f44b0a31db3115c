"""Making a case at the desk, as an agent does it in a browser."""

import pytest

from caseway.cases.models import Case, Side
from caseway.cases.once import form_token
from caseway.cases.status import Status
from caseway.cases.tests.browsing import Desk, words_of
from caseway.cases.types import Sharing
from caseway.demo.cast import Cast
from caseway.shipments.models import Shipment, ShipmentNumber

NEW = "/desk/cases/new/"


@pytest.fixture
def shipment(cast: Cast) -> Shipment:
    shipment = Shipment.objects.create(organisation=cast.larkfield, number="SHP-77")
    ShipmentNumber.objects.create(shipment=shipment, kind="shipment", value="SHP77")
    return shipment


def test_an_agent_makes_a_case_and_owns_it(cast: Cast, shipment: Shipment) -> None:
    ana = Desk(cast.ana)
    words = {"subject": "Crate held", "description": "Since Monday.", "owned": "on", "shipment": shipment.pk}
    answer = ana.post(
        NEW, words | {"customer": f"contact-{cast.contact(cast.kim).pk}", "tags": "claim, dock"}
    )
    case = Case.objects.get()
    assert answer["Location"] == f"/desk/cases/{case.number}"
    side = Side.objects.get(case=case)
    assert (side.owner, case.status, case.shipment) == (cast.ana, Status.OPEN, shipment)
    assert (case.contact, case.account) == (cast.contact(cast.kim), cast.orchid)
    assert side.tags == ["claim", "dock"]
    assert "Since Monday." in words_of(ana.get(answer["Location"]))


def test_left_for_anybody_it_is_new(cast: Cast) -> None:
    Desk(cast.ana).post(NEW, {"subject": "Crate held", "description": "Since Monday."})
    assert Case.objects.get().status == Status.NEW
    assert Side.objects.get().owner is None


def test_the_shipment_comes_from_where_one_came_from(cast: Cast, shipment: Shipment) -> None:
    page = words_of(Desk(cast.ana).get(NEW, {"shipment": shipment.pk}))
    assert f'name="shipment" value="{shipment.pk}" checked' in page


def test_errors_stand_at_their_fields_and_everything_typed_stays(cast: Cast) -> None:
    answer = Desk(cast.ana).post(
        NEW, {"subject": "", "description": "Long words", "deadline": "2020-01-01T10:00", "shipment": "999"}
    )
    assert answer.status_code == 422
    page = words_of(answer)
    assert "Give the case a subject." in page
    assert "Choose a moment in the future." in page
    assert "No shipment has this number." in page
    assert "Long words" in page
    assert not Case.objects.exists()


def test_the_same_form_twice_makes_one_case(cast: Cast) -> None:
    ana, words = Desk(cast.ana), {"subject": "Once", "description": "x", "token": str(form_token())}
    first, second = ana.post(NEW, words), ana.post(NEW, words)
    assert first["Location"] == second["Location"]
    assert Case.objects.count() == 1


def test_with_a_partner_from_the_start(cast: Cast) -> None:
    Desk(cast.ana).post(
        NEW,
        {
            "subject": "Ours",
            "description": "Ours alone",
            "partner": "brightwater",
            "partner_subject": "Yours",
            "partner_text": "Look, please.",
        },
    )
    case = Case.objects.get()
    theirs = Side.objects.get(case=case, organisation=cast.brightwater)
    assert (theirs.subject, theirs.sharing) == ("Yours", Sharing.SHARED)
    page = Desk(cast.omar, case).read()
    assert "Ours" not in page


def test_customers_are_found_by_name_account_and_number(cast: Cast) -> None:
    ana = Desk(cast.ana)
    headers = {"HX-Request": "true", "HX-Target": "p-customer-results"}
    for typed, expected in (
        ("kim", "kim@orchid.example"),
        ("orchid", "Orchid Hotels"),
        ("LK-1002", "Fernwood"),
    ):
        assert expected in words_of(ana.get(NEW, {"p-customer-q": typed}, headers=headers))
    assert "kim" not in words_of(Desk(cast.omar).get(NEW, {"p-customer-q": "kim"}, headers=headers))


def test_foreign_ids_are_refused_whole(cast: Cast) -> None:
    pia = Desk(cast.pia)
    answer = pia.post(
        NEW, {"subject": "x", "description": "x", "customer": f"contact-{cast.contact(cast.kim).pk}"}
    )
    assert answer.status_code == 422
    assert "Kim" not in words_of(answer)
    assert not Case.objects.exists()


def test_customers_have_no_desk(cast: Cast) -> None:
    assert Desk(cast.kim).get(NEW).status_code == 404
    assert Desk(cast.kim).post(NEW, {"subject": "x", "description": "x"}).status_code == 404
