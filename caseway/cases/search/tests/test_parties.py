"""Cases are found by carrier, shipper and partner, as the other side is called."""

import pytest

from caseway.accounts.viewer import Viewer
from caseway.cases.creation.actions import create
from caseway.cases.creation.fields import NewCase
from caseway.cases.editing.actions import edit
from caseway.cases.partnering.actions import add_partner
from caseway.cases.tests.story import raised_by_kim
from caseway.cases.views.filters import CaseFilter
from caseway.cases.views.named import View
from caseway.cases.views.queries import listing_of
from caseway.demo.cast import Cast
from caseway.shipments.feed.record import Record
from caseway.shipments.feed.writing import store
from caseway.shipments.models import Shipment

pytestmark = pytest.mark.django_db


def found(viewer: Viewer, typed: str) -> list[str]:
    return [row.side.number for row in listing_of(CaseFilter(view=View.ALL, q=typed), viewer).rows]


def shipment(cast: Cast, number: str, **more: object) -> Shipment:
    return Shipment.objects.create(organisation=cast.larkfield, number=number, shipper=cast.larkfield, **more)


def test_a_case_is_found_by_its_carrier(cast: Cast) -> None:
    ana = cast.at_desk(cast.ana)
    shipment(cast, "S-1", carrier=cast.brightwater)
    shipment(cast, "S-2", carrier_name="Ostsee Spedition")
    theirs = create(NewCase(subject="Late", description="x", shipment="S-1"), by=ana)
    named = create(NewCase(subject="Late", description="x", shipment="S-2"), by=ana)
    assert found(ana, "brightwater late") == [theirs.number]
    assert found(ana, "ostsee") == [named.number]
    assert found(ana, "larkfield") == [], "one's own name says nothing"
    edit(theirs, by=ana, changes={"shipment": "S-2"})
    assert found(ana, "brightwater") == []
    assert set(found(ana, "ostsee")) == {theirs.number, named.number}


def test_each_side_finds_a_shared_case_by_the_other(cast: Cast) -> None:
    case, lea, omar = raised_by_kim(cast), cast.at_desk(cast.lea), cast.at_desk(cast.omar)
    assert found(lea, "brightwater") == []
    add_partner(case, by=lea, partner=cast.brightwater, subject="Crate", text="Please look.")
    assert found(lea, "brightwater") == [case.number]
    assert found(omar, "larkfield") == [case.number]


def test_a_case_that_is_only_listed_is_not_found(cast: Cast) -> None:
    case, lea = raised_by_kim(cast), cast.at_desk(cast.lea)
    add_partner(case, by=lea, partner=cast.brightwater, subject="Crate", text="", listed=True)
    omar = cast.at_desk(cast.omar)
    assert found(omar, "larkfield") == found(omar, "crate") == found(omar, case.number) == []


def test_a_case_follows_the_carrier_that_the_feed_tells(cast: Cast) -> None:
    ana = cast.at_desk(cast.ana)
    store(cast.larkfield, [Record(line=1, number="S-1", changes={"carrier_name": "Ostsee Spedition"})])
    case = create(NewCase(subject="Late", description="x", shipment="S-1"), by=ana)
    assert found(ana, "ostsee") == [case.number]
    store(cast.larkfield, [Record(line=1, number="S-1", changes={"carrier_name": "Alpen Spedition"})])
    assert found(ana, "ostsee") == []
    assert found(ana, "alpen") == [case.number]
