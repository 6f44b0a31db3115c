"""To whom an answer is mailed: seen, chosen, and never anybody of another party."""

from uuid import uuid4

import pytest

from caseway.cases.conversation.drafts import drafts_and_waiting
from caseway.cases.conversation.sending import Outgoing
from caseway.cases.conversation.waiting import _outgoing, hold
from caseway.cases.models import Case, Draft, Message, Participant
from caseway.cases.partnering.actions import add_partner
from caseway.cases.tests.browsing import Desk
from caseway.cases.tests.story import fresh, raised_by_kim, shared_with_brightwater
from caseway.cases.types import Audience
from caseway.demo.cast import Cast
from caseway.mail.models import Delivery

WAREHOUSE = "warehouse@orchid.example"


@pytest.fixture
def case(cast: Cast) -> Case:
    return raised_by_kim(cast)


def takes_part(cast: Cast, case: Case, address: str = WAREHOUSE, **more: object) -> Participant:
    return Participant.objects.create(
        case=case, organisation=cast.larkfield, audience=Audience.CUSTOMER, address=address, **more
    )


def answer(cast: Cast, case: Case, *copies: str, audience: str = "customer", **more: object) -> str:
    ana = Desk(cast.ana, case)
    cc = f"cc-{audience}"
    ana.do("messages", audience=audience, text="Answer", **{f"{cc}-asked": "yes", cc: list(copies)}, **more)
    return ana.read()


def mailed(text: str = "Answer") -> set[str]:
    return set(Delivery.objects.filter(message__text=text).values_list("address", flat=True))


def test_who_is_ticked_is_mailed_and_nobody_else(cast: Cast, case: Case) -> None:
    takes_part(cast, case)
    takes_part(cast, case, "old@orchid.example")
    page = Desk(cast.ana, case).read()
    assert "Kim Tran &lt;kim@orchid.example&gt;" in page
    assert f'value="{WAREHOUSE}" checked' in page
    answer(cast, case, WAREHOUSE)
    assert mailed() == {cast.kim.email, WAREHOUSE}
    assert Message.objects.get(text="Answer").cc == [{"name": "", "email": WAREHOUSE}]


def test_a_colleague_who_wrote_before_is_no_copy(cast: Cast, case: Case) -> None:
    Desk(cast.ben, case).do("messages", audience="customer", text="Earlier")
    assert f'value="{cast.ben.email}"' not in Desk(cast.ana, case).read()


def test_an_answer_without_copies_goes_to_the_customer_alone(cast: Cast, case: Case) -> None:
    takes_part(cast, case)
    answer(cast, case)
    assert mailed() == {cast.kim.email}


def test_who_was_only_copied_on_a_mail_waits_unticked_for_approval(cast: Cast, case: Case) -> None:
    stranger = takes_part(cast, case, "stranger@else.example", is_approved=False, is_subscribed=False)
    page = Desk(cast.ana, case).read()
    assert 'value="stranger@else.example">' in page
    answer(cast, case)
    assert "stranger@else.example" not in mailed()
    answer(cast, case, "stranger@else.example")
    stranger.refresh_from_db()
    assert stranger.is_approved
    assert "stranger@else.example" in mailed()


def test_more_addresses_are_typed_and_a_wrong_one_keeps_the_words(cast: Cast, case: Case) -> None:
    page = answer(cast, case, **{"cc-customer-more": "not an address"})
    assert "is no e-mail address" in page
    assert not Message.objects.filter(text="Answer").exists()
    answer(cast, case, **{"cc-customer-more": "One@Orchid.example; two@orchid.example"})
    assert mailed() == {cast.kim.email, "one@orchid.example", "two@orchid.example"}


def test_who_ended_their_mails_is_named_and_the_words_are_kept(cast: Cast, case: Case) -> None:
    takes_part(cast, case, is_subscribed=False)
    page = answer(cast, case, **{"cc-customer-more": WAREHOUSE})
    assert f"{WAREHOUSE} gets no e-mails about this case any more." in page
    assert "Answer</textarea>" in page
    assert mailed() == set()


def test_nobody_of_the_partner_reads_what_the_customer_is_told(cast: Cast) -> None:
    case = shared_with_brightwater(cast)
    for address in ("cases@brightwater.example", cast.omar.email):
        page = answer(cast, case, address)
        assert "belongs to another party" in page
    assert not Message.objects.filter(text="Answer").exists()
    assert not Participant.objects.filter(case=case, audience="customer", address=cast.omar.email).exists()


def test_no_customer_reads_what_the_partner_is_told(cast: Cast) -> None:
    case = raised_by_kim(cast)
    add_partner(case, by=cast.at_desk(cast.lea), partner=cast.tamarack, subject="Crate", text="Please check.")
    case = fresh(case)
    page = Desk(cast.ana, case).read()
    assert 'name="cc-partner" value="claims@tamarack.example" checked' in page
    takes_part(cast, case)
    for address in (cast.kim.email, cast.max.email, WAREHOUSE):
        assert "belongs to another party" in answer(cast, case, address, audience="partner")
    answer(cast, case, "claims@tamarack.example", audience="partner")
    assert mailed() == {"claims@tamarack.example"}


def test_the_choice_is_kept_while_the_message_waits(cast: Cast, case: Case) -> None:
    ana = cast.at_desk(cast.ana)
    outgoing = Outgoing(Audience.CUSTOMER, "Answer", copies=[WAREHOUSE])
    hold(case, by=ana, outgoing=outgoing, token=uuid4())
    assert not Participant.objects.filter(address=WAREHOUSE).exists()
    assert _outgoing(drafts_and_waiting(ana, case)[1][0]).copies == [WAREHOUSE]


def test_the_choice_of_copies_is_kept_in_the_draft_until_it_is_sent(cast: Cast, case: Case) -> None:
    takes_part(cast, case)
    takes_part(cast, case, "stranger@else.example", is_approved=False, is_subscribed=False)
    ana, chosen = Desk(cast.ana, case), {"cc-customer-asked": "yes", "cc-customer": ["stranger@else.example"]}
    typed = {"cc-customer-more": "more@orchid.exa"}
    ana.do("draft", audience="customer", text="", attachments=[], **chosen, **typed)
    elsewhere = Desk(cast.ana, case).read()
    assert f'value="{WAREHOUSE}" data-usual>' in elsewhere
    assert 'value="stranger@else.example" checked>' in elsewhere
    assert 'value="more@orchid.exa"' in elsewhere
    assert "more@orchid.exa" not in Desk(cast.ben, case).read()
    ana.do("messages", audience="customer", text="Answer", **chosen)
    assert f'value="{WAREHOUSE}" checked data-usual>' in ana.read()


def test_what_is_taken_back_brings_its_copies_back(cast: Cast, case: Case) -> None:
    takes_part(cast, case)
    ana = Desk(cast.ana, case)
    chosen = {"cc-customer-asked": "yes", "cc-customer": [], "cc-customer-more": "new@orchid.example"}
    ana.post(ana.url("messages"), {"audience": "customer", "text": "Answer", **chosen})
    waiting = Draft.objects.get(sends_at__isnull=False)
    ana.do(f"waiting/{waiting.pk}/undo")
    page = ana.read()
    assert f'value="{WAREHOUSE}" data-usual>' in page
    assert 'value="new@orchid.example" checked>' in page


def test_a_partner_who_signs_in_is_told_that_nobody_is_copied(cast: Cast) -> None:
    shared = shared_with_brightwater(cast)
    assert "Nobody else is copied." in Desk(cast.omar, shared).read()
    assert "Nobody else is copied." in Desk(cast.ana, shared).read()
