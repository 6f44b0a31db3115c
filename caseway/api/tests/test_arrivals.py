"""What came in by mail, over the API: found, read, decided about."""

from datetime import timedelta

import pytest

from caseway.accounts.models import AuditEntry
from caseway.accounts.permissions import Permission
from caseway.cases.models import Case
from caseway.core.clock import now
from caseway.mail.models import BlockedSender, Mailbox, RawMail
from caseway.mail.tests.mails import SUPPORT, mail, take

pytestmark = pytest.mark.django_db
JO = "jo@orchid.example"
REPLIES = "replies@larkfield.example"


@pytest.fixture
def raw(cast) -> bytes:
    """Jo's mail, with a file."""
    Mailbox.objects.get_or_create(address=SUPPORT, organisation=cast.larkfield)
    Mailbox.objects.create(address=REPLIES, organisation=cast.larkfield, use=Mailbox.Use.REPLIES)
    return mail(f"Jo Weiss <{JO}>", "Where is it?", to=REPLIES, files={"pallet.bin": b"p"})


@pytest.fixture
def held(raw) -> RawMail:
    """It is held where only replies are taken."""
    assert take(raw, REPLIES).outcome == "held"
    return RawMail.objects.latest("pk")


def test_they_are_listed_latest_first_and_narrowed(calls, held):
    number = take(mail("Kim Tran <kim@orchid.example>")).case_number
    admin = calls("admin")
    kim, jo = admin.get("/mails").json()["items"]
    assert (kim["outcome"], kim["case"], kim["reason"], kim["mailbox"]) == (
        "processed",
        number,
        None,
        SUPPORT,
    )
    assert jo["sender"] == {"name": "Jo Weiss", "email": JO}
    assert (jo["id"], jo["outcome"], jo["case"], jo["readable"]) == (str(held.pk), "held", None, True)
    assert jo["reason"] == "This address takes replies only."
    RawMail.objects.filter(pk=held.pk).update(received_at=now() - timedelta(days=3))
    day = (now() - timedelta(days=3)).date().isoformat()
    for query in ("outcome=held", f"mailbox={REPLIES}", f"day={day}", "sender=jo@"):
        found = admin.get(f"/mails?{query}").json()["items"]
        assert [one["id"] for one in found] == [str(held.pk)], query
    first = admin.get("/mails?limit=1").json()
    second = admin.get(f"/mails?limit=1&cursor={first['next']}").json()
    assert [one["id"] for one in first["items"] + second["items"]] == [kim["id"], jo["id"]]
    for query in ("outcome=lost", "mailbox=cases@brightwater.example", "day=yesterday", "state=held"):
        assert admin.get(f"/mails?{query}").status_code == 422, query


def test_one_is_read_and_taken_away_which_the_log_tells(calls, held, raw):
    admin = calls("admin")
    one = admin.get(f"/mails/{held.pk}").json()
    assert (one["text"].strip(), one["files"], one["recipients"]) == (
        "Where is it?",
        ["pallet.bin"],
        [REPLIES],
    )
    assert not AuditEntry.objects.filter(kind="mail.downloaded").exists()
    answer = admin.get(f"/mails/{held.pk}/source")
    assert (answer.content, answer["Content-Type"]) == (raw, "application/octet-stream")
    assert answer["Content-Disposition"] == f'attachment; filename="mail-{held.pk}.eml"'
    assert AuditEntry.objects.filter(kind="mail.downloaded").exists()


def test_a_held_one_is_let_in_once(calls, held):
    admin, place = calls("admin"), f"/mails/{held.pk}"
    let_in = admin.post(f"{place}/acceptance").json()
    assert (let_in["outcome"], let_in["case"]) == ("processed", Case.objects.get().number)
    for deed in ("acceptance", "refusal", "processing"):
        assert admin.post(f"{place}/{deed}").status_code == 409, deed
    assert Case.objects.count() == 1


def test_one_is_set_aside_and_processed_again(calls, held):
    admin, place = calls("admin"), f"/mails/{held.pk}"
    assert admin.post(f"{place}/refusal").json()["outcome"] == "ignored"
    Mailbox.objects.update(use=Mailbox.Use.CASES)
    assert admin.post(f"{place}/processing").json()["outcome"] == "processed"


def test_senders_are_blocked_and_let_in_again(calls, held):
    admin = calls("admin")
    blocked = admin.post(f"/mails/{held.pk}/blockade", {"whole_domain": True}).json()
    assert blocked["pattern"] == "@orchid.example"
    assert admin.get(f"/mails/{held.pk}").json()["outcome"] == "ignored"
    answer = admin.post("/blocked-senders", {"pattern": "spam.example"})
    assert (answer.status_code, answer.json()["pattern"]) == (201, "@spam.example")
    assert admin.post("/blocked-senders", {"pattern": "larkfield.example"}).status_code == 422
    listed = admin.get("/blocked-senders").json()["items"]
    assert [one["pattern"] for one in listed] == ["@orchid.example", "@spam.example"]
    assert admin.delete(f"/blocked-senders/{blocked['id']}").status_code == 204
    assert BlockedSender.objects.get().pattern == "@spam.example"


def test_only_administrators_with_the_scope_do(calls, cast, held):
    deeds = [f"/mails/{held.pk}/{deed}" for deed in ("acceptance", "refusal", "blockade", "processing")]
    for name, expected in (("ana", 403), ("pia", 404), ("kim", 404)):
        caller = calls(name)
        assert caller.get("/mails").json()["items"] == []
        assert caller.get("/blocked-senders").json()["items"] == []
        assert [caller.get(f"/mails/{held.pk}{rest}").status_code for rest in ("", "/source")] == [
            expected
        ] * 2
        assert [caller.post(deed).status_code for deed in deeds] == [expected] * 4
    reader = calls("admin", "settings:read")
    assert reader.get(f"/mails/{held.pk}").status_code == 200
    assert [reader.post(deed).status_code for deed in deeds] == [403] * 4
    assert calls("admin", "cases:read").get("/mails").status_code == 403
    held.refresh_from_db()
    assert held.state == RawMail.State.HELD


def test_what_a_case_hides_its_mail_hides(calls, cast, held):
    """A role may change settings and yet see only its teams' cases."""
    number = take(mail("Kim Tran <kim@orchid.example>", subject="Secret lid")).case_number
    key = RawMail.objects.get(case__number=number).pk
    cast.larkfield.stored_policy = {"agents_see_all": False}
    cast.larkfield.save()
    role = cast.ana.memberships.get().role
    role.permissions = [Permission.SETTINGS]
    role.save()
    ana = calls("ana")
    one = ana.get(f"/mails/{key}").json()
    assert (one["readable"], one["subject"], one["case"], one["text"]) == (False, None, None, None)
    assert number not in str(one) + ana.get("/mails").content.decode()
    assert ana.get(f"/mails/{key}/source").status_code == 404
    for deed in ("acceptance", "refusal", "blockade", "processing"):
        assert ana.post(f"/mails/{key}/{deed}").status_code == 404, deed
