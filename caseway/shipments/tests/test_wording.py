"""Words for how a shipment stands."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.utils import timezone, translation

from caseway.shipments.models import Shipment
from caseway.shipments.wording import standing_of

NOON = datetime(2026, 11, 20, 17, 0, tzinfo=UTC)  # 12:00 in New York


@pytest.mark.parametrize(
    ("status", "eta", "delivered", "words"),
    [
        ("delivered", "", "2026-11-19T20:00Z", "Delivered 19 Nov"),
        ("delivered", "", "2025-11-19T20:00Z", "Delivered 19 Nov 2025"),
        ("delivered", "", "2026-11-20T03:00Z", "Delivered 19 Nov"),
        ("delivered", "", "", "Delivered"),
        ("out_for_delivery", "2026-11-20T22:00Z", "", "Out for delivery, expected today by 17:00"),
        ("in_transit", "2026-11-21T22:00Z", "", "In transit, expected tomorrow by 17:00"),
        ("in_transit", "2026-11-22T04:59Z", "", "In transit, expected tomorrow"),
        ("in_transit", "2026-11-21T04:59Z", "", "In transit, expected today"),
        ("in_transit", "2026-11-24T15:00Z", "", "In transit, expected 24 Nov"),
        ("exception", "2026-11-18T15:00Z", "", "Exception, was expected 18 Nov"),
        ("cancelled", "2026-11-24T15:00Z", "", "Cancelled"),
        ("planned", "", "", "Planned"),
    ],
)
def test_words(status: str, eta: str, delivered: str, words: str) -> None:
    shipment = Shipment(
        status=status,
        eta=datetime.fromisoformat(eta) if eta else None,
        delivered_at=datetime.fromisoformat(delivered) if delivered else None,
    )
    with (
        time_machine.travel(NOON, tick=False),
        timezone.override("America/New_York"),
        translation.override("en"),
    ):
        assert standing_of(shipment) == words
