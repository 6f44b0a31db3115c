"""One honest total: what guides and the status of shipments spared, by day and organisation."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from caseway.cases.creation.actions import create
from caseway.cases.creation.fields import NewCase
from caseway.cases.guides.counting import record_solved
from caseway.cases.guides.deflections import Deflected, deflected
from caseway.core.clock import standing_at
from caseway.demo.cast import Cast
from caseway.guidance.tests.writing import guide_of, larkfields
from caseway.portal.tests.people import shipment_for
from caseway.shipments import answering
from caseway.shipments.models import Shipment

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 16, 23, 30, tzinfo=UTC)
TUESDAY = MONDAY + timedelta(days=1)


@pytest.fixture
def world(cast: Cast) -> Cast:
    """Monday: Kim by a guide and by a shipment. Tuesday: Jo by a guide, Max by one as well."""
    guide, shipment = guide_of(larkfields(cast)), shipment_for(cast)
    with standing_at(MONDAY):
        record_solved(guide, by=cast.in_portal(cast.kim))
        answering.record_shown([shipment], to=cast.in_portal(cast.jo))
        answering.record_solved(shipment.number, by=cast.in_portal(cast.kim))
    with standing_at(TUESDAY):
        record_solved(guide, by=cast.in_portal(cast.jo))
        record_solved(guide, by=cast.in_portal(cast.max))
    return cast


def told(cast: Cast) -> list[Deflected]:
    return deflected(cast.larkfield, MONDAY.date(), TUESDAY.date())


def test_both_kinds_by_day(world: Cast) -> None:
    days = told(world)
    assert days == [Deflected(MONDAY.date(), 1, 1), Deflected(TUESDAY.date(), 2, 0)]
    assert [day.total for day in days] == [2, 2]
    assert deflected(world.larkfield, TUESDAY.date(), TUESDAY.date()) == days[1:]
    assert deflected(world.quillon, MONDAY.date(), TUESDAY.date()) == []


def test_what_was_raised_after_all_counts_no_more(world: Cast) -> None:
    with standing_at(TUESDAY + timedelta(minutes=10)):
        case = NewCase(subject="Still", description="Wet", shipment=shipment_number())
        create(case, by=world.in_portal(world.kim))
        create(NewCase(subject="And", description="Wet"), by=world.in_portal(world.jo))
    assert told(world) == [Deflected(MONDAY.date(), 1, 1), Deflected(TUESDAY.date(), 1, 0)]


def test_a_day_later_by_another_device_it_still_counts_no_more(world: Cast) -> None:
    with standing_at(MONDAY + timedelta(hours=2)):
        case = NewCase(subject="Still", description="Wet", shipment=shipment_number())
        create(case, by=world.in_portal(world.kim))
    assert told(world) == [Deflected(TUESDAY.date(), 2, 0)]


def shipment_number() -> str:
    return Shipment.objects.get().number


def test_two_queries_for_any_number_of_days(world: Cast) -> None:
    with CaptureQueriesContext(connection) as asked:
        told(world)
    assert len(asked) == 2
