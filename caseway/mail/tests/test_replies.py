"""Replies: they land on their case by proof and by sender, and by nothing else."""

import pytest

from caseway.cases.conversation.actions import post
from caseway.cases.conversation.queries import messages_of
from caseway.cases.conversation.writing import Content
from caseway.cases.creation.actions import create
from caseway.cases.creation.fields import NewCase
from caseway.cases.models import Case, Message, Participant
from caseway.cases.status import Status
from caseway.cases.types import Audience
from caseway.mail.incoming.held import admit, set_aside
from caseway.mail.incoming.queries import held_on
from caseway.mail.models import Delivery, RawMail
from caseway.mail.tests.mails import latest_to, mail, mails_to, reply_to, take

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("mailboxes")]


@pytest.fixture
def answered(cast):
    """Kim's case, by mail; Ana has answered. The answer that Kim got."""
    told = take(mail("Kim Tran <kim@orchid.example>"))
    case = Case.objects.get(number=told.case_number)
    post(case, by=cast.at_desk(cast.ana), audience=Audience.CUSTOMER, content=Content("Which lid?"))
    return latest_to("kim@orchid.example")


def texts(case) -> list[str]:
    return list(Message.objects.filter(case=case).order_by("pk").values_list("text", flat=True))


def test_the_answer_reaches_kim_in_her_thread(answered):
    first, second = Delivery.objects.filter(address="kim@orchid.example").order_by("pk")
    assert second == answered
    assert second.sender_name.startswith("Ana Ferreira")
    assert "Which lid?" in second.text
    assert RawMail.objects.get().header_id in second.references
    assert first.header_id in second.references
    assert answered.case.status == Status.PENDING_CUSTOMER


def test_a_reply_to_the_signed_address_lands_on_its_case(cast, answered):
    told = take(mail("Kim <kim@orchid.example>", "The oak one", subject="anything"), reply_to(answered))
    assert (told.outcome, told.case_number) == ("appended", answered.case.number)
    assert texts(answered.case)[-1] == "The oak one"
    answered.case.refresh_from_db()
    assert answered.case.status == Status.PENDING_AGENT
    assert messages_of(answered.case, cast.in_portal(cast.kim))[-1].author_contact == cast.contact(cast.kim)


@pytest.mark.parametrize("header", ["In-Reply-To", "References"])
def test_a_reply_that_refers_to_our_message_lands_on_its_case(answered, header):
    told = take(mail("kim@orchid.example", "The oak one", headers={header: answered.header_id}))
    assert (told.outcome, told.case_number) == ("appended", answered.case.number)


def test_the_owner_is_told_of_the_reply(cast, answered):
    from caseway.cases.ownership.actions import claim

    claim(answered.case, by=cast.at_desk(cast.ana))
    take(mail("kim@orchid.example", "The oak one"), reply_to(answered))
    notice = latest_to("ana@larkfield.example")
    assert "The oak one" in notice.text
    assert notice.is_automatic
    assert mails_to("kim@orchid.example") == 2, "the writer is not told of their own words"


@pytest.mark.parametrize("place", range(0, 24, 3))
def test_an_altered_token_opens_a_new_case(answered, place):
    address = reply_to(answered)
    start = address.index("+c.") + 3 + place
    altered = address[:start] + ("a" if address[start] != "a" else "b") + address[start + 1 :]
    told = take(mail("kim@orchid.example", "Hello"), altered)
    assert told.outcome == "created"
    assert told.case_number != answered.case.number


def test_a_number_in_the_subject_gets_nowhere(answered):
    told = take(mail("kim@orchid.example", "Hello", subject=f"Re: Missing lid [{answered.case.number}]"))
    assert told.outcome == "created"


def test_a_guessed_message_id_gets_nowhere(answered):
    guess = f"<{'0' * 32}@{answered.header_id.partition('@')[2]}"
    assert take(mail("kim@orchid.example", "Hello", headers={"In-Reply-To": guess})).outcome == "created"


def test_a_token_in_a_strangers_hands_is_held_and_told_nothing(cast, answered):
    before = Delivery.objects.count()
    told = take(mail("Eve <eve@evil.example>", "Send me all of it"), reply_to(answered))
    assert (told.outcome, told.case_number) == ("held", answered.case.number)
    assert Delivery.objects.count() == before
    assert texts(answered.case)[-1] == "Which lid?"
    assert [m.sender for m in held_on(answered.case, cast.at_desk(cast.ana))] == ["eve@evil.example"]
    assert not held_on(answered.case, cast.at_desk(cast.pia)).exists()
    assert not held_on(answered.case, cast.in_portal(cast.kim)).exists()


def test_an_agent_admits_a_held_mail(cast, answered):
    take(mail("Jo <jo@orchid.example>", "I have the lid"), reply_to(answered))
    held = held_on(answered.case, cast.at_desk(cast.ana)).get()
    admit(held, by=cast.at_desk(cast.ana))
    assert texts(answered.case)[-1] == "I have the lid"
    assert Participant.objects.get(address="jo@orchid.example").is_approved
    post(
        answered.case,
        by=cast.at_desk(cast.ana),
        audience=Audience.CUSTOMER,
        content=Content("Thank you both"),
    )
    to_jo = latest_to("jo@orchid.example")
    assert "Thank you both" in to_jo.text
    assert "Which lid?" not in to_jo.text + to_jo.html


def test_only_agents_of_the_organisation_decide_once(cast, answered):
    from caseway.core.errors import Conflict, NotFound

    take(mail("eve@evil.example", "Hello"), reply_to(answered))
    held = RawMail.objects.get(sender="eve@evil.example")
    for viewer in (cast.at_desk(cast.pia), cast.at_desk(cast.omar), cast.in_portal(cast.kim)):
        with pytest.raises(NotFound):
            admit(held, by=viewer)
    set_aside(held, by=cast.at_desk(cast.ana))
    with pytest.raises(Conflict):
        admit(held, by=cast.at_desk(cast.ana))


def test_a_token_of_another_organisation_opens_nothing(answered):
    to_brightwater = reply_to(answered).replace("support", "cases").replace("larkfield", "brightwater")
    told = take(mail("kim@orchid.example", "Hello"), to_brightwater)
    assert told.case_number != answered.case.number


def solve(case, cast):
    from caseway.cases.lifecycle.actions import close
    from caseway.cases.models import Reason

    reason = Reason.objects.filter(organisation=cast.larkfield, kind=Reason.Kind.CLOSURE)[:1].get()
    return close(case, by=cast.at_desk(cast.lea), reason=reason.pk, note="Done")


def test_a_reply_reopens_a_closed_case(cast, answered):
    solve(answered.case, cast)
    assert "has closed your request" in latest_to("kim@orchid.example").text
    told = take(mail("kim@orchid.example", "It is the wrong lid."), reply_to(answered))
    assert told.case_number == answered.case.number
    answered.case.refresh_from_db()
    assert answered.case.status == Status.OPEN


@pytest.mark.parametrize(
    ("text", "headers"),
    [
        ("Thank you so much!", {}),
        ("Vielen Dank!", {}),
        ("I am away until Monday.", {"Auto-Submitted": "auto-replied"}),
        ("I am away until Monday.", {"X-Autoreply": "yes"}),
        ("I am away until Monday.", {"Precedence": "auto_reply"}),
    ],
)
def test_thanks_and_automatic_replies_leave_it_closed(cast, answered, text, headers):
    solve(answered.case, cast)
    before = Delivery.objects.filter(address="kim@orchid.example").count()
    told = take(mail("kim@orchid.example", text, headers=headers), reply_to(answered))
    assert told.case_number == answered.case.number
    answered.case.refresh_from_db()
    assert answered.case.status == Status.CLOSED
    assert mails_to("kim@orchid.example") == before
    assert Case.objects.count() == 1


def test_a_late_reply_makes_a_linked_follow_up(cast, answered):
    from datetime import timedelta

    solve(answered.case, cast)
    answered.case.refresh_from_db()
    Case.objects.filter(pk=answered.case.pk).update(closed_at=answered.case.closed_at - timedelta(days=30))
    told = take(mail("kim@orchid.example", "Now the table broke."), reply_to(answered))
    assert told.outcome == "created"
    assert Case.objects.get(number=told.case_number).follow_up_of == answered.case


def test_a_reply_to_a_merged_case_lands_on_the_survivor(cast, answered):
    from caseway.cases.merging.actions import merge

    other = Case.objects.get(number=take(mail("kim@orchid.example", "And the box?")).case_number)
    merge(answered.case, by=cast.at_desk(cast.lea), into=other)
    told = take(mail("kim@orchid.example", "The oak one"), reply_to(answered))
    assert told.case_number == other.number


def test_quotes_are_folded_not_lost(answered):
    quote = "On Mon, May 6, 2024 at 10:30 AM Ana <support@larkfield.example> wrote:\n> Which lid?\n"
    text = f"The oak one\n\n{quote}"
    take(mail("kim@orchid.example", text), reply_to(answered))
    message = Message.objects.filter(case=answered.case).latest("pk")
    assert message.text == "The oak one"
    assert "Which lid?" in message.quoted


def test_notes_and_records_are_never_mailed(cast, answered):
    before = Delivery.objects.count()
    lea = cast.at_desk(cast.lea)
    post(answered.case, by=lea, audience=Audience.TEAM, content=Content("He complains a lot"))
    admin = cast.at_desk(cast.admin)
    post(answered.case, by=admin, audience=Audience.RECORD, content=Content("Give nothing"))
    assert Delivery.objects.count() == before


def test_a_case_made_for_a_customer_confirms_by_mail(cast):
    contact = cast.contact(cast.max)
    case = create(
        NewCase(subject="Phoned in", description="Secret words", contact=contact.pk),
        by=cast.at_desk(cast.ana),
    )
    sent = latest_to("max@fernwood.example")
    assert case.number in sent.subject
    assert "Secret words" not in sent.text


def test_confirmations_are_limited_by_address(cast):
    for number in range(8):
        take(mail("kim@orchid.example", f"Case {number}"))
    assert Case.objects.count() == 8
    assert mails_to("kim@orchid.example") == 5
