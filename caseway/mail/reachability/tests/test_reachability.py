"""Addresses from which mails come back: marked, spared, and written to again."""

import pytest
from django.test import Client

from caseway.accounts.models import AuditEntry
from caseway.cases.conversation.actions import post
from caseway.cases.conversation.writing import Content
from caseway.cases.models import Case
from caseway.cases.tests.browsing import Desk
from caseway.cases.tests.story import shared_with_brightwater
from caseway.cases.types import Audience
from caseway.core.errors import NotFound
from caseway.demo.cast import Cast
from caseway.mail.models import AddressState, Delivery
from caseway.mail.outbox.mime import envelope_sender
from caseway.mail.reachability.actions import MOST_SOFT, works_again_for
from caseway.mail.tests.mails import latest_to, mail, reply_to, take
from caseway.mail.tests.test_machines import report, sent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("mailboxes")]
KIM = "kim@orchid.example"
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
