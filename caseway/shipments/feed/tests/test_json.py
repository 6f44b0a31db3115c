"""JSON, in its three usual shapes."""

import json

import pytest

from caseway.shipments.feed import json_rows

from .feeds import Feed, stored

EVENTS = [
    {"at": "2026-11-18T08:00:00Z", "code": "X6", "place": "Gary"},
    {"at": "2026-11-19T09:30:00Z", "code": "SD", "description": "Delayed by snow", "place": "Gary"},
]
SHIPMENT = {
    "number": "S-1",
    "purchaseOrder": 4711,
    "carrier": "tamarack",
    "origin": {"name": "DC", "country": "us"},
    "destination": {"name": "Hotel", "postal_code": "10001"},
    "events": EVENTS,
}


@pytest.mark.parametrize(
    "text",
    [
        json.dumps([SHIPMENT]),
        json.dumps({"shipments": [SHIPMENT]}, indent=2),
        json.dumps(SHIPMENT) + "\n" + json.dumps({"number": "S-2"}) + "\n",
        "\ufeff " + json.dumps([SHIPMENT]),
    ],
    ids=["array", "object", "lines", "with a mark"],
)
def test_the_shapes(feed: Feed, text: str) -> None:
    assert feed.read(text).refused == []
    shipment = stored("S-1")
    assert (shipment.purchase_order, shipment.origin_country) == ("4711", "US")
    assert (shipment.carrier_label, shipment.destination_postal_code) == ("Tamarack Parcel", "10001")
    assert [e.description for e in shipment.events.all()] == ["Delayed by snow", "X6"]
    assert shipment.status == "exception"
    assert [e.is_exception for e in shipment.events.all()] == [True, False]


def test_the_same_file_twice_changes_nothing(feed: Feed) -> None:
    feed.read(json.dumps([SHIPMENT]))
    assert feed.counts(json.dumps([SHIPMENT])) == "0 created, 0 updated, 1 unchanged, 0 refused"


def test_one_more_event_updates(feed: Feed) -> None:
    feed.read(json.dumps([SHIPMENT]))
    more = SHIPMENT | {"events": [*EVENTS, {"time": "2026-11-20T12:00:00Z", "status": "Delivered"}]}
    assert feed.counts(json.dumps([more])) == "0 created, 1 updated, 0 unchanged, 0 refused"
    assert stored("S-1").status == "delivered"


def test_an_event_that_comes_late_does_not_turn_the_status_back(feed: Feed) -> None:
    delivered = {"at": "2026-11-20T12:00:00Z", "code": "D1"}
    feed.read(json.dumps([SHIPMENT | {"events": [delivered]}]))
    feed.read(json.dumps([SHIPMENT]))
    assert stored("S-1").status == "delivered"
    assert stored("S-1").events.count() == 3


def test_a_status_that_is_given_holds(feed: Feed) -> None:
    feed.read(json.dumps([SHIPMENT | {"status": "In transit"}]))
    assert stored("S-1").status == "in_transit"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[{"number": "S-1"},\n 7,\n {"number": "S-2"}]', "line 2: a shipment is an object in braces, not 7"),
        ('[{"number": "S-1", "goods": ["a"]}]', "line 1, goods: must be one value"),
        ('[{"number": "S-1", "events": {"a": 1}}]', "line 1, events: must be a list of objects"),
        ('[{"number": "S-1", "goods": true}]', "line 1, goods: True is not text"),
        ('[{"number": "S-1"},\n{"number": "S-2",,}]', "line 2: from here on the file is not JSON"),
        ('[{"number": "S-1"}, {"number": "S-2"', "line 1: from here on the file is not JSON"),
    ],
)
def test_refusals(feed: Feed, text: str, message: str) -> None:
    assert feed.refusal(text).startswith(message)


def test_deep_nesting_is_refused(feed: Feed) -> None:
    assert "not JSON" in feed.refusal("[" * 200_000)


def test_a_record_that_never_ends_is_refused_early(feed: Feed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_rows, "LARGEST_RECORD", 100_000)
    assert "not JSON" in feed.refusal('[{"number": "S-1", "goods": "' + "x" * 3_000_000)


def test_records_across_the_borders_of_chunks(feed: Feed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_rows, "CHUNK", 7)
    text = json.dumps([SHIPMENT | {"number": f"S-{n}"} for n in range(30)], indent=1)
    assert feed.counts(text) == "30 created, 0 updated, 0 unchanged, 0 refused"


def test_signs_that_the_database_cannot_hold(feed: Feed) -> None:
    feed.read('[{"number": "S-1", "goods": "a\\u0000b\\ud800c"}]')
    assert stored("S-1").goods == "ab?c"
