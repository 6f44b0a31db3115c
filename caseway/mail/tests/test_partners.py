"""The carrier by e-mail alone, and the carrier with a desk."""

import pytest

from caseway.cases.conversation.actions import post
from caseway.cases.conversation.queries import messages_of
from caseway.cases.conversation.writing import Content
from caseway.cases.creation.actions import create
from caseway.cases.creation.fields import NewCase
from caseway.cases.models import Message
from caseway.cases.ownership.actions import claim
from caseway.cases.types import Audience
from caseway.mail.models import Delivery
from caseway.mail.outbox.mime import as_message
from caseway.mail.tests.mails import latest_to, mail, mails_to, reply_to, take

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("mailboxes")]


@pytest.fixture
def with_partner(cast):
    """A case of Larkfield's Kim that Ana shares with a carrier."""

    def make(partner: str):
        return create(
            NewCase(
                subject="Private words of Kim",
                description="Kim is furious",
                contact=cast.contact(cast.kim).pk,
                partner=partner,
                partner_subject="Pallet missing",
                partner_text="Where is the pallet?",
            ),
            by=cast.at_desk(cast.ana),
        )

    return make


def test_the_carrier_is_mailed_what_was_written_for_it_and_no_more(with_partner):
    case = with_partner("tamarack")
    sent = latest_to("claims@tamarack.example")
    assert "Pallet missing" in sent.subject
    assert "Where is the pallet?" in sent.text
    whole = as_message(sent).as_string()
    for private in ("Kim", "furious", "kim@orchid.example"):
        assert private not in whole + sent.html
    assert case.number in sent.text


def test_the_carrier_answers_by_replying_with_a_file(cast, with_partner):
    case = with_partner("tamarack")
    sent = latest_to("claims@tamarack.example")
    told = take(
        mail("claims@tamarack.example", "At the hub.", files={"pod.pdf": b"%PDF-1.4"}), reply_to(sent)
    )
    assert (told.outcome, told.case_number) == ("appended", case.number)
    message = Message.objects.latest("pk")
    assert (message.audience, message.author_organisation) == (Audience.PARTNER, cast.tamarack)
    assert [a.name for a in message.attachments.all()] == ["pod.pdf"]
    assert message in messages_of(case, cast.at_desk(cast.ana))
    assert message not in messages_of(case, cast.in_portal(cast.kim))
    assert "At the hub." in latest_to("ana@larkfield.example").text
    assert "At the hub." not in latest_to("kim@orchid.example").text


def test_a_colleague_of_the_carrier_is_held_for_approval(cast, with_partner):
    case = with_partner("tamarack")
    told = take(mail("bob@tamarack.example", "At the hub."), reply_to(latest_to("claims@tamarack.example")))
    assert (told.outcome, told.case_number) == ("held", case.number)
    from caseway.mail.incoming.held import admit
    from caseway.mail.incoming.queries import held_on

    admit(held_on(case, cast.at_desk(cast.ana)).get(), by=cast.at_desk(cast.ana))
    assert Message.objects.latest("pk").author_organisation == cast.tamarack
    assert (
        "At the hub." in latest_to("claims@tamarack.example").text or mails_to("claims@tamarack.example") == 1
    )
    post(case, by=cast.at_desk(cast.ana), audience=Audience.PARTNER, content=Content("Good."))
    assert "Good." in latest_to("bob@tamarack.example").text


def test_a_customers_address_never_writes_to_the_partner(cast, with_partner):
    with_partner("tamarack")
    sent = latest_to("claims@tamarack.example")
    before = Message.objects.count()
    assert take(mail("kim@orchid.example", "Hello carrier"), reply_to(sent)).outcome == "held"
    assert Message.objects.count() == before


def test_without_owner_the_collaborators_are_mailed_and_with_one_the_owner(cast, with_partner):
    case = with_partner("brightwater")
    assert "Where is the pallet?" in latest_to("cases@brightwater.example").text
    claim(case, by=cast.at_desk(cast.omar))
    before = mails_to("cases@brightwater.example")
    post(case, by=cast.at_desk(cast.ana), audience=Audience.PARTNER, content=Content("Any news?"))
    notice = latest_to("omar@brightwater.example")
    assert "Any news?" in notice.text
    assert notice.organisation == cast.brightwater
    assert mails_to("cases@brightwater.example") == before


def test_the_partners_answer_tells_our_owner_and_not_its_writer(cast, with_partner):
    case = with_partner("brightwater")
    claim(case, by=cast.at_desk(cast.omar))
    post(case, by=cast.at_desk(cast.omar), audience=Audience.PARTNER, content=Content("Found it."))
    assert "Found it." in latest_to("ana@larkfield.example").text
    assert not Delivery.objects.filter(
        address="omar@brightwater.example", text__contains="Found it."
    ).exists()
    assert mails_to("kim@orchid.example") == 1, "only the confirmation"


def test_the_same_case_mails_customer_and_partner_apart(cast, with_partner):
    case = with_partner("tamarack")
    post(case, by=cast.at_desk(cast.ana), audience=Audience.CUSTOMER, content=Content("Dear Kim, sorry"))
    to_kim = latest_to("kim@orchid.example")
    to_carrier = latest_to("claims@tamarack.example")
    assert "sorry" not in to_carrier.text
    assert "pallet" not in to_kim.text.lower()
    assert not set(to_kim.references) & {to_carrier.header_id}
    assert reply_to(to_kim) != reply_to(to_carrier)


def test_a_partner_that_left_is_held(cast, with_partner):
    case = with_partner("tamarack")
    sent = latest_to("claims@tamarack.example")
    case.sides.filter(organisation=cast.tamarack).update(sharing="listed")
    assert take(mail("claims@tamarack.example", "Hello"), reply_to(sent)).outcome == "held"
