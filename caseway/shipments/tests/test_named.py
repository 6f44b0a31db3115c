"""Which shipments a text names, and how honestly it is counted that they answered."""

import pytest
import time_machine

from caseway.core.errors import NotFound
from caseway.demo.cast import Cast
from caseway.portal.tests.people import shipment_for
from caseway.shipments.answering import record_shown, record_solved
from caseway.shipments.models import Shipment, ShipmentNumber, StatusAnswer
from caseway.shipments.queries import named_in


@pytest.fixture
def parcel(cast: Cast) -> Shipment:
    return numbered(shipment_for(cast, "SHP-1"), "tracking", "1Z999AA10123456784")


def numbered(shipment: Shipment, kind: str, value: str) -> Shipment:
    ShipmentNumber.objects.create(shipment=shipment, kind=kind, value=value)
    return shipment


def test_a_text_names_shipments_by_any_number(
    cast: Cast, parcel: Shipment, django_assert_num_queries
) -> None:
    sscc = numbered(shipment_for(cast, "SHP-2"), "reference", "106141412345678908")
    shipment_for(cast, "SHP-22222")
    kim = cast.in_portal(cast.kim)
    text = "Where is 1Z 999 AA1 01 2345 6784, and (00)106141412345678908?"
    with django_assert_num_queries(2):
        named = named_in(kim, text)
        assert [len(one.latest_events) for one in named.shipments] == [0, 0]  # type: ignore[attr-defined]
    assert {one.pk for one in named.shipments} == {parcel.pk, sscc.pk}
    assert [one.number for one in named_in(kim, text, "SHP-2").shipments] == ["SHP-2", "SHP-1"]
    with django_assert_num_queries(0):
        assert named_in(kim, "My sofa is late, since 18.11.2026").shipments == []


def test_only_their_own_are_named(cast: Cast, parcel: Shipment) -> None:
    for stranger in (cast.in_portal(cast.max), cast.at_desk(cast.pia), cast.at_desk(cast.omar)):
        seen = named_in(stranger, "Where is 1Z999AA10123456784?", "SHP-1").shipments
        assert seen == ([parcel] if stranger.person == cast.omar else [])


def test_a_slip_is_told_unless_the_shipment_is_there(cast: Cast, parcel: Shipment) -> None:
    text = "tracking 1Z999AA10123456785"
    kim = cast.in_portal(cast.kim)
    assert [one.value for one in named_in(kim, text).slips] == ["1Z999AA10123456785"]
    numbered(
        shipment_for(cast, "SHP-3", tracking_number="1Z999AA10123456785"), "tracking", "1Z999AA10123456785"
    )
    assert named_in(kim, text).slips == []


def test_an_answer_counts_once_a_day(cast: Cast, parcel: Shipment) -> None:
    kim = cast.in_portal(cast.kim)
    with time_machine.travel("2026-11-20T10:00Z", tick=False) as moment:
        for _ in range(3):
            record_shown([parcel], to=kim)
        assert list(StatusAnswer.objects.values_list("solved_at", flat=True)) == [None]
        record_solved("SHP-1", by=kim)
        first = StatusAnswer.objects.get().solved_at
        moment.shift(600)
        record_solved("SHP-1", by=kim)
        assert StatusAnswer.objects.get().solved_at == first
        moment.shift(86_400)
        record_shown([parcel], to=kim)
    assert StatusAnswer.objects.count() == 2
    assert StatusAnswer.objects.filter(solved_at=None).count() == 1


def test_strangers_and_agents_answer_nothing(cast: Cast, parcel: Shipment) -> None:
    for stranger in (cast.in_portal(cast.max), cast.at_desk(cast.ana)):
        with pytest.raises(NotFound):
            record_solved("SHP-1", by=stranger)
    record_shown([parcel], to=cast.at_desk(cast.ana))
    assert not StatusAnswer.objects.exists()
