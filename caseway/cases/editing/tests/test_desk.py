"""Editing one field in place, as an agent does it in a browser."""

import pytest

from caseway.cases.models import Case, Priority
from caseway.cases.tests.browsing import Desk, words_of
from caseway.cases.tests.story import (
    closure_reason,
    owned_by_ana,
    raised_by_kim,
    shared_with_brightwater,
    side_of,
)
from caseway.demo.cast import Cast
from caseway.shipments.models import Shipment, ShipmentNumber


@pytest.fixture
def case(cast: Cast) -> Case:
    return owned_by_ana(cast)


def urgent(cast: Cast) -> Priority:
    return Priority.objects.get(organisation=cast.larkfield, rank=4)


def stored(cast: Cast, case: Case, name: str) -> str:
    """What the form of a field carries as its value before."""
    page = words_of(Desk(cast.ana, case).ask(f"fields/{name}"))
    start = page.index('name="before"')
    return (
        page[start:].split('value="', 1)[1].split('"', 1)[0] if 'value="' in page[start : start + 60] else ""
    )


def test_a_field_changes_and_the_page_shows_it(cast: Cast, case: Case) -> None:
    ana = Desk(cast.ana, case)
    before = stored(cast, case, "priority")
    assert ana.do("fields/priority", priority=urgent(cast).pk, before=before).status_code == 302
    assert side_of(case, cast.larkfield).priority == urgent(cast)
    assert "Urgent" in ana.read()


@pytest.mark.parametrize(
    ("name", "value", "kept"),
    [
        ("crm_number", " 00291847 ", "00291847"),
        ("tags", "Claim, show room,claim", ["claim", "show room"]),
        ("type", "lost", "lost"),
        ("subject", "Two lines\nin one", "Two lines in one"),
    ],
)
def test_values_are_tidied(cast: Cast, case: Case, name: str, value: str, kept: object) -> None:
    assert Desk(cast.ana, case).do(f"fields/{name}", **{name: value, "before": stored(cast, case, name)})
    assert getattr(side_of(case, cast.larkfield), name) == kept


def test_a_message_meanwhile_is_no_conflict_but_another_value_is(cast: Cast, case: Case) -> None:
    ana, ben = Desk(cast.ana, case), Desk(cast.ben, case)
    before = stored(cast, case, "crm_number")
    ben.do("messages", audience="team", text="A note moves the version only")
    assert ana.do("fields/crm_number", crm_number="1", before=before).status_code == 302
    answer = ben.do("fields/crm_number", crm_number="2", before=before)
    assert answer.status_code == 409
    page = words_of(answer)
    assert "Somebody changed this meanwhile." in page
    assert "Ana Ferreira changed the CRM number" in page
    assert 'value="2"' in page
    assert side_of(case, cast.larkfield).crm_number == "1"


def test_the_second_reads_what_it_was_and_what_it_is(cast: Cast, case: Case) -> None:
    ana, ben = Desk(cast.ana, case), Desk(cast.ben, case)
    before = stored(cast, case, "type")
    ana.do("fields/type", type="lost", before=before)
    page = words_of(ben.do("fields/type", type="damaged", before=before))
    assert "It was “General status update” and is “Lost” now." in page
    assert 'value="damaged" selected' in page
    assert ben.do("fields/type", type="damaged", before="lost").status_code == 302


def test_the_second_try_replaces_it_knowingly(cast: Cast, case: Case) -> None:
    Desk(cast.ana, case).do("fields/crm_number", crm_number="1", before="")
    Desk(cast.ben, case).do("fields/crm_number", crm_number="2", before="1")
    assert side_of(case, cast.larkfield).crm_number == "2"


def test_in_place_the_control_alone_answers(cast: Cast, case: Case) -> None:
    ana = Desk(cast.ana, case)
    headers = {"HX-Request": "true", "HX-Target": "field-type"}
    form = words_of(ana.get(ana.url("fields/type"), headers=headers))
    assert form.lstrip().startswith("<form")
    assert "<html" not in form
    value = words_of(ana.get(ana.url(), headers=headers))
    assert "General status update" in value
    assert "<html" not in value


def test_a_shipment_is_found_and_added(cast: Cast, case: Case) -> None:
    shipment = Shipment.objects.create(
        organisation=cast.larkfield, number="SHP-77", tracking_number="BWF 123 456"
    )
    ShipmentNumber.objects.create(shipment=shipment, kind="tracking", value="BWF123456")
    foreign = Shipment.objects.create(organisation=cast.quillon, number="SHP-78")
    ShipmentNumber.objects.create(shipment=foreign, kind="tracking", value="BWF123457")
    ana = Desk(cast.ana, case)
    found = words_of(ana.ask("fields/shipment", **{"p-shipment-q": "bwf 1234"}))
    assert "SHP-77" in found
    assert "SHP-78" not in found
    assert ana.do("fields/shipment", shipment=foreign.pk, before="").status_code == 422
    assert ana.do("fields/shipment", shipment=shipment.pk, before="").status_code == 302
    assert "SHP-77" in ana.read()


def test_what_only_the_host_may_change_is_refused_to_the_partner(cast: Cast) -> None:
    case = shared_with_brightwater(cast)
    Desk(cast.omar, case).do("claim")
    assert Desk(cast.omar, case).do("fields/contact", contact="1", before="").status_code in (403, 409, 422)
    assert Desk(cast.omar, case).do("fields/crm_number", crm_number="OMAR-1", before="").status_code == 302
    assert "OMAR-1" not in Desk(cast.ana, case).read()


def test_a_solved_case_isnt_edited(cast: Cast, case: Case) -> None:
    ana = Desk(cast.ana, case)
    ana.do("closure", reason=closure_reason(cast).pk, note="Done")
    assert 'class="edit"' not in ana.read()
    assert ana.do("fields/crm_number", crm_number="1", before="").status_code == 409


def test_unknown_fields_and_strangers_get_nothing(cast: Cast, case: Case) -> None:
    assert Desk(cast.ana, case).ask("fields/status").status_code == 404
    assert Desk(cast.ana, case).do("fields/owner", owner="x").status_code == 404
    for person in (cast.pia, cast.omar, cast.kim):
        assert Desk(person, case).do("fields/subject", subject="Mine", before="").status_code == 404
    assert side_of(case, cast.larkfield).subject == "Crate held"


def test_a_customers_case_keeps_its_customer(cast: Cast) -> None:
    case = raised_by_kim(cast)
    other = cast.contact(cast.max)
    answer = Desk(cast.lea, case).do("fields/contact", contact=other.pk, before=str(case.contact_id))
    assert answer.status_code == 422
    assert "another customer account" in words_of(answer)
