"""What the palette finds: one's own, by number and words; recent first; places by role."""

import re

import pytest
from django.test import Client

from caseway.accounts.models import Person
from caseway.cases.conversation.actions import see
from caseway.cases.tests.story import owned_by_ana, raised_by_kim, says, side_of
from caseway.cases.types import Audience
from caseway.core.clock import now
from caseway.demo.cast import Cast
from caseway.shipments.models import Shipment, ShipmentNumber

QUERIES = 16
"""At most, for whatever is typed: signing in takes three of them."""


def found(person: Person, typed: str) -> dict[str, list[str]]:
    """The labels by the heading of their group."""
    client = Client()
    client.force_login(person)
    answer = client.get("/desk/palette", {"q": typed})
    assert answer.status_code == 200
    groups = answer.content.decode().split('role="group" aria-label="')[1:]
    return {
        group.partition('"')[0]: re.findall(r'role="option".*?<span>(.*?)</span>', group, re.DOTALL)
        for group in groups
    }


def test_a_case_is_found_by_number_and_by_words(cast: Cast) -> None:
    case, other = raised_by_kim(cast, "Walnut sideboard"), raised_by_kim(cast, "Oak table")
    label = f"{case.number} Walnut sideboard"
    assert found(cast.ana, case.number)["Cases"] == [label]
    assert found(cast.ana, "walnut")["Cases"] == [label]
    assert found(cast.ana, "table")["Cases"] == [f"{other.number} Oak table"]


def test_a_case_is_found_while_its_word_is_still_typed(cast: Cast) -> None:
    walnut, wall = raised_by_kim(cast, "Walnut sideboard"), raised_by_kim(cast, "Wall clock")
    begun = [f"{wall.number} Wall clock", f"{walnut.number} Walnut sideboard"]
    assert found(cast.ana, "wal")["Cases"] == begun
    assert found(cast.ana, "wall")["Cases"] == begun[:1]
    assert found(cast.ana, "sideboard wal")["Cases"] == begun[1:]
    assert "Cases" not in found(cast.ana, "alnut")
    assert "Cases" not in found(cast.pia, "wal")
    for odd in ("'wal", "wal'", "wal & !", "wal:*", "\\wal", "' | '"):
        found(cast.ana, odd)


def test_a_record_is_found_by_its_readers_alone(cast: Cast) -> None:
    case = owned_by_ana(cast)
    says(case, cast.at_desk(cast.ana), Audience.RECORD, "Zirconium claim")
    label = f"{case.number} Crate held"
    assert found(cast.ana, "zircon")["Cases"] == [label]
    assert found(cast.admin, "zircon")["Cases"] == [label]
    assert "Cases" not in found(cast.lea, "zircon")


def test_a_tracking_number_finds_the_shipment_and_its_cases(cast: Cast) -> None:
    case = raised_by_kim(cast, "Walnut sideboard")
    shipment = Shipment.objects.create(organisation=cast.larkfield, number="SHP-1")
    ShipmentNumber.objects.create(shipment=shipment, kind="tracking", value="BWF44719082")
    case.shipment = shipment
    case.save(update_fields=["shipment"])
    groups = found(cast.ana, "bwf 4471")
    assert groups["Shipments"] == ["SHP-1"]
    assert groups["Cases"] == [f"{case.number} Walnut sideboard"]


def test_a_customer_is_found_by_how_a_word_of_it_begins(cast: Cast) -> None:
    assert found(cast.ana, "orch")["Customers"] == ["Orchid Hotels"]
    assert found(cast.ana, "hotels")["Customers"] == ["Orchid Hotels"]
    assert "Customers" not in found(cast.ana, "otels")


@pytest.mark.parametrize("typed", ["walnut", "{number}", "Orchid", "SHP-1"])
def test_strangers_find_nothing(cast: Cast, typed: str) -> None:
    case = raised_by_kim(cast, "Walnut sideboard")
    Shipment.objects.create(organisation=cast.larkfield, number="SHP-1")
    assert found(cast.pia, typed.format(number=case.number)) == {}


def test_nothing_typed_gives_what_was_opened_last(cast: Cast) -> None:
    first, second, never = (raised_by_kim(cast, f"Sideboard {n}") for n in range(3))
    for case in (second, first):
        see(case, by=cast.at_desk(cast.ana))
    labels = found(cast.ana, "")["Opened last"]
    assert [label.split()[0] for label in labels] == [first.number, second.number]
    assert never.number not in str(labels)
    assert "Opened last" not in found(cast.ben, "")


def test_what_was_opened_is_forgotten_where_it_is_out_of_sight(cast: Cast) -> None:
    case = owned_by_ana(cast)
    see(case, by=cast.at_desk(cast.ana))
    side_of(case, cast.larkfield).delete()
    assert "Opened last" not in found(cast.ana, "")


def test_places_are_those_that_one_may_open(cast: Cast) -> None:
    assert found(cast.ana, "my act")["Go to"] == ["My active cases"]
    assert "Audit log" in found(cast.admin, "audit")["Go to"]
    assert "Go to" not in found(cast.ana, "audit")


def test_settings_are_found_by_what_they_are_for(cast: Cast) -> None:
    assert found(cast.admin, "sliders nobody") == {}
    assert "Policies" in found(cast.admin, "closing")["Go to"]


def test_one_sign_looks_for_no_thing(cast: Cast) -> None:
    raised_by_kim(cast, "W")
    assert set(found(cast.ana, "w")) <= {"Go to"}


def test_it_asks_little(cast: Cast, django_assert_max_num_queries) -> None:
    for n in range(8):
        see(raised_by_kim(cast, f"Walnut sideboard {n} {now():%H}"), by=cast.at_desk(cast.ana))
    client = Client()
    client.force_login(cast.ana)
    for typed in ("", "walnut", "CV00", "orch"):
        with django_assert_max_num_queries(QUERIES):
            client.get("/desk/palette", {"q": typed})
