"""Internal, listed, shared: what the other organisation sees of a case, finds, and is told."""

from typing import Any

import pytest

from caseway.accounts.viewer import Viewer
from caseway.api.tests.callers import Caller
from caseway.cases.creation.actions import create
from caseway.cases.creation.fields import NewCase
from caseway.cases.models import Case, CaseEvent, Side
from caseway.cases.ownership.actions import claim
from caseway.cases.partnering.actions import add_partner
from caseway.cases.tests.browsing import Desk, words_of
from caseway.cases.tests.story import fresh, says
from caseway.cases.types import Audience, Sharing
from caseway.demo.cast import Cast
from caseway.mail.models import Delivery
from caseway.notifications.models import Notice
from caseway.shipments.models import Shipment

pytestmark = pytest.mark.django_db


@pytest.fixture
def shipment(cast: Cast) -> Shipment:
    return Shipment.objects.create(
        organisation=cast.larkfield, number="SHP-7", shipper=cast.larkfield, carrier=cast.brightwater
    )


def made(cast: Cast, shipment: Shipment, **more: Any) -> Case:
    """Ana's case of the shipment, with her own words."""
    words = "Our own words"
    new = NewCase(subject=words, description="Our own story", shipment=shipment.number, **more)
    return create(new, by=cast.at_desk(cast.ana))


def seen(cast: Cast, shipment: Shipment) -> str:
    """The shipment's page at the carrier."""
    return words_of(Desk(cast.omar).get(f"/desk/shipments/{shipment.pk}/"))


def told(cast: Cast) -> int:
    """How much the carrier was told: notices and mails."""
    theirs = {"organisation": cast.brightwater}
    mails = Delivery.objects.filter(address__endswith="@brightwater.example")
    return Notice.objects.filter(**theirs).count() + mails.count()


def events_of(case: Case, viewer: Viewer) -> int:
    return CaseEvent.objects.visible_to(viewer).filter(case=case).count()


def test_without_a_partner_a_case_is_internal(cast: Cast, shipment: Shipment) -> None:
    case = made(cast, shipment)
    assert Side.objects.get(case=case).sharing == Sharing.INTERNAL
    assert case.number not in seen(cast, shipment)
    assert Desk(cast.omar, case).get(f"/desk/cases/{case.number}").status_code == 404
    assert (told(cast), events_of(case, cast.at_desk(cast.omar))) == (0, 0)


def test_deselected_it_is_listed_on_the_shipments_page_alone(cast: Cast, shipment: Shipment) -> None:
    case = made(cast, shipment, partner="brightwater", partner_listed=True, type="damaged")
    page, omar = seen(cast, shipment), cast.at_desk(cast.omar)
    for words in (case.number, "Damaged", "Open"):
        assert words in page
    for words in ("Our own", "Ana Reyes", cast.ana.name, f"/desk/cases/{case.number}"):
        assert words not in page
    browser = Desk(cast.omar, case)
    assert browser.get(f"/desk/cases/{case.number}").status_code == 404
    assert case.number not in words_of(browser.get("/desk/cases/?view=all"))
    assert Caller(cast.omar).get(f"/cases/{case.number}").status_code == 404
    assert (told(cast), events_of(case, omar)) == (0, 0)


def test_what_happens_to_a_listed_case_is_told_to_nobody_there(cast: Cast, shipment: Shipment) -> None:
    case = made(cast, shipment, partner="brightwater", partner_listed=True)
    says(case, cast.at_desk(cast.ana), Audience.TEAM, "Ours")
    Desk(cast.ana, case).do("suspension", note="Strike")
    assert "On hold" in seen(cast, shipment)
    assert "Strike" not in seen(cast, shipment)
    assert (told(cast), events_of(case, cast.at_desk(cast.omar))) == (0, 0)


def test_added_later_the_partner_reads_the_words_written_for_it(cast: Cast, shipment: Shipment) -> None:
    case = made(cast, shipment, partner="brightwater", partner_listed=True)
    desk = Desk(cast.ana, case)
    assert desk.do("partner", partner="brightwater", sharing="shared").status_code == 422
    words = {"partner_subject": "Crate 7", "partner_text": "Please look for it."}
    assert desk.do("partner", partner="brightwater", sharing="shared", **words).status_code == 302
    page = Desk(cast.omar, case).read()
    assert "Crate 7" in page
    assert "Please look for it." in page
    assert "Our own" not in page
    assert told(cast) > 0


def test_without_an_owner_the_addresses_are_told_with_one_the_owner_and_never_both(
    cast: Cast, shipment: Shipment
) -> None:
    pair = cast.larkfield_brightwater
    pair.carrier_addresses = ["night@brightwater.example", "day@brightwater.example"]
    pair.save()
    case, ana = made(cast, shipment), cast.at_desk(cast.ana)
    add_partner(case, by=ana, partner=cast.brightwater, subject="Crate 7", text="Please look.")
    assert reached(case) == ["day@brightwater.example", "night@brightwater.example"]
    claim(fresh(case), by=cast.at_desk(cast.omar))
    says(case, ana, Audience.PARTNER, "Thank you")
    assert reached(case)[2:] == [cast.omar.email]
    Desk(cast.omar, case).do("release")
    says(case, ana, Audience.PARTNER, "Hello?")
    assert reached(case)[3:] == ["day@brightwater.example", "night@brightwater.example"]


def reached(case: Case) -> list[str]:
    """Whom the carrier's mails of the case went to, in order, each message's by name."""
    rows = Delivery.objects.filter(case=case, address__endswith="@brightwater.example")
    return list(rows.order_by("message", "address").values_list("address", flat=True))
