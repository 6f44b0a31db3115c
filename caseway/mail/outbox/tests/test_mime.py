"""The mail as it goes over the wire."""

from email import message_from_bytes
from email.policy import default
from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from caseway.cases.files.receiving import Received, receive
from caseway.cases.models import Case
from caseway.mail.models import Delivery, Mailbox
from caseway.mail.outbox.mime import as_bytes, as_message
from caseway.mail.tests.mails import latest_to, mail, take
from config.values import MailRelay

from .letters import letter

pytestmark = pytest.mark.django_db


def parsed(delivery: Delivery):
    return message_from_bytes(as_bytes(delivery), policy=default)


def test_it_is_the_same_to_the_byte_each_time():
    mail = letter(text="Grüße\n" * 50, html="<p>Grüße</p>")
    assert as_bytes(mail) == as_bytes(Delivery.objects.get(pk=mail.pk))


def test_every_alphabet_and_long_lines_arrive():
    text = "Grüße aus Köln 你好 cảm ơn 🚚 " + "x" * 3000
    mail = parsed(
        letter(name="Zoë 你好", subject="Lieferung 你好 " + "lang " * 40, text=text, html=f"<p>{text}</p>")
    )
    assert mail["To"].addresses[0].display_name == "Zoë 你好"
    assert mail["Subject"].startswith("Lieferung 你好 lang")
    assert mail.get_body(("plain",)).get_content().strip() == text
    assert text in mail.get_body(("html",)).get_content()
    assert max(map(len, as_bytes(letter(text=text)).split(b"\r\n"))) <= 998


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(max_size=60), st.text(max_size=120), st.text(max_size=60))
def test_nothing_typed_adds_a_header_or_a_recipient(name, subject, sender_name):
    evil = "\r\nBcc: eve@evil.example\r\n\r\n"
    delivery = letter(name=name + evil, subject=subject + evil, sender_name=sender_name + evil)
    mail = parsed(delivery)
    assert mail["Bcc"] is None
    assert [a.addr_spec for a in mail["To"].addresses] == ["kim@orchid.example"]
    assert len(mail["From"].addresses) == 1
    assert mail.get_content().strip() == "Text"


def test_an_address_that_no_header_can_carry_is_refused_for_good():
    from caseway.mail.outbox.sending import Sender
    from caseway.mail.outbox.smtp import SmtpRelay

    class Deaf(SmtpRelay):
        def _standing(self):
            return None

    delivery = letter("not an address")
    Sender(Deaf(MailRelay("relay.example", 25, "", "", "none"))).send(delivery.pk)
    delivery.refresh_from_db()
    assert delivery.state == Delivery.State.FAILED


def test_references_are_the_readers_own_thread_and_stay_short(cast):
    Mailbox.objects.create(address="support@larkfield.example", organisation=cast.larkfield)
    case = Case.objects.get(number=take(mail("kim@orchid.example")).case_number)
    for number in range(30):
        letter(case=case, organisation=cast.larkfield, subject=str(number))
    letter("jo@orchid.example", case=case, organisation=cast.larkfield)
    latest = latest_to("kim@orchid.example")
    ids = parsed(latest)["References"].split()
    assert len(ids) == 10
    assert parsed(latest)["In-Reply-To"] == ids[-1]
    assert not Delivery.objects.filter(header_id__in=ids).exclude(address="kim@orchid.example").exists()
    assert latest_to("jo@orchid.example").references == []


def test_files_go_with_an_answer_but_no_held_ones(cast):
    Mailbox.objects.create(address="support@larkfield.example", organisation=cast.larkfield)
    case = Case.objects.get(number=take(mail("kim@orchid.example")).case_number)
    message = case.messages.get()
    held = Received(BytesIO(b"MZ"), "evil.exe", quarantined="danger")
    receive([Received(BytesIO(b"%PDF-1.4 x"), "größe.pdf"), held], message)
    sent = letter(case=case, message=message, with_files=True, organisation=cast.larkfield)
    files = list(parsed(sent).iter_attachments())
    assert [part.get_filename() for part in files] == ["größe.pdf"]
    assert files[0].get_content() == b"%PDF-1.4 x"
    assert as_bytes(sent) == as_bytes(sent)


def test_heavy_files_stay_behind(cast, monkeypatch):
    from caseway.mail.outbox import mime

    monkeypatch.setattr(mime, "MOST_FILE_BYTES", 5)
    Mailbox.objects.create(address="support@larkfield.example", organisation=cast.larkfield)
    case = Case.objects.get(number=take(mail("kim@orchid.example")).case_number)
    message = case.messages.get()
    receive([Received(BytesIO(b"%PDF-1.4 x"), "a.pdf")], message)
    sent = letter(case=case, message=message, with_files=True, organisation=cast.larkfield)
    assert not list(as_message(sent).iter_attachments())
