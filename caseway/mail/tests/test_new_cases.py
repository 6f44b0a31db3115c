"""A mail to a case address makes a case, once."""

import pytest

from caseway.cases.models import Attachment, Case, Participant
from caseway.cases.status import Status
from caseway.cases.types import Source
from caseway.customers.models import Contact
from caseway.mail.models import Mailbox, RawMail
from caseway.mail.tests.mails import latest_to, mail, mails_to, take

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("mailboxes")]


def test_a_mail_makes_a_case_of_its_contact(cast):
    told = take(mail("Kim Tran <Kim@Orchid.example>", files={"lid.pdf": b"%PDF-1.4 lid"}))
    assert told.outcome == "created"
    case = Case.objects.get(number=told.case_number)
    assert (case.host, case.contact, case.account) == (cast.larkfield, cast.contact(cast.kim), cast.orchid)
    assert (case.source, case.status) == (Source.EMAIL, Status.NEW)
    message = case.messages.get()
    assert message.text == "The parcel came without its lid."
    assert [a.name for a in message.attachments.all()] == ["lid.pdf"]
    assert RawMail.objects.get().message == message
    assert cast.in_portal(cast.kim) is not None
    assert case in Case.objects.visible_to(cast.in_portal(cast.kim))
    assert case in Case.objects.visible_to(cast.at_desk(cast.ana))
    assert case not in Case.objects.visible_to(cast.at_desk(cast.pia))


def test_a_stranger_becomes_a_contact():
    take(mail("Nobody Known <new@somewhere.example>"))
    contact = Contact.objects.get(email="new@somewhere.example")
    assert (contact.name, contact.person, contact.account) == ("Nobody Known", None, None)


def test_the_confirmation_has_the_number_and_none_of_the_words(cast):
    told = take(mail("kim@orchid.example", subject="BUY PILLS", text="pills pills"))
    sent = latest_to("kim@orchid.example")
    assert told.case_number in sent.subject
    assert told.case_number in sent.text
    for words in (sent.subject, sent.text, sent.html):
        assert "pills" not in words.lower()


def test_the_confirmation_answers_the_mail_itself():
    take(mail("kim@orchid.example"))
    assert latest_to("kim@orchid.example").references == [RawMail.objects.get().header_id]


def test_the_same_mail_twice_is_one_case_and_one_confirmation():
    raw = mail("kim@orchid.example")
    relayed = b"Received: from elsewhere\r\nDelivered-To: x@y.example\r\n" + raw
    outcomes = [take(raw).outcome, take(raw).outcome, take(relayed).outcome]
    assert outcomes == ["created", "duplicate", "duplicate"]
    assert Case.objects.count() == 1
    assert mails_to("kim@orchid.example") == 1


def test_the_same_message_id_with_other_content_is_another_mail():
    first = mail("kim@orchid.example", headers={"X-A": "1"})
    assert take(first).outcome == "created"
    assert take(first.replace(b"without its lid", b"without its box")).outcome == "created"
    assert Case.objects.count() == 2


def test_one_mail_to_two_organisations_is_one_case_in_each(cast):
    raw = mail("kim@orchid.example", to="support@larkfield.example, cases@brightwater.example")
    assert take(raw, "support@larkfield.example").outcome == "created"
    assert take(raw, "cases@brightwater.example").outcome == "created"
    assert {case.host for case in Case.objects.all()} == {cast.larkfield, cast.brightwater}


def test_headers_tell_the_mailbox_where_no_envelope_does():
    from caseway.mail.incoming.ingesting import ingest

    assert ingest(mail("kim@orchid.example", to="Support <SUPPORT@larkfield.example>")).outcome == "created"


def test_a_mail_to_no_mailbox_of_ours_is_held_and_seen():
    told = take(mail("kim@orchid.example", to="info@nowhere.example"), "info@nowhere.example")
    assert told.outcome == "held"
    assert RawMail.objects.get().organisation is None


def test_copied_strangers_wait_for_approval(cast):
    raw = mail("kim@orchid.example", headers={"Cc": "Eve <eve@evil.example>, support@larkfield.example"})
    told = take(raw)
    eve = Participant.objects.get(address="eve@evil.example")
    assert (eve.is_approved, eve.is_subscribed) == (False, False)
    assert mails_to("eve@evil.example") == 0
    assert not Participant.objects.filter(address="support@larkfield.example").exists()
    assert take(mail("eve@evil.example", subject=f"Re: [{told.case_number}]")).case_number != told.case_number


def test_an_address_for_replies_only_holds_other_mail():
    Mailbox.objects.filter(address="support@larkfield.example").update(use=Mailbox.Use.REPLIES)
    assert take(mail("kim@orchid.example")).outcome == "held"
    assert Case.objects.count() == 0


def test_dangerous_files_are_held_and_kept():
    take(mail("kim@orchid.example", files={"invoice.exe": b"MZ" + b"\0" * 300, "ok.pdf": b"%PDF-1.4"}))
    files = {a.name: a for a in Attachment.objects.all()}
    assert files["invoice.exe"].quarantined
    assert not files["ok.pdf"].quarantined


def test_files_beyond_the_limits_are_held_and_kept(cast):
    cast.larkfield.stored_policy = {"mail_files": 1}
    cast.larkfield.save()
    take(mail("kim@orchid.example", files={"a.pdf": b"%PDF-1.4 a", "b.pdf": b"%PDF-1.4 b"}))
    assert [bool(a.quarantined) for a in Attachment.objects.order_by("name")] == [False, True]


def test_headers_of_other_systems_set_nothing():
    headers = {"X-RT-Owner": "ana", "X-OTOBO-Priority": "5", "X-Priority": "1", "X-Case-Status": "closed"}
    told = take(mail("kim@orchid.example", headers=headers))
    plain = take(mail("kim@orchid.example"))
    first, second = (Case.objects.get(number=t.case_number).sides.get() for t in (told, plain))
    assert (first.priority, first.owner, first.status) == (second.priority, second.owner, second.status)
