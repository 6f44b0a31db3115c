"""Who sees which shipment, and how it is found."""

from pathlib import Path

import pytest

from caseway.accounts.viewer import NOBODY, Viewer
from caseway.core.errors import NotFound
from caseway.demo.cast import Cast
from caseway.shipments.feed.actions import import_file
from caseway.shipments.models import Shipment
from caseway.shipments.queries import find, shipment_page

FEED = """number,tracking,po,carrier,customer,event_at,event_code
S-10,1Z-AB.1,PO/7,brightwater,LK-1001,2026-11-18T08:00:00Z,AF
S-10,,,,,2026-11-19T08:00:00Z,D1
S-100,1Z-AB.2,PO/7,tamarack,LK-1002,,
S-2,1Z-CD.1,S10,Oddball,,,
"""


@pytest.fixture
def shipments(cast: Cast, tmp_path: Path) -> dict[str, Shipment]:
    path = tmp_path / "feed.csv"
    path.write_text(FEED)
    assert not import_file(path, cast.larkfield).refused
    return {shipment.number: shipment for shipment in Shipment.objects.all()}


def numbers(viewer: Viewer, typed: str) -> list[str]:
    return [shipment.number for shipment in find(viewer, typed)]


def test_exact_matches_come_before_beginnings(cast: Cast, shipments: dict[str, Shipment]) -> None:
    ana = cast.at_desk(cast.ana)
    assert numbers(ana, "s-10") == ["S-2", "S-10", "S-100"]
    assert numbers(ana, "1z ab") == ["S-100", "S-10"]
    assert numbers(ana, "PO 7") == ["S-100", "S-10"]


def test_short_and_odd_words(cast: Cast, shipments: dict[str, Shipment]) -> None:
    ana = cast.at_desk(cast.ana)
    assert numbers(ana, "s2") == ["S-2"]
    assert [numbers(ana, typed) for typed in ("S", "", "--", "%%%", "1Z_B", "x" * 500)] == [[]] * 6


def test_each_sees_their_own(cast: Cast, shipments: dict[str, Shipment]) -> None:
    assert numbers(cast.at_desk(cast.omar), "1Z") == []
    assert numbers(cast.at_desk(cast.omar), "1ZA") == ["S-10"]
    assert numbers(cast.at_desk(cast.pia), "1ZA") == []
    assert numbers(cast.in_portal(cast.kim), "1ZA") == ["S-10"]
    assert numbers(cast.in_portal(cast.max), "1ZA") == ["S-100"]
    assert numbers(NOBODY, "1ZA") == []


def test_find_takes_two_queries(
    cast: Cast, shipments: dict[str, Shipment], django_assert_num_queries
) -> None:
    ana = cast.at_desk(cast.ana)
    with django_assert_num_queries(2):
        assert [shipment.carrier_label for shipment in find(ana, "1ZAB")]


def test_find_is_limited(cast: Cast, shipments: dict[str, Shipment]) -> None:
    assert len(find(cast.at_desk(cast.ana), "1Z-", limit=1)) == 0
    assert len(find(cast.at_desk(cast.ana), "1ZA", limit=1)) == 1


def test_the_page_has_events_newest_first(
    cast: Cast, shipments: dict[str, Shipment], django_assert_num_queries
) -> None:
    omar = cast.at_desk(cast.omar)
    with django_assert_num_queries(3):
        shipment = shipment_page(omar, shipments["S-10"].pk)
        assert [event.code for event in shipment.events.all()] == ["D1", "AF"]
        assert {number.value for number in shipment.numbers.all()} == {"S10", "1ZAB1", "PO7"}


@pytest.mark.parametrize(("person", "number"), [("pia", "S-10"), ("omar", "S-100")])
def test_a_stranger_gets_what_does_not_exist(
    cast: Cast, shipments: dict[str, Shipment], person: str, number: str
) -> None:
    viewer = cast.at_desk(getattr(cast, person))
    with pytest.raises(NotFound):
        shipment_page(viewer, shipments[number].pk)
    with pytest.raises(NotFound):
        shipment_page(viewer, 0)
