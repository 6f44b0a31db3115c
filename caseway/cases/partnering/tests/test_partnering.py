"""Bringing a partner in: an explicit act, with words for the partner, and nothing else crosses."""

import pytest

from caseway.cases.creation.fields import partner_named
from caseway.cases.linking.queries import listed_cases_of_shipment
from caseway.cases.models import Case, Side
from caseway.cases.partnering.actions import add_partner
from caseway.cases.tests.story import fresh, raised_by_kim, shared_with_brightwater, side_of
from caseway.cases.types import Sharing
from caseway.core.errors import Conflict, Invalid, NotFound
from caseway.demo.cast import Cast
from caseway.shipments.models import Shipment

pytestmark = pytest.mark.django_db


def test_the_partner_reads_the_words_written_for_it_and_not_the_customers(cast: Cast) -> None:
    case, omar = shared_with_brightwater(cast), cast.at_desk(cast.omar)
    side = Side.objects.visible_to(omar).get(case=case)
    assert (side.subject, side.description) == ("Crate damaged", "Please check.")
    assert (side.crm_number, side.priority) == ("", None)


def test_an_internal_case_does_not_exist_for_the_partner(cast: Cast) -> None:
    case = raised_by_kim(cast)
    assert not Case.objects.visible_to(cast.at_desk(cast.omar)).filter(pk=case.pk).exists()


def test_a_listed_case_shows_only_that_it_exists(cast: Cast) -> None:
    case, omar = raised_by_kim(cast), cast.at_desk(cast.omar)
    shipment = Shipment.objects.create(
        organisation=cast.larkfield, number="SHP-1", shipper=cast.larkfield, carrier=cast.brightwater
    )
    Case.objects.filter(pk=case.pk).update(shipment=shipment)
    add_partner(case, by=cast.at_desk(cast.lea), partner=cast.brightwater, subject="x", text="", listed=True)
    assert not Case.objects.visible_to(omar).filter(pk=case.pk).exists()
    assert [s.number for s in listed_cases_of_shipment(shipment.pk, omar)] == [case.number]
    assert side_of(case, cast.larkfield).sharing == Sharing.INTERNAL


def test_a_listed_partner_can_be_brought_in_later(cast: Cast) -> None:
    case, lea = raised_by_kim(cast), cast.at_desk(cast.lea)
    add_partner(case, by=lea, partner=cast.brightwater, subject="x", text="", listed=True)
    add_partner(fresh(case), by=lea, partner=cast.brightwater, subject="Now", text="Please help.")
    assert Case.objects.visible_to(cast.at_desk(cast.omar)).filter(pk=case.pk).exists()


def test_words_for_the_partner_are_asked_for(cast: Cast) -> None:
    with pytest.raises(Invalid) as refused:
        add_partner(
            raised_by_kim(cast), by=cast.at_desk(cast.lea), partner=cast.brightwater, subject="", text=" "
        )
    assert set(refused.value.errors) == {"partner_subject", "partner_text"}


def test_twice_and_a_third_are_refused(cast: Cast) -> None:
    case, lea = shared_with_brightwater(cast), cast.at_desk(cast.lea)
    for partner in (cast.brightwater, cast.tamarack):
        with pytest.raises(Conflict):
            add_partner(case, by=lea, partner=partner, subject="x", text="y")


def test_only_partners_can_be_named_and_only_by_who_sees_the_case(cast: Cast) -> None:
    with pytest.raises(Invalid):
        partner_named("quillon", cast.at_desk(cast.ana))
    with pytest.raises(NotFound):
        add_partner(
            raised_by_kim(cast), by=cast.at_desk(cast.pia), partner=cast.brightwater, subject="x", text="y"
        )
