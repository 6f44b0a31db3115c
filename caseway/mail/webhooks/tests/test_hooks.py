"""Mails and reports that providers bring: proven, stored first, once."""

import base64
import hashlib
import hmac
import json
import time
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

from caseway.cases.models import Case
from caseway.demo.cast import Cast
from caseway.mail.incoming.jobs import process_waiting
from caseway.mail.models import AddressState, Delivery, Mailbox, RawMail
from caseway.mail.outbox.actions import write
from caseway.mail.outbox.letters import Letter, Recipient, Words
from caseway.mail.tests.mails import SUPPORT, mail
from caseway.mail.webhooks import bodies
from config.mailing import mail_hooks

KEY = "key-of-mailgun-0123456789"
SECRET = "postmark:a-long-secret-word"
KIM = "kim@orchid.example"
POSTMARK, MAILGUN = "/hooks/mail/postmark", "/hooks/mail/mailgun"


@pytest.fixture(autouse=True)
def _hooks(settings: Any, mailboxes: list[Mailbox]) -> None:
    hooks = mail_hooks(f"postmark:{SECRET},mailgun:{KEY}")
    settings.MAIL_HOOKS = {hook.provider: hook for hook in hooks}


def basic(words: str = SECRET) -> dict[str, str]:
    return {"Authorization": "Basic " + base64.b64encode(words.encode()).decode()}


def signed(key: str = KEY) -> dict[str, str]:
    moment, token = str(int(time.time())), "0" * 50
    mac = hmac.new(key.encode(), (moment + token).encode(), hashlib.sha256).hexdigest()
    return {"timestamp": moment, "token": token, "signature": mac}


def from_postmark(client: Client, raw: bytes, **headers: str) -> Any:
    body = {
        "FromFull": {"Email": KIM},
        "OriginalRecipient": SUPPORT,
        "RawEmail": raw.decode(),
        "Attachments": [],
    }
    body |= {"Headers": [], "To": SUPPORT}
    sent = headers or basic()
    return client.post(f"{POSTMARK}/inbound/", json.dumps(body), "application/json", headers=sent)


def test_postmark_brings_a_mail_that_becomes_a_case_once(client: Client):
    raw = mail(KIM)
    assert from_postmark(client, raw).status_code == 200
    assert from_postmark(client, raw).status_code == 200
    stored = RawMail.objects.get()
    assert (bytes(stored.content), stored.recipients, stored.envelope_from) == (raw, [SUPPORT], KIM)
    process_waiting(0)
    assert Case.objects.count() == 1


@pytest.mark.parametrize("form", ["urlencoded", "multipart"])
def test_mailgun_brings_a_mail_byte_by_byte(client: Client, form: str):
    raw = mail(KIM).replace(b"The parcel", "Die Büchse".encode("latin-1"))
    fields = {**signed(), "recipient": SUPPORT, "sender": KIM}
    if form == "urlencoded":
        body = urlencode({**fields, "body-mime": raw}).encode()
        kind = "application/x-www-form-urlencoded"
    else:
        parts = [(name, value.encode()) for name, value in fields.items()] + [("body-mime", raw)]
        body = b"".join(
            b'--b0\r\nContent-Disposition: form-data; name="%b"\r\n\r\n%b\r\n' % (name.encode(), value)
            for name, value in parts
        )
        body, kind = body + b"--b0--\r\n", "multipart/form-data; boundary=b0"
    answer = client.generic("POST", f"{MAILGUN}/inbound/", body, kind)
    assert answer.status_code == 200
    assert bytes(RawMail.objects.get().content) == raw


def test_a_mail_of_several_megabytes_comes_whole(client: Client):
    raw = mail(KIM, files={"pallet.bin": b"p" * 6_000_000})
    fields = {**signed(), "recipient": SUPPORT, "sender": KIM, "body-mime": raw.decode()}
    assert client.post(f"{MAILGUN}/inbound/", fields).status_code == 200
    assert RawMail.objects.get().size == len(raw)


def test_whoever_lacks_the_secret_leaves_nothing(client: Client):
    assert from_postmark(client, mail(KIM), **basic("postmark:guessed-it-not-at-all")).status_code == 403
    assert from_postmark(client, mail(KIM), **{"X-Nothing": "1"}).status_code == 403
    forged = {**signed("another-key-entirely"), "recipient": SUPPORT, "body-mime": mail(KIM).decode()}
    assert client.post(f"{MAILGUN}/inbound/", forged).status_code == 403
    assert client.post(f"{MAILGUN}/tracking/", "{", "application/json").status_code == 403
    assert client.post(f"{MAILGUN}/inbound/", {"token": "é"}).status_code == 403
    assert not RawMail.objects.exists()


def test_what_the_settings_do_not_name_is_not_there(client: Client, settings: Any):
    settings.MAIL_HOOKS = {}
    assert from_postmark(client, mail(KIM)).status_code == 404
    assert client.post("/hooks/mail/mailjet/inbound/").status_code == 404


def test_what_can_not_be_kept_is_told(client: Client, monkeypatch: pytest.MonkeyPatch):
    assert client.head(f"{POSTMARK}/inbound/").status_code == 200
    assert client.get(f"{POSTMARK}/inbound/").status_code == 405
    parsed = {"FromFull": {"Email": KIM}, "TextBody": "no raw mail"}
    answer = client.post(f"{POSTMARK}/inbound/", parsed, "application/json", headers=basic())
    assert answer.status_code == 422
    monkeypatch.setattr(bodies, "MOST_SENT", 100)
    assert from_postmark(client, mail(KIM)).status_code == 413
    assert not RawMail.objects.exists()


class TestReports:
    @pytest.fixture
    def sent(self, cast: Cast) -> Delivery:
        letter = Letter(
            purpose=Delivery.Purpose.ANSWER,
            to=Recipient(KIM),
            words=Words("Lid", "It is on its way."),
            organisation=cast.larkfield,
        )
        delivery = write(letter)
        Delivery.objects.filter(pk=delivery.pk).update(state="sent", sent_at=delivery.written_at)
        return delivery

    def told(self, client: Client, **more: Any) -> Any:
        event = {"MessageID": "of-postmark", "Recipient": KIM, "Metadata": {}, **more}
        url = f"{POSTMARK}/tracking/"
        return client.post(url, json.dumps(event), "application/json", headers=basic())

    def test_it_arrived(self, client: Client, sent: Delivery):
        for _ in range(2):
            answer = self.told(client, RecordType="Delivery", DeliveredAt="2026-01-05T10:00:00Z")
            assert answer.status_code == 200
        sent.refresh_from_db()
        assert sent.delivered_at
        assert sent.state == Delivery.State.SENT

    @pytest.mark.parametrize(
        ("kind", "for_good"), [("HardBounce", True), ("SoftBounce", False), ("SpamComplaint", True)]
    )
    def test_it_did_not(self, client: Client, sent: Delivery, kind: str, *, for_good: bool):
        record = "SpamComplaint" if kind == "SpamComplaint" else "Bounce"
        event = {"RecordType": record, "Type": kind, "Email": KIM, "Description": "No such user", "ID": 4}
        for _ in range(2):
            assert self.told(client, **event, BouncedAt="2026-01-05T10:00:00Z").status_code == 200
        sent.refresh_from_db()
        what = "complained" if kind == "SpamComplaint" else "bounced"
        assert (sent.state, sent.last_error) == (Delivery.State.BOUNCED, f"{what} No such user")
        assert AddressState.objects.get(address=KIM).is_permanent is for_good

    def test_mailgun_names_our_own_message_id(self, client: Client, sent: Delivery):
        data = {
            "event": "failed",
            "severity": "permanent",
            "reason": "bounce",
            "timestamp": time.time(),
            "recipient": "other@orchid.example",
            "message": {"headers": {"message-id": sent.header_id.strip("<>")}},
            "delivery-status": {"code": 550, "message": "No such user"},
        }
        body = {"signature": signed(), "event-data": data}
        answer = client.post(f"{MAILGUN}/tracking/", json.dumps(body), "application/json")
        assert answer.status_code == 200
        sent.refresh_from_db()
        assert sent.state == Delivery.State.BOUNCED

    def test_a_mail_of_nobody_marks_nothing(self, client: Client, sent: Delivery):
        self.told(client, RecordType="Bounce", Type="HardBounce", Email="jo@elsewhere.example", ID=5)
        assert not AddressState.objects.exists()
        assert self.told(client, RecordType="Nonsense").status_code == 200
        answer = client.post(f"{POSTMARK}/tracking/", "[1]", "application/json", headers=basic())
        assert answer.status_code == 400
