"""Addresses from which mails come back: marked, spared, and written to again."""

import re

import pytest
from django.test import Client

from caseway.accounts.models import AuditEntry, Person
from caseway.cases.conversation.actions import post
from caseway.cases.conversation.drafts import save_draft
from caseway.cases.conversation.writing import Content
from caseway.cases.models import Case
from caseway.cases.partnering.actions import add_partner
from caseway.cases.tests.browsing import Desk
from caseway.cases.tests.story import shared_with_brightwater
from caseway.cases.types import Audience
from caseway.core.errors import NotFound
from caseway.demo.cast import Cast
from caseway.mail.models import AddressState, Delivery
from caseway.mail.outbox.mime import envelope_sender
from caseway.mail.reachability.actions import MOST_SOFT, works_again_for
from caseway.mail.reachability.queries import unreached
from caseway.mail.tests.mails import latest_to, mail, reply_to, take
from caseway.mail.tests.test_machines import report, sent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("mailboxes")]
KIM, CLAIMS = "kim@orchid.example", "claims@tamarack.example"
State = Delivery.State


@pytest.fixture
def case(cast: Cast) -> Case:
    return Case.objects.get(number=take(mail(f"Kim Tran <{KIM}>")).case_number)


def answer(cast: Cast, case: Case, text: str = "Which lid?") -> Delivery:
    post(case, by=cast.at_desk(cast.ana), audience=Audience.CUSTOMER, content=Content(text))
    return latest_to(KIM)


def comes_back(delivery: Delivery, **how: str) -> Delivery:
    take(report(sent(delivery), **how), envelope_sender(delivery))
    delivery.refresh_from_db()
    return delivery


def test_nothing_more_is_sent_where_mails_came_back_for_good(cast: Cast, case: Case):
    comes_back(answer(cast, case))
    second = answer(cast, case, "Hello?")
    assert (second.state, second.attempts, second.sent_at) == (State.BOUNCED, 0, None)
    page = Desk(cast.ana, case).read()
    assert "Not sent to Kim Tran" in page
    assert "no such user" in page
    assert "This address works again" in page


def test_an_agent_knows_better_and_the_mail_goes(cast: Cast, case: Case):
    comes_back(answer(cast, case))
    second = answer(cast, case, "Hello?")
    Desk(cast.ana, case).do(f"deliveries/{second.pk}/address")
    second.refresh_from_db()
    assert second.state == State.DUE
    assert not AddressState.objects.exists()
    assert AuditEntry.objects.latest("pk").kind == "address.works_again"
    assert answer(cast, case, "And?").state == State.DUE


def test_strangers_say_nothing_about_it(cast: Cast, case: Case):
    back = comes_back(answer(cast, case))
    for person in (cast.pia, cast.omar, cast.kim):
        assert Desk(person, case).do(f"deliveries/{back.pk}/address").status_code == 404
    with pytest.raises(NotFound):
        works_again_for(back, by=cast.at_desk(cast.pia))
    assert AddressState.objects.exists()


def test_a_mail_from_there_clears_it(cast: Cast, case: Case):
    first = answer(cast, case)
    comes_back(first)
    take(mail(KIM, "I am here"), reply_to(first))
    assert not AddressState.objects.exists()
    assert answer(cast, case, "Hello?").state == State.DUE


def test_a_full_mailbox_counts_and_is_given_up_in_the_end(cast: Cast, case: Case):
    for n in range(1, MOST_SOFT + 1):
        delivery = answer(cast, case, f"Try {n}")
        assert delivery.state == State.DUE
        assert comes_back(delivery, status="4.2.2").state == State.BOUNCED
        state = AddressState.objects.get()
        assert (state.soft_bounces, state.is_permanent) == (n, n == MOST_SOFT)
    assert answer(cast, case, "Once more").state == State.BOUNCED


def test_two_reports_about_one_mail_count_once(cast: Cast, case: Case):
    delivery = comes_back(answer(cast, case), status="4.2.2")
    take(report(delivery, status="4.2.1"), envelope_sender(delivery))
    assert AddressState.objects.get().soft_bounces == 1


def test_the_settings_list_them_with_the_way_back(cast: Cast, case: Case):
    comes_back(answer(cast, case))
    browser, page = Client(), "/desk/settings/mail/addresses/"
    browser.force_login(cast.admin)
    shown = browser.get(page).content.decode()
    assert KIM in shown
    assert "no such user" in shown
    key = AddressState.objects.get().pk
    stranger = Client()
    stranger.force_login(cast.iris)
    assert KIM not in stranger.get(page).content.decode()
    assert stranger.post(f"{page}{key}/removal/").status_code == 404
    browser.post(f"{page}{key}/removal/")
    assert not AddressState.objects.exists()


def test_of_a_partner_with_a_desk_the_name_alone_is_listed(cast: Cast):
    """Its addresses, and what their servers say, are its own affair."""
    shared_with_brightwater(cast)
    comes_back(latest_to("cases@brightwater.example"))
    browser, page = Client(), "/desk/settings/mail/addresses/"
    browser.force_login(cast.admin)
    shown = browser.get(page).content.decode()
    assert "Brightwater Freight" in shown
    assert "cases@brightwater.example" not in shown
    assert "no such user" not in shown
    told = browser.post(f"{page}{AddressState.objects.get().pk}/removal/", follow=True).content.decode()
    assert "Brightwater Freight is written to again." in told


class TestBeforeWriting:
    """The composer's line "To" tells of it before somebody writes."""

    def told(self, viewer: Person, case: Case) -> list[str]:
        page = Desk(viewer, case).read()
        return [words.split("</svg>")[-1] for words in re.findall(r'class="unreached">(.*?)</span>', page)]

    def test_the_customer_and_copies_are_told_of_by_address(self, cast: Cast, case: Case):
        assert self.told(cast.ana, case) == []
        comes_back(answer(cast, case))
        [words] = self.told(cast.ana, case)
        assert words == f"Mails to {KIM} came back: none is sent there until it works again."
        copied = Content("And you", copies=["lou@orchid.example"])
        post(case, by=cast.at_desk(cast.ana), audience=Audience.CUSTOMER, content=copied)
        comes_back(latest_to("lou@orchid.example"))
        [words] = self.told(cast.ana, case)
        assert f"{KIM}, lou@orchid.example came back" in words
        AddressState.objects.update(is_permanent=False)
        assert self.told(cast.ana, case) == []

    def test_what_another_organisation_found_out_is_its_own(self, cast: Cast, case: Case):
        AddressState.objects.create(organisation=cast.quillon, address=KIM, is_permanent=True)
        assert self.told(cast.ana, case) == []

    def test_a_partner_by_mail_is_told_of_and_one_with_a_desk_is_not(self, cast: Cast, case: Case):
        ana = cast.at_desk(cast.ana)
        add_partner(case, by=ana, partner=cast.tamarack, subject="Lid", text="Look.")
        AddressState.objects.create(organisation=cast.larkfield, address=CLAIMS, is_permanent=True)
        [words] = self.told(cast.ana, case)
        assert f"{CLAIMS} came back" in words
        address = "cases@brightwater.example"
        AddressState.objects.create(
            organisation=cast.larkfield, address=address, is_permanent=True, house=cast.brightwater
        )
        assert unreached(ana, [address]) == set(), "nobody learns whose address it is by typing it"
        assert self.told(cast.ana, shared_with_brightwater(cast)) == []
        assert unreached(cast.in_portal(cast.kim), [CLAIMS]) == set()

    def test_a_draft_tells_of_who_is_typed_into_it(self, cast: Cast, case: Case):
        AddressState.objects.create(
            organisation=cast.larkfield, address="lou@orchid.example", is_permanent=True
        )
        ana = cast.at_desk(cast.ana)
        copied = {"ticked": [], "typed": "Lou@orchid.example, jo@orchid.example"}
        save_draft(ana, case, Audience.CUSTOMER, {"text": "Hi", "copied": copied})
        [words] = self.told(cast.ana, case)
        assert "lou@orchid.example came back" in words
