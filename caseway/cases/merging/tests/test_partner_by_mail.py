"""A partner who takes part by e-mail alone hears where its case goes on."""

import pytest

from caseway.cases.merging.actions import merge, unmerge
from caseway.cases.models import Case
from caseway.cases.partnering.actions import add_partner
from caseway.cases.tests.story import fresh, raised_by_kim, shared_with_brightwater
from caseway.demo.cast import Cast
from caseway.mail.models import Delivery

pytestmark = pytest.mark.django_db


def told(address: str) -> list[tuple[int | None, str]]:
    """The mails about merges to this address: on which case, and in which words."""
    mails = Delivery.objects.filter(address=address, message=None, purpose=Delivery.Purpose.PARTNER)
    return [(mail.case_id, mail.text) for mail in mails.order_by("pk")]


def with_tamarack(cast: Cast) -> Case:
    case = raised_by_kim(cast)
    add_partner(case, by=cast.at_desk(cast.lea), partner=cast.tamarack, subject="Lost", text="Please trace.")
    return fresh(case)


def test_it_is_told_the_number_and_its_answer_lands_there(cast: Cast) -> None:
    case, survivor, lea = with_tamarack(cast), raised_by_kim(cast, "Again"), cast.at_desk(cast.lea)
    merge(case, by=lea, into=survivor)
    ((on, words),) = told("claims@tamarack.example")
    assert on == survivor.pk
    assert case.number in words
    assert survivor.number in words
    unmerge(fresh(case), by=lea)
    on, words = told("claims@tamarack.example")[-1]
    assert on == case.pk
    assert survivor.number not in words


def test_it_is_told_nothing_of_a_case_that_is_not_its_own(cast: Cast) -> None:
    survivor, private, lea = with_tamarack(cast), raised_by_kim(cast, "Again"), cast.at_desk(cast.lea)
    merge(private, by=lea, into=survivor)
    unmerge(fresh(private), by=lea)
    assert told("claims@tamarack.example") == []


def test_who_signs_in_is_sent_no_mail(cast: Cast) -> None:
    shared, survivor = shared_with_brightwater(cast), raised_by_kim(cast, "Again")
    before = Delivery.objects.count()
    merge(shared, by=cast.at_desk(cast.lea), into=survivor)
    assert Delivery.objects.count() == before
