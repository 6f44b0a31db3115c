"""The mail that a partner gets: what is in it, how it hangs together, and what an answer to it becomes."""

import io
from email.message import EmailMessage

import pytest

from caseway.cases.conversation.actions import post
from caseway.cases.conversation.writing import Content
from caseway.cases.files.receiving import Received, receive
from caseway.cases.models import Case, Message, Participant
from caseway.cases.types import AnswerKind, Audience
from caseway.demo.cast import Cast
from caseway.mail.answering.tests.scenes import CLAIMS, asked, links_in
from caseway.mail.models import Delivery, Mailbox
from caseway.mail.outbox.mime import as_bytes, as_message
from caseway.mail.reading import read
from caseway.mail.tests.mails import latest_to, mail, reply_to, take
from caseway.shipments.models import Shipment

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(cast: Cast) -> Case:
    """Kim's case, about which Ana asked Tamarack by mail."""
    Mailbox.objects.get_or_create(address="support@larkfield.example", organisation=cast.larkfield)
    return asked(cast)


def ask(cast: Cast, case: Case, text: str) -> Delivery:
    """Ana writes to the partner; the mail that Tamarack gets."""
    post(case, by=cast.at_desk(cast.ana), audience=Audience.PARTNER, content=Content(text))
    return latest_to(CLAIMS)


def html_of(mail: Delivery) -> str:
    return mail.html.replace("&#39;", "'")


def test_it_offers_each_way_of_answering_in_both_forms(case: Case) -> None:
    sent = latest_to(CLAIMS)
    found = links_in(sent)
    assert found.keys() == set(AnswerKind) - {AnswerKind.WORDS}
    for path in found.values():
        assert path in sent.html


def test_it_tells_how_the_shipment_stands(cast: Cast, case: Case) -> None:
    shipment = Shipment.objects.create(
        organisation=cast.larkfield, number="LK-1", tracking_number="TMK1", status="in_transit"
    )
    Case.objects.filter(pk=case.pk).update(shipment=shipment)
    sent = ask(cast, case, "And now?")
    for told in (sent.text, sent.html):
        for fact in ("LK-1", "TMK1", "In transit", case.number):
            assert fact in told


def test_mails_and_answers_are_one_thread(cast: Cast, case: Case) -> None:
    first = latest_to(CLAIMS)
    answer = mail(CLAIMS, "At the hub.", headers={"In-Reply-To": first.header_id})
    assert take(answer, reply_to(first)).outcome == "appended"
    theirs = read(answer).message_id.strip("<>")
    second = ask(cast, case, "Which hub?")
    wire = as_message(second)
    assert wire["References"].split() == [first.header_id, f"<{theirs}>"]
    assert wire["In-Reply-To"] == f"<{theirs}>"
    third = ask(cast, case, "Hello?")
    assert as_message(third)["References"].split()[0] == first.header_id
    assert len({first.header_id, second.header_id, third.header_id}) == 3
    assert first.subject == second.subject.removeprefix("Re: ")


def test_what_was_said_before_is_folded_by_our_own_reader(cast: Cast, case: Case) -> None:
    sent = ask(cast, case, "Any news of the third one?")
    whole = read(as_bytes(sent))
    assert "Any news of the third one?" in whole.reply
    assert "Where is the pallet?" not in whole.reply
    assert "Where is the pallet?" in whole.text


def test_of_an_answer_that_quotes_it_all_only_the_new_words_stand(cast: Cast, case: Case) -> None:
    sent = ask(cast, case, "Any news of the third one?")
    quoted = "".join(f"> {line}\n" for line in sent.text.splitlines())
    said = f"It comes tomorrow.\n\nOn Mon, 23 Nov 2026 at 10:12, Larkfield Home wrote:\n{quoted}"
    assert take(mail(CLAIMS, said), reply_to(sent)).outcome == "appended"
    message = Message.objects.latest("pk")
    assert message.text == "It comes tomorrow."
    assert "Any news of the third one?" in message.quoted


def test_of_an_answer_in_html_only_the_new_words_stand(cast: Cast, case: Case) -> None:
    sent = ask(cast, case, "Any news of the third one?")
    answer = EmailMessage()
    answer["From"], answer["To"], answer["Subject"] = CLAIMS, reply_to(sent), "Re: Pallet"
    answer["Message-ID"] = "<gmail-1@mail.example>"
    answer.set_content(
        '<div dir="ltr">It comes tomorrow.</div><br><div class="gmail_quote"><div class="gmail_attr">'
        f"On Mon, Nov 23, 2026 Larkfield wrote:<br></div><blockquote>{sent.html}</blockquote></div>",
        subtype="html",
    )
    assert take(answer.as_bytes(), reply_to(sent)).outcome == "appended"
    assert Message.objects.latest("pk").text.strip() == "It comes tomorrow."


def test_words_of_people_are_words_and_no_markup(cast: Cast, case: Case) -> None:
    """Threats 28 and 29."""
    sent = ask(cast, case, "{{ settings.SECRET_KEY }} ${7*7} <script>alert(1)</script>")
    assert "{{ settings.SECRET_KEY }} ${7*7} &lt;script&gt;" in html_of(sent)
    assert "<script" not in sent.html
    other = asked(cast, partner_subject="Lid\r\nBcc: eve@evil.example", partner_text="{% for x in y %}")
    sent = latest_to(CLAIMS)
    assert other.number in sent.subject
    assert as_message(sent)["Bcc"] is None
    assert "{% for x in y %}" in sent.text


def test_files_of_the_customer_never_go_along(cast: Cast, case: Case) -> None:
    private = post(case, by=cast.at_desk(cast.ana), audience=Audience.CUSTOMER, content=Content("See"))
    receive([Received(io.BytesIO(b"%PDF-1.4 private"), "private.pdf")], private)
    sent = ask(cast, case, "Any news?")
    assert [part.get_filename() for part in as_message(sent).iter_attachments()] == []
    assert "private" not in sent.text + sent.html


def test_a_long_thread_is_quoted_in_part_and_stays_a_mail(cast: Cast, case: Case) -> None:
    """Gmail cuts a mail off beyond 102 kB of HTML."""
    for number in range(12):
        ask(cast, case, f"Message {number} " + "word " * 4000)
    sent = ask(cast, case, "The last one")
    assert "Message 11" in sent.html
    assert "Message 0 " not in sent.html
    assert len(sent.html.encode()) < 100_000


def test_only_who_was_let_in_is_offered_to_get_no_more(cast: Cast, case: Case) -> None:
    Participant.objects.create(
        case=case, organisation=cast.tamarack, audience=Audience.PARTNER, address="bob@tamarack.example"
    )
    agreed = ask(cast, case, "Any news?")
    assert as_message(agreed)["List-Unsubscribe"] is None
    let_in = as_message(latest_to("bob@tamarack.example"))
    assert "/stop/" in let_in["List-Unsubscribe"]
    assert let_in["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_our_own_people_get_no_links(cast: Cast, case: Case) -> None:
    sent = latest_to(CLAIMS)
    case.sides.filter(organisation=cast.larkfield).update(owner=None)
    cast.larkfield_tamarack.shipper_addresses = ["desk@larkfield.example"]
    cast.larkfield_tamarack.save()
    take(mail(CLAIMS, "At the hub."), reply_to(sent))
    told = latest_to("desk@larkfield.example")
    assert "At the hub." in told.text
    assert "/p/" not in told.text + told.html


def test_it_is_drawn_with_tables_and_without_help_from_elsewhere(case: Case) -> None:
    """Outlook on Windows lays out by tables; nothing is fetched when the mail is opened."""
    html = latest_to(CLAIMS).html
    assert html.count('role="presentation"') >= 6
    assert "<!--[if mso]>" in html
    for fetched in ("<img", "<link", "url(", "@import", "<script", "<iframe"):
        assert fetched not in html
