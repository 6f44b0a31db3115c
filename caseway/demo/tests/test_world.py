"""The demo world is as the docs say, and loading it again changes nothing."""

from datetime import timedelta

import pytest

from caseway.cases.models import Case, CaseEvent, Message, Side
from caseway.cases.status import Status
from caseway.cases.types import Audience
from caseway.core.clock import now
from caseway.demo.world.load import load_demo_world
from caseway.mail.models import Delivery, RawMail, Why
from caseway.shipments.models import Shipment

pytestmark = pytest.mark.django_db


def test_the_demo_world_is_as_the_docs_say_and_stays_so() -> None:
    cast = load_demo_world()
    assert (Shipment.objects.count(), Case.objects.count()) == (200, 120)
    assert set(Case.objects.values_list("status", flat=True)) == set(Status.values)
    assert set(Message.objects.values_list("audience", flat=True)) == set(Audience.values)
    assert Case.objects.earliest("created_at").created_at > now() - timedelta(days=400)
    assert not Case.objects.filter(created_at__gt=now()).exists()
    assert not Delivery.objects.exists(), "what is told of the past sends no mail"
    for side in Side.objects.select_related("case"):
        assert (side.status, side.type) == (side.case.status, side.case.type)
    assert not Case.objects.visible_to(cast.at_desk(cast.pia)).filter(host=cast.larkfield).exists()

    before = (Case.objects.count(), CaseEvent.objects.count(), Message.objects.count())
    load_demo_world()
    assert (Case.objects.count(), CaseEvent.objects.count(), Message.objects.count()) == before
    assert_mails_came_in()


def assert_mails_came_in() -> None:
    """One of each outcome that needs no case of its own."""
    mails = RawMail.objects.filter(organisation__slug="larkfield")
    assert dict(mails.values_list("why", "state")) == {
        Why.STRANGER: "held",
        Why.NO_SENDER: "held",
        Why.BLOCKED: "ignored",
        Why.AUTOMATIC: "ignored",
        Why.FAILED: "rejected",
    }
    assert mails.filter(why=Why.STRANGER, case__isnull=False).exists()
