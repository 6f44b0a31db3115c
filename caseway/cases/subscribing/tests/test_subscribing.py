"""Ending and starting again the e-mails to somebody who takes part."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client

from caseway.cases.history.queries import timeline_of
from caseway.cases.models import Case, CaseEvent, Participant
from caseway.cases.partnering.actions import add_partner
from caseway.cases.subscribing import actions as subscribing
from caseway.cases.subscribing.queries import ended_themselves
from caseway.cases.tests.story import raised_by_kim, says
from caseway.cases.types import Audience
from caseway.core.errors import Conflict, NotAllowed, NotFound
from caseway.demo.cast import Cast, make_cast
from caseway.mail.models import Delivery

PAT = "pat@else.example"


def takes_part(cast: Cast, **more: object) -> Participant:
    given = {"organisation": cast.larkfield, "audience": Audience.CUSTOMER, "address": PAT} | more
    return Participant.objects.create(case=raised_by_kim(cast), **given)


def answer(cast: Cast, case: Case, text: str) -> None:
    says(case, cast.at_desk(cast.lea), Audience.CUSTOMER, text)


def mails(address: str = PAT) -> int:
    return Delivery.objects.filter(address=address).count()


def sentences(cast: Cast, case: Case, name: str = "ana") -> list[str]:
    lines = timeline_of([case], cast.at_desk(getattr(cast, name)))
    return [line.sentence for line in lines if line.event.kind == "case.subscription"]


def test_who_is_ended_is_mailed_nothing_until_it_starts_again(cast: Cast) -> None:
    pat, ana = takes_part(cast), cast.at_desk(cast.ana)
    for _twice in range(2):
        subscribing.end(pat, by=ana)
    answer(cast, pat.case, "One")
    assert mails() == 0
    for _twice in range(2):
        subscribing.start_again(pat, by=ana)
    answer(cast, pat.case, "Two")
    assert mails() == 1
    assert "One" not in Delivery.objects.get(address=PAT).text
    assert sentences(cast, pat.case) == [
        f"Ana Ferreira ended the e-mails to {PAT}",
        f"Ana Ferreira started the e-mails to {PAT} again",
    ]


def test_strangers_can_not(cast: Cast) -> None:
    pat = takes_part(cast)
    for person in (cast.omar, cast.pia):
        with pytest.raises(NotFound):
            subscribing.end(pat, by=cast.at_desk(person))
    with pytest.raises((NotAllowed, NotFound)):
        subscribing.end(pat, by=cast.in_portal(cast.kim))
    pat.refresh_from_db()
    assert pat.is_subscribed
    assert not CaseEvent.objects.filter(kind="case.subscription").exists()


def test_a_partner_finds_none_of_ours(cast: Cast) -> None:
    pat = takes_part(cast)
    add_partner(pat.case, by=cast.at_desk(cast.ana), partner=cast.brightwater, subject="x", text="x")
    with pytest.raises(NotFound):
        subscribing.end(pat, by=cast.at_desk(cast.omar))
    subscribing.end(pat, by=cast.at_desk(cast.ana))
    assert sentences(cast, pat.case, "omar") == []
    browser = Client()
    browser.force_login(cast.omar)
    page = browser.get(f"/desk/cases/{pat.case.number}/subscriptions")
    assert page.status_code == 200
    assert PAT not in page.content.decode()


def test_a_partner_by_mail_alone_is_ours_to_mail(cast: Cast) -> None:
    case, ana = raised_by_kim(cast), cast.at_desk(cast.ana)
    add_partner(case, by=ana, partner=cast.tamarack, subject="Wet", text="Please look")
    helper = Participant.objects.create(
        case=case, organisation=cast.tamarack, audience=Audience.PARTNER, address="zoe@tamarack.example"
    )
    subscribing.end(helper, by=ana)
    says(case, ana, Audience.PARTNER, "And now?")
    assert mails(helper.address) == 0
    assert sentences(cast, case) == [f"Ana Ferreira ended the e-mails to {helper.address}"]


def test_the_customers_own_is_theirs_to_choose(cast: Cast) -> None:
    case, ana = raised_by_kim(cast), cast.at_desk(cast.ana)
    kim = Participant.objects.get(case=case, address=cast.kim.email)
    with pytest.raises(Conflict):
        subscribing.end(kim, by=ana)
    subscribing.choose_themselves(kim, told=False)
    subscribing.start_again(kim, by=ana)
    kim.refresh_from_db()
    assert kim.is_subscribed


def test_who_was_only_copied_is_let_in_elsewhere(cast: Cast) -> None:
    pat = takes_part(cast, is_approved=False, is_subscribed=False)
    with pytest.raises(Conflict):
        subscribing.start_again(pat, by=cast.at_desk(cast.ana))
    subscribing.choose_themselves(pat, told=True)
    pat.refresh_from_db()
    assert not pat.is_subscribed


def test_it_is_known_who_ended_it_themselves(cast: Cast) -> None:
    pat, ana = takes_part(cast), cast.at_desk(cast.ana)

    def known() -> bool:
        pat.refresh_from_db()
        return pat.pk in ended_themselves(pat.case, ana, [pat])

    subscribing.end(pat, by=ana)
    assert not known()
    subscribing.start_again(pat, by=ana)
    for _twice in range(2):
        subscribing.choose_themselves(pat, told=False)
    assert known()
    assert sentences(cast, pat.case)[-1] == f"{PAT} wants no more e-mails about the case"
    subscribing.start_again(pat, by=ana)
    assert not known()


@pytest.mark.django_db(transaction=True)
def test_two_at_once_end_it_once() -> None:
    cast = make_cast()
    pat, together = takes_part(cast), Barrier(4)
    ana, lea = cast.at_desk(cast.ana), cast.at_desk(cast.lea)
    ways: list[Callable[[], object]] = [
        lambda: subscribing.end(pat, by=ana),
        lambda: subscribing.end(pat, by=lea),
        lambda: subscribing.choose_themselves(pat, told=False),
        lambda: subscribing.choose_themselves(pat, told=False),
    ]

    def work(act: Callable[[], object]) -> None:
        try:
            together.wait()
            act()
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as workers:
        for done in [workers.submit(work, act) for act in ways]:
            done.result()
    pat.refresh_from_db()
    assert not pat.is_subscribed
    assert CaseEvent.objects.filter(kind="case.subscription").count() == 1
