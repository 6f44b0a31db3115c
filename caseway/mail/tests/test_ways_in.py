"""The ways on which a mail finds us beside To, and what is missing or odd about it."""

import pytest

from caseway.cases.conversation.actions import post
from caseway.cases.conversation.writing import Content
from caseway.cases.models import Attachment, Case, Message
from caseway.cases.types import Audience
from caseway.demo.cast import Cast
from caseway.mail.models import Mailbox, RawMail
from caseway.mail.tests.mails import SUPPORT, latest_to, mail, mails_to, reply_to, take

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("mailboxes")]
LIST = "logistics@lists.orchid.example"


def without(raw: bytes, name: str) -> bytes:
    start = name.lower().encode() + b":"
    return b"\n".join(line for line in raw.split(b"\n") if not line.lower().startswith(start))


@pytest.fixture
def case(cast: Cast) -> Case:
    """Kim's case, by mail; Ana has answered."""
    told = take(mail("Kim Tran <kim@orchid.example>"))
    case = Case.objects.get(number=told.case_number)
    post(case, by=cast.at_desk(cast.ana), audience=Audience.CUSTOMER, content=Content("Which lid?"))
    return case


@pytest.mark.parametrize(
    ("to", "headers"),
    [
        ("omar@brightwater.example", {"Cc": f"Larkfield <{SUPPORT}>"}),
        (LIST, {"List-Id": f"<{LIST}>", "Precedence": "list", "Delivered-To": SUPPORT}),
        ("undisclosed-recipients:;", {}),
        (LIST, {}),
    ],
    ids=["in Cc", "by a distribution list", "in Bcc", "behind an alias"],
)
def test_a_mail_that_names_us_elsewhere_makes_a_case(to: str, headers: dict[str, str]):
    assert take(mail("kim@orchid.example", to=to, headers=headers)).outcome == "created"


def test_a_reply_by_a_list_or_in_copy_lands_on_its_case(case: Case):
    ours = latest_to("kim@orchid.example")
    headers = {"In-Reply-To": ours.header_id, "References": ours.header_id, "Cc": SUPPORT}
    assert (
        take(mail("kim@orchid.example", "By the list", to=LIST, headers=headers)).case_number == case.number
    )
    headers = {"Cc": reply_to(ours)}
    raw = mail("kim@orchid.example", "In copy", to="omar@brightwater.example", headers=headers)
    assert take(raw).case_number == case.number


def test_the_token_counts_more_than_what_is_referred_to(cast: Cast, case: Case):
    """People write about something else by answering an old mail."""
    other = Case.objects.get(number=take(mail("kim@orchid.example", subject="Other")).case_number)
    post(other, by=cast.at_desk(cast.ana), audience=Audience.CUSTOMER, content=Content("Yes?"))
    of_other = latest_to("kim@orchid.example")
    of_case = case.deliveries.filter(address="kim@orchid.example").latest("pk")
    headers = {"In-Reply-To": of_case.header_id, "References": of_case.header_id}
    assert (
        take(mail("kim@orchid.example", "x", headers=headers), reply_to(of_other)).case_number == other.number
    )


def test_one_mail_by_two_addresses_of_ours_is_one(cast: Cast):
    Mailbox.objects.create(organisation=cast.larkfield, address="help@larkfield.example")
    raw = mail("kim@orchid.example", to=f"{SUPPORT}, help@larkfield.example")
    assert take(b"Received: by one\n" + raw).outcome == "created"
    assert take(b"Received: by two\n" + raw, "help@larkfield.example").outcome == "duplicate"
    assert (Case.objects.count(), mails_to("kim@orchid.example")) == (1, 1)


def test_mails_without_a_message_id_are_told_apart_by_what_they_say(case: Case):
    first, second = (without(mail("jo@orchid.example", f"Text {n}"), "Message-ID") for n in range(2))
    outcomes = [take(raw).outcome for raw in (first, second, first)]
    assert outcomes == ["created", "created", "duplicate"]


@pytest.mark.parametrize(
    "date", ["yesterday", "Thu, 99 Foo 2024 25:61:00 +9999", "Mon, 1 Jan 0001 00:00:00 -0000", ""]
)
def test_a_broken_date_costs_nothing(date: str):
    assert take(mail("kim@orchid.example", headers={"Date": date} if date else {})).outcome == "created"


def test_a_large_mail_with_many_files_lands_with_all_of_them(cast: Cast):
    cast.larkfield.stored_policy = {"mail_total_bytes": 50_000_000}
    cast.larkfield.save()
    files = {f"page {n}.pdf": b"%PDF-1.4 " + bytes([n % 256]) * 40_000 + str(n).encode() for n in range(120)}
    told = take(mail("kim@orchid.example", files=files))
    assert told.outcome == "created"
    assert RawMail.objects.get().size > 6_000_000
    kept = Attachment.objects.filter(message=Message.objects.get())
    assert kept.count() == 120
    assert set(kept.values_list("name", flat=True)) == set(files)
