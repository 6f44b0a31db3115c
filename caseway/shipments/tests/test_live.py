"""Where a shipment is, in its customer's words, zone and language."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.utils import translation

from caseway.accounts.viewer import Viewer
from caseway.demo.cast import Cast
from caseway.shipments.live import LiveStatus, status_for_customer
from caseway.shipments.models import Shipment, ShipmentEvent

NOON = datetime(2026, 11, 20, 20, 0, tzinfo=UTC)  # 12:00 in Los Angeles
EVENTS = {
    "picked": ("Picked up", "Reno NV", "2026-11-19T15:30Z", False),
    "left": ("Departed terminal", "Reno NV", "2026-11-19T23:10Z", False),
    "out": ("Out for delivery", "Oakland CA", "2026-11-20T16:10Z", False),
    "signed": ("Delivered, signed by M. Ortiz", "Oakland CA", "2026-11-20T17:40Z", False),
    "damaged": ("Crate damaged", "Elko NV", "2026-11-20T01:05Z", True),
    "old": ("Departed terminal", "Reno NV", "2026-11-14T23:10Z", False),
}


@pytest.fixture
def kim(cast: Cast) -> Viewer:
    cast.kim.time_zone = "America/Los_Angeles"
    cast.kim.language = "en"
    cast.kim.save()
    return cast.in_portal(cast.kim)


def told(viewer: Viewer, status: str, *names: str, eta: str = "", delivered: str = "") -> LiveStatus:
    """The status of a shipment with these events, the newest first."""
    shipment = Shipment(
        number="SHP-1",
        status=status,
        eta=datetime.fromisoformat(eta) if eta else None,
        delivered_at=datetime.fromisoformat(delivered) if delivered else None,
    )
    events = [
        ShipmentEvent(
            description=words, place=place, happened_at=datetime.fromisoformat(at), is_exception=bad
        )
        for words, place, at, bad in (EVENTS[name] for name in names)
    ]
    with time_machine.travel(NOON, tick=False):
        return status_for_customer(shipment, viewer, events)


def sentences(live: LiveStatus) -> str:
    return " ".join(part.striptags() for part in (live.words, *live.more))


@pytest.mark.parametrize(
    ("status", "names", "times", "words"),
    [
        (
            "out_for_delivery",
            ["out", "left", "picked"],
            {"eta": "2026-11-21T01:00Z"},
            "Out for delivery since today 08:10. Expected today by 17:00.",
        ),
        (
            "in_transit",
            ["left", "picked"],
            {"eta": "2026-11-22T01:00Z"},
            "In transit: Departed terminal, Reno NV, yesterday 15:10. Expected tomorrow by 17:00.",
        ),
        (
            "in_transit",
            ["left"],
            {"eta": "2026-11-18T20:00Z"},
            "In transit: Departed terminal, Reno NV, yesterday 15:10. It is late: it was expected 18 Nov.",
        ),
        (
            "exception",
            ["damaged", "left"],
            {"eta": "2026-11-24T20:00Z"},
            "Exception. Crate damaged, Elko NV, yesterday 17:05. Expected 24 Nov.",
        ),
        (
            "delivered",
            ["signed", "out"],
            {"eta": "2026-11-18T20:00Z", "delivered": "2026-11-20T17:40Z"},
            "Delivered, signed by M. Ortiz, Oakland CA, today 09:40.",
        ),
        ("delivered", [], {"delivered": "2026-11-20T17:40Z"}, "Delivered, today 09:40."),
        ("delivered", [], {}, "Delivered."),
        (
            "in_transit",
            ["old"],
            {},
            "In transit: Departed terminal, Reno NV, 14 Nov, 15:10. No news for 5 days.",
        ),
        ("planned", [], {"eta": "2026-11-24T20:00Z"}, "Planned. Expected 24 Nov."),
        ("planned", ["old"], {}, "Planned."),
        ("returned", ["damaged"], {"eta": "2026-11-24T20:00Z"}, "Returned."),
        ("cancelled", ["old"], {"eta": "2026-11-24T20:00Z"}, "Cancelled."),
    ],
)
def test_words(
    cast: Cast, kim: Viewer, status: str, names: list[str], times: dict[str, str], words: str
) -> None:
    assert sentences(told(kim, status, *names, **times)) == words


def test_what_asks_for_attention(cast: Cast, kim: Viewer) -> None:
    late = told(kim, "in_transit", "left", eta="2026-11-18T20:00Z")
    bad = told(kim, "exception", "damaged")
    fine = told(kim, "delivered", "signed", eta="2026-11-18T20:00Z")
    assert [(one.is_bad, one.is_late) for one in (late, bad, fine)] == [
        (False, True), (True, False), (False, False)
    ]  # fmt: skip


def test_it_is_told_in_the_readers_zone_and_language(cast: Cast, kim: Viewer) -> None:
    max_ = cast.in_portal(cast.max)
    assert max_.person
    max_.person.time_zone, max_.person.language = "Asia/Tokyo", "de"
    with translation.override("fr"):
        german = told(max_, "out_for_delivery", "out")
        french = told(kim, "out_for_delivery", "out")
    assert "seit heute 01:10" in german.words.striptags()
    assert "depuis aujourd’hui 08:10" in french.words.striptags()
    assert 'datetime="2026-11-20T16:10:00+00:00"' in french.words


def test_what_the_feed_says_is_never_markup(cast: Cast, kim: Viewer) -> None:
    shipment = Shipment(number="S", status="in_transit")
    event = ShipmentEvent(description="<b>100%</b> %(x)s", place="<i>", happened_at=NOON)
    live = status_for_customer(shipment, kim, [event])
    assert "&lt;b&gt;100%&lt;/b&gt; %(x)s, &lt;i&gt;" in live.words
    assert "<b>" not in live.words
