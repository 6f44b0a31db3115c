"""What an agent sees of a message's mails, and sending one again."""

from datetime import timedelta

import pytest

from caseway.cases.conversation.actions import post
from caseway.cases.conversation.writing import Content
from caseway.cases.merging.actions import merge
from caseway.cases.models import Case, Message
from caseway.cases.partnering.actions import add_partner
from caseway.cases.tests.browsing import Desk
from caseway.cases.tests.story import raised_by_kim, says
from caseway.cases.types import Audience
from caseway.core.clock import now
from caseway.demo.cast import Cast
from caseway.mail.models import Delivery
from caseway.mail.models.delivery import LATE


@pytest.fixture
def case(cast: Cast) -> Case:
    return raised_by_kim(cast)


@pytest.fixture
def lost(cast: Cast, case: Case) -> Delivery:
    """An answer to Kim whose mail was refused."""
    says(case, cast.at_desk(cast.ana), Audience.CUSTOMER, "It comes on Friday.")
    mail, _made = Delivery.objects.update_or_create(
        message=Message.objects.get(text="It comes on Friday."),
        address=cast.kim.email,
        defaults={
            "organisation": cast.larkfield,
            "case": case,
            "purpose": Delivery.Purpose.ANSWER,
            "state": Delivery.State.FAILED,
            "attempts": 1,
            "last_error": "550 no such mailbox",
        },
        create_defaults={
            "organisation": cast.larkfield,
            "case": case,
            "purpose": Delivery.Purpose.ANSWER,
            "state": Delivery.State.FAILED,
            "attempts": 1,
            "last_error": "550 no such mailbox",
            "header_id": "<lost@larkfield.example>",
        },
    )
    return mail


def test_a_failure_is_on_the_message_with_send_again(cast: Cast, case: Case, lost: Delivery) -> None:
    page = Desk(cast.ana, case).read()
    assert "550 no such mailbox" in page
    assert f"/deliveries/{lost.pk}/again" in page


def test_sending_again_puts_it_on_its_way_once(cast: Cast, case: Case, lost: Delivery) -> None:
    ana = Desk(cast.ana, case)
    assert ana.do(f"deliveries/{lost.pk}/again").status_code == 302
    lost.refresh_from_db()
    assert lost.state == Delivery.State.DUE
    assert "550 no such mailbox" not in ana.read()
    ana.do(f"deliveries/{lost.pk}/again")
    assert "This mail is on its way already." in ana.read()


def test_strangers_send_nothing(cast: Cast, case: Case, lost: Delivery) -> None:
    other = raised_by_kim(cast)
    assert Desk(cast.pia, case).do(f"deliveries/{lost.pk}/again").status_code == 404
    assert Desk(cast.ana, other).do(f"deliveries/{lost.pk}/again").status_code == 404
    lost.refresh_from_db()
    assert lost.state == Delivery.State.FAILED


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (Delivery.State.FAILED, "Could not be sent to"),
        (Delivery.State.BOUNCED, "Came back from"),
        (Delivery.State.DUE, "Not sent to"),
        (Delivery.State.SENDING, "Not sent to"),
    ],
)
def test_it_says_what_happened_and_to_whom(
    cast: Cast, case: Case, lost: Delivery, state: Delivery.State, words: str
) -> None:
    Delivery.objects.filter(pk=lost.pk).update(state=state, written_at=now() - LATE * 2)
    page = Desk(cast.ana, case).read()
    assert words in page
    assert "kim@orchid.example&gt;" in page


def test_what_arrived_or_is_just_on_its_way_is_told_in_few_words(
    cast: Cast, case: Case, lost: Delivery
) -> None:
    mine = Delivery.objects.filter(pk=lost.pk)
    mine.update(state=Delivery.State.SENT, sent_at=now(), last_error="")
    page = Desk(cast.ana, case).read()
    assert "Mailed to kim@orchid.example" in page
    assert "deliveries/" not in page
    assert ", arrived " not in page
    mine.update(delivered_at=now())
    assert ", arrived " in Desk(cast.ana, case).read()
    mine.update(state=Delivery.State.DUE)
    assert "On its way to kim@orchid.example" in Desk(cast.ana, case).read()
    mine.update(last_error="451 try later", next_try_at=now() + timedelta(minutes=4))
    page = Desk(cast.ana, case).read()
    assert "451 try later" in page
    assert f"/deliveries/{lost.pk}/again" in page


def test_several_readers_are_counted_and_listed(cast: Cast, case: Case, lost: Delivery) -> None:
    add_partner(case, by=cast.at_desk(cast.ana), partner=cast.tamarack, subject="Lid", text="Look.")
    copied = Content("And you", copies=["claims@tamarack.example", "depot@tamarack.example"])
    post(case, by=cast.at_desk(cast.ana), audience=Audience.PARTNER, content=copied)
    page = Desk(cast.ana, case).read()
    assert "On its way to 2 addresses" in page
    assert "<li>depot@tamarack.example</li>" in page


def test_of_a_partner_with_a_desk_of_its_own_the_name_alone_is_told(cast: Cast, case: Case) -> None:
    add_partner(case, by=cast.at_desk(cast.ana), partner=cast.brightwater, subject="Lid", text="Look.")
    mine = Delivery.objects.filter(participant__organisation=cast.brightwater)
    [address] = mine.values_list("address", flat=True)
    ana = Desk(cast.ana, case)
    assert "On its way to Brightwater Freight" in ana.read()
    mine.update(state=Delivery.State.FAILED, attempts=1, last_error=f"550 no {address} here")
    page = ana.read()
    assert "Could not be sent to Brightwater Freight" in page
    assert address not in page
    mine.update(state=Delivery.State.SENT, sent_at=now(), delivered_at=now())
    assert ", arrived " not in ana.read(), "what its servers say is its own affair"
    mine.update(state=Delivery.State.BOUNCED)
    ana.do(f"deliveries/{mine.get().pk}/address")
    page = ana.read()
    assert "Brightwater Freight is written to again" in page
    assert address not in page


def test_a_mail_that_waits_for_its_next_try_is_tried_at_once(cast: Cast, case: Case, lost: Delivery) -> None:
    later = now() + timedelta(hours=4)
    Delivery.objects.filter(pk=lost.pk).update(
        state=Delivery.State.DUE, next_try_at=later, written_at=now() - LATE * 2
    )
    ana = Desk(cast.ana, case)
    assert f"/deliveries/{lost.pk}/again" in ana.read()
    ana.do(f"deliveries/{lost.pk}/again")
    lost.refresh_from_db()
    assert lost.next_try_at <= now()
    assert f"/deliveries/{lost.pk}/again" not in ana.read(), "nothing is quicker than now"


def test_it_is_sent_again_from_the_case_that_its_own_was_merged_into(
    cast: Cast, case: Case, lost: Delivery
) -> None:
    lea, into = cast.at_desk(cast.lea), raised_by_kim(cast)
    merge(case, by=lea, into=into)
    desk = Desk(cast.lea, into)
    assert f"/desk/cases/{into.number}/deliveries/{lost.pk}/again" in desk.read()
    desk.do(f"deliveries/{lost.pk}/again")
    lost.refresh_from_db()
    assert lost.state == Delivery.State.DUE


def test_the_partner_reads_nothing_of_our_mails(cast: Cast, case: Case, lost: Delivery) -> None:
    add_partner(case, by=cast.at_desk(cast.ana), partner=cast.brightwater, subject="Lid", text="Look.")
    omar = Desk(cast.omar, case)
    assert "550 no such mailbox" not in omar.read()
    assert omar.do(f"deliveries/{lost.pk}/again").status_code == 404
