"""What came in, on the settings' page: listed, narrowed, decided about, looked at."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from caseway.accounts.models import AuditEntry, Person
from caseway.accounts.permissions import Permission
from caseway.cases.conversation.actions import post
from caseway.cases.conversation.writing import Content
from caseway.cases.models import Case, Message
from caseway.cases.types import Audience
from caseway.core.clock import now
from caseway.demo.cast import Cast
from caseway.mail.incoming import processing
from caseway.mail.incoming.jobs import process_waiting
from caseway.mail.incoming.storing import store
from caseway.mail.models import ImapAccount, Mailbox, RawMail, Trouble, Why
from caseway.mail.tests.mails import SUPPORT, latest_to, mail, mails_to, reply_to, take

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("mailboxes")]
State = RawMail.State
PAGE = "/desk/settings/mail/"


class Administrator(Client):
    """A browser at the pages of mail."""

    def __init__(self, person: Person) -> None:
        super().__init__()
        self.force_login(person)

    def read(self, rest: str = "", **query: str) -> str:
        answer = self.get(PAGE + rest, query)
        assert answer.status_code == 200, answer.status_code
        return answer.content.decode().replace("&#39;", "'").replace("\u2019", "'")

    def do(self, mail: RawMail, deed: str, **data: str) -> str:
        return self.post(f"{PAGE}{mail.pk}/{deed}/", data, follow=True).content.decode()


@pytest.fixture
def admin(cast: Cast) -> Administrator:
    return Administrator(cast.admin)


@pytest.fixture
def replies_only(cast: Cast) -> Mailbox:
    """A mailbox where other mail than replies is held."""
    return Mailbox.objects.create(
        organisation=cast.larkfield, address="replies@larkfield.example", use=Mailbox.Use.REPLIES
    )


@pytest.fixture
def held(replies_only: Mailbox) -> RawMail:
    told = take(
        mail("Jo Weiss <jo@orchid.example>", "Where is it?", to=replies_only.address), replies_only.address
    )
    assert told.outcome == "held"
    return RawMail.objects.latest("pk")


def failing(monkeypatch: pytest.MonkeyPatch) -> RawMail:
    """A mail that could not be processed."""

    def fail(*_args):
        raise KeyError("defect")

    row = store(mail("max@fernwood.example", "poison"), recipients=[SUPPORT])[0].mail
    with monkeypatch.context() as broken:
        broken.setattr(processing, "decide", fail)
        for _ in range(processing.MOST_ATTEMPTS):
            processing.process(row.pk)
    row.refresh_from_db()
    assert row.state == State.REJECTED
    return row


def test_it_tells_outcome_reason_and_case(admin: Administrator, held: RawMail):
    told = take(mail("Kim Tran <kim@orchid.example>", subject="A <b>lid</b>"))
    page = admin.read()
    assert "Kim Tran &lt;kim@orchid.example&gt;" in page
    assert "A &lt;b&gt;lid&lt;/b&gt;" in page
    assert f"/desk/cases/{told.case_number}" in page
    assert "This address takes replies only." in page
    assert page.index("kim@orchid") < page.index("jo@orchid"), "the latest first"
    assert "replies@larkfield.example" in page
    assert "cases@brightwater.example" not in page


def test_a_mailbox_tells_how_it_is_read_and_what_is_wrong(cast: Cast, admin: Administrator):
    box = Mailbox.objects.get(address=SUPPORT)
    ImapAccount.objects.create(
        mailbox=box, host="imap.larkfield.example", port=993, trouble=Trouble.UNKNOWN_HOST, last_read_at=now()
    )
    page = admin.read()
    assert "Fetched from imap.larkfield.example" in page
    assert "There is no server of this name." in page


def test_it_is_narrowed_by_outcome_mailbox_day_and_sender(
    admin: Administrator, held: RawMail, replies_only: Mailbox
):
    take(mail("kim@orchid.example"))
    RawMail.objects.filter(sender="kim@orchid.example").update(received_at=now() - timedelta(days=3))
    day = (now() - timedelta(days=3)).date().isoformat()
    for query, shown, hidden in [
        ({"outcome": "held"}, "jo@", "kim@"),
        ({"outcome": "processed"}, "kim@", "jo@"),
        ({"mailbox": str(replies_only.pk)}, "jo@", "kim@"),
        ({"sender": "Kim@orch"}, "kim@", "jo@"),
        ({"day": day}, "kim@", "jo@"),
        ({"day": day, "outcome": "processed", "sender": "kim"}, "kim@", "jo@"),
    ]:
        rows = admin.read(**query).partition('<ol class="card maillist">')[2]
        assert shown in rows, query
        assert hidden not in rows, query
    assert "Nothing fits" in admin.read(day=day, outcome="held")
    for odd in (
        {"day": "x"},
        {"day": "9999-12-31"},
        {"mailbox": "9" * 30},
        {"sender": "\0"},
        {"outcome": "?"},
    ):
        assert "jo@" in admin.read(**odd), odd


def test_it_pages_by_key_and_asks_few_questions(cast: Cast, admin: Administrator):
    common = {"organisation": cast.larkfield, "content": b"x", "size": 1, "state": State.IGNORED}
    times = [now() - timedelta(minutes=n) for n in range(120)]
    rows = [
        RawMail(content_hash=str(n), sender=f"a{n}@x.example", received_at=time, **common)
        for n, time in enumerate(times)
    ]
    RawMail.objects.bulk_create(rows)
    seen: list[str] = []
    address = PAGE
    for _ in range(3):
        with CaptureQueriesContext(connection) as taken:
            page = admin.get(address).content.decode()
        assert len(taken) <= 14, [query["sql"][:120] for query in taken.captured_queries]
        assert not [query for query in taken.captured_queries if '"mail_rawmail"."content",' in query["sql"]]
        seen += [part.partition("@")[0] for part in page.split("<b>a")[1:]]
        address = ([PAGE, *re.findall(r'href="([^"]*cursor=[^"]*)"', page)][-1]).replace("&amp;", "&")
    assert seen == [str(n) for n in range(120)]


def test_a_held_mail_is_accepted_as_a_case(cast: Cast, admin: Administrator, held: RawMail):
    page = admin.read(f"{held.pk}/")
    assert "Where is it?" in page
    assert "acceptance" in page
    assert "The mail is on case CV" in admin.do(held, "acceptance")
    held.refresh_from_db()
    assert held.state == State.PROCESSED
    assert Case.objects.get().contact == cast.contact(cast.jo)
    assert mails_to("jo@orchid.example") == 1
    assert "Somebody has decided about this mail already." in admin.do(held, "acceptance")
    assert Case.objects.count() == 1


def test_a_held_mail_of_a_stranger_is_accepted_onto_its_case(cast: Cast, admin: Administrator):
    told = take(mail("Kim Tran <kim@orchid.example>"))
    case = Case.objects.get(number=told.case_number)
    post(case, by=cast.at_desk(cast.ana), audience=Audience.CUSTOMER, content=Content("Which lid?"))
    assert (
        take(mail("jo@orchid.example", "I have it"), reply_to(latest_to("kim@orchid.example"))).outcome
        == "held"
    )
    admin.do(RawMail.objects.latest("pk"), "acceptance")
    assert Message.objects.latest("pk").text == "I have it"


def test_a_mail_without_sender_is_accepted_by_whom_to_answer(admin: Administrator):
    raw = mail("x@x.example", headers={"Reply-To": "max@fernwood.example"})
    raw = b"\n".join(line for line in raw.split(b"\n") if not line.startswith(b"From:"))
    assert take(raw).outcome == "held"
    assert "The mail is on case" in admin.do(RawMail.objects.get(), "acceptance")
    assert mails_to("max@fernwood.example") == 1


def test_a_mail_of_nobody_stays_held_and_says_why(admin: Administrator):
    raw = b"\n".join(line for line in mail("x@x.example").split(b"\n") if not line.startswith(b"From:"))
    take(raw)
    row = RawMail.objects.get()
    assert "The mail stays held: The mail names no sender." in admin.do(row, "acceptance")
    assert "The mail is set aside." in admin.do(row, "refusal")
    row.refresh_from_db()
    assert (row.state, row.why) == (State.IGNORED, Why.SET_ASIDE)


def test_blocking_ignores_what_is_held_and_what_comes(cast: Cast, admin: Administrator, held: RawMail):
    assert "Mails of jo@orchid.example are ignored from now on." in admin.do(held, "blocking")
    held.refresh_from_db()
    assert (held.state, held.why) == (State.IGNORED, Why.BLOCKED)
    assert take(mail("jo@orchid.example", "Again")).outcome == "ignored"
    assert take(mail("kim@orchid.example")).outcome == "created"
    assert mails_to("jo@orchid.example") == 0


def test_one_that_failed_is_processed_again(admin: Administrator, monkeypatch: pytest.MonkeyPatch):
    row = failing(monkeypatch)
    assert "KeyError" in admin.read(outcome="rejected")
    assert "The mail is on case CV" in admin.do(row, "processing")
    assert "This mail is on a case, or on its way to one." in admin.do(row, "processing")


def test_all_that_failed_are_processed_again(
    cast: Cast, admin: Administrator, monkeypatch: pytest.MonkeyPatch
):
    rows = [failing(monkeypatch).pk]
    foreign = RawMail.objects.create(
        organisation=cast.brightwater, content=b"x", size=1, content_hash="f", state=State.REJECTED
    )
    assert "Process all again" in admin.read(outcome="rejected")
    admin.post(f"{PAGE}processing/")
    process_waiting(0)
    assert set(RawMail.objects.filter(pk__in=rows).values_list("state", flat=True)) == {State.PROCESSED}
    foreign.refresh_from_db()
    assert foreign.state == State.REJECTED


def test_the_source_is_shown_as_text_and_noted(cast: Cast, admin: Administrator):
    take(mail("kim@orchid.example", "<script>alert(1)</script> \u202etxt.exe \x1b[31m", subject="Lid"))
    row = RawMail.objects.get()
    before = AuditEntry.objects.count()
    page = admin.read(f"{row.pk}/source/")
    assert "Subject: Lid" in page
    assert "<script>alert" not in page
    assert "\x1b" not in page
    noted = AuditEntry.objects.latest("pk")
    assert AuditEntry.objects.count() == before + 1
    assert (noted.kind, noted.actor, noted.payload) == ("mail.viewed", cast.admin, {"mail_id": row.pk})
    assert "source read" in admin.get("/desk/settings/audit-log/").content.decode()


def test_a_long_source_is_cut_and_says_so(admin: Administrator):
    take(mail("kim@orchid.example", "word " * 100_000))
    page = admin.get(f"{PAGE}{RawMail.objects.get().pk}/source/").content.decode()
    assert len(page) < 250_000
    assert "Only the beginning is shown." in page


def test_the_download_is_the_very_bytes_and_no_page(admin: Administrator):
    raw = mail("kim@orchid.example", "<script>alert(1)</script>").replace(b"text/plain", b"text/html")
    take(raw)
    row = RawMail.objects.get()
    answer = admin.get(f"{PAGE}{row.pk}.eml")
    assert answer.content == raw
    assert answer["Content-Disposition"] == f'attachment; filename="mail-{row.pk}.eml"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert AuditEntry.objects.latest("pk").kind == "mail.downloaded"


def test_whoever_may_not_change_settings_sees_none_of_it(cast: Cast, held: RawMail):
    for person, status in [(cast.ana, 403), (cast.kim, 404)]:
        browser = Administrator(person)
        for rest in ("", f"{held.pk}/", f"{held.pk}/source/", f"{held.pk}.eml", "blocked/", "addresses/"):
            assert browser.get(PAGE + rest).status_code == status, (person, rest)
        for deed in ("acceptance", "refusal", "blocking", "processing"):
            assert browser.post(f"{PAGE}{held.pk}/{deed}/").status_code == status, (person, deed)
    iris = Administrator(cast.iris)
    assert "jo@orchid" not in iris.read()
    for rest in (f"{held.pk}/", f"{held.pk}/source/", f"{held.pk}.eml"):
        assert iris.get(PAGE + rest).status_code == 404
    for deed in ("acceptance", "refusal", "blocking", "processing"):
        assert iris.post(f"{PAGE}{held.pk}/{deed}/").status_code == 404
    held.refresh_from_db()
    assert held.state == State.HELD


def test_a_case_that_the_administrator_cannot_open_keeps_its_mails_words(cast: Cast):
    """A role may change settings and yet see only its teams' cases."""
    told = take(mail("kim@orchid.example", "The secret words", subject="Secret subject"))
    row = RawMail.objects.get()
    cast.larkfield.stored_policy = {"agents_see_all": False}
    cast.larkfield.save()
    seat = cast.ana.memberships.get()
    seat.role.permissions = [Permission.SETTINGS]
    seat.role.save()
    ana = Administrator(cast.ana)
    for page in (ana.read(), ana.read(f"{row.pk}/")):
        assert "kim@orchid.example" in page
        for secret in ("Secret subject", "The secret words", told.case_number):
            assert secret not in page
    assert ana.get(f"{PAGE}{row.pk}/source/").status_code == 404
    assert ana.get(f"{PAGE}{row.pk}.eml").status_code == 404
    assert ana.post(f"{PAGE}{row.pk}/processing/").status_code == 404
