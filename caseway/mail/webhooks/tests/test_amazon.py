"""Mails and reports that Amazon's mail service brings in notes of a topic."""

import base64
import json
from itertools import count
from typing import Any

import pytest
from django.test import Client

from caseway.demo.cast import Cast
from caseway.mail.models import AddressState, Delivery, Mailbox, RawMail
from caseway.mail.outbox.actions import write
from caseway.mail.outbox.letters import Letter, Recipient, Words
from caseway.mail.tests.mails import SUPPORT, mail
from caseway.mail.webhooks import topics
from config.mailing import mail_hooks

SECRET = "amazon:a-long-secret-word"
KIM = "kim@orchid.example"
HOOK = "/hooks/mail/amazon_ses"
TOPIC = "arn:aws:sns:eu-west-1:123456789012:mail"
_numbers = count(1)


@pytest.fixture(autouse=True)
def _hooks(settings: Any, mailboxes: list[Mailbox]) -> None:
    settings.MAIL_HOOKS = {hook.provider: hook for hook in mail_hooks(f"amazon_ses:{SECRET}")}


def basic(words: str = SECRET) -> str:
    return "Basic " + base64.b64encode(words.encode()).decode()


def bring(client: Client, place: str, message: object, **note: str) -> Any:
    """A note of a topic, as Amazon sends it: JSON that says it is text."""
    text = message if isinstance(message, str) else json.dumps(message)
    told = {"Type": "Notification", "MessageId": f"n{next(_numbers)}", "TopicArn": TOPIC, "Message": text}
    told |= {"Timestamp": "2026-01-05T10:00:00.000Z", **note}
    kind, number = told["Type"], told["MessageId"]
    headers = {"x-amz-sns-message-type": kind, "x-amz-sns-message-id": number, "Authorization": basic()}
    return client.generic(
        "POST", f"{HOOK}/{place}/", json.dumps(told).encode(), "text/plain; charset=UTF-8", headers=headers
    )


def received(action: dict[str, str], **more: str) -> dict[str, Any]:
    return {
        "notificationType": "Received",
        "mail": {"source": KIM, "messageId": "of-amazon"},
        "receipt": {"recipients": [SUPPORT], "action": action},
        **more,
    }


class TestMails:
    def test_one_in_a_note_is_taken_byte_by_byte_once(self, client: Client):
        raw = mail(KIM).replace(b"The parcel", "Die Büchse".encode("latin-1"))
        note = received({"type": "SNS", "encoding": "BASE64"}, content=base64.b64encode(raw).decode())
        for _ in range(2):
            assert bring(client, "inbound", note).status_code == 200
        stored = RawMail.objects.get()
        assert (bytes(stored.content), stored.recipients, stored.envelope_from) == (raw, [SUPPORT], KIM)

    def test_one_in_plain_words_is_taken_too(self, client: Client):
        raw = mail(KIM, "Grüße")
        note = received({"type": "SNS", "encoding": "UTF-8"}, content=raw.decode())
        assert bring(client, "inbound", note).status_code == 200
        assert bytes(RawMail.objects.get().content) == raw

    def test_a_note_without_the_mail_is_told(self, client: Client):
        action = {"type": "S3", "bucketName": "a-bucket-that-nobody-named", "objectKey": "mails/1"}
        for note in (received(action), received({"type": "SNS"}), {"notificationType": "Received"}):
            assert bring(client, "inbound", note).status_code == 422
        assert not RawMail.objects.exists()

    def test_whoever_lacks_the_secret_leaves_nothing_and_is_asked_for_it(self, client: Client):
        url = f"{HOOK}/inbound/"
        answer = client.generic("POST", url, b"{}", "text/plain")
        assert (answer.status_code, answer["WWW-Authenticate"][:5]) == (401, "Basic")
        headers = {"Authorization": basic("amazon:guessed-it-not-at-all")}
        note = json.dumps({"Type": "SubscriptionConfirmation", "TopicArn": TOPIC, "Token": "t" * 40})
        assert client.generic("POST", url, note.encode(), "text/plain", headers=headers).status_code == 403
        for body in (b"{", b"[1]", b"\xff", note.encode()):
            headers = {"Authorization": basic()}
            answer = client.generic("POST", url, body, "text/plain", headers=headers)
            assert answer.status_code in (400, 403)
        assert not RawMail.objects.exists()


class TestTopics:
    def test_its_first_words_and_its_farewell_are_no_mail(self, client: Client):
        words = "Successfully validated SNS topic for Amazon SES event publishing."
        for place in ("inbound", "tracking"):
            assert bring(client, place, words).status_code == 200
            assert bring(client, place, "Bye", Type="UnsubscribeConfirmation").status_code == 200

    @pytest.mark.parametrize(
        ("topic", "token"),
        [
            ("arn:aws:sns:evil.example/#:123456789012:mail", "t" * 40),
            ("arn:aws:sns:eu-west-1@evil.example:123456789012:mail", "t" * 40),
            ("arn:aws:sns:localhost:123456789012:mail", "t" * 40),
            ("https://169.254.169.254/latest/meta-data", "t" * 40),
            (TOPIC, "t&Action=Publish"),
        ],
    )
    def test_nobody_but_amazon_is_called(
        self, client: Client, monkeypatch: pytest.MonkeyPatch, topic: str, token: str
    ):
        monkeypatch.setattr(topics, "connect", lambda *_, **__: pytest.fail("somebody was called"))
        note = {"Type": "SubscriptionConfirmation", "TopicArn": topic, "Token": token}
        answer = bring(client, "inbound", "?", SubscribeURL="https://169.254.169.254/", **note)
        assert answer.status_code == 400

    def test_the_address_in_the_note_is_not_the_one_that_is_called(
        self, client: Client, monkeypatch: pytest.MonkeyPatch
    ):
        called = []

        def refused(host: str, port: int, *, timeout: float) -> None:
            called.append((host, port))
            raise ConnectionRefusedError

        monkeypatch.setattr(topics, "connect", refused)
        note = {"Type": "SubscriptionConfirmation", "Token": "t" * 40, "SubscribeURL": "https://evil.example"}
        assert bring(client, "tracking", "?", **note).status_code == 503
        chinese = "arn:aws-cn:sns:cn-north-1:123456789012:mail"
        assert bring(client, "tracking", "?", **note, TopicArn=chinese).status_code == 503
        assert called == [("sns.eu-west-1.amazonaws.com", 443), ("sns.cn-north-1.amazonaws.com.cn", 443)]


class TestReports:
    @pytest.fixture
    def sent(self, cast: Cast) -> Delivery:
        delivery = write(
            Letter(
                purpose=Delivery.Purpose.ANSWER,
                to=Recipient(KIM),
                words=Words("Lid", "It is on its way."),
                organisation=cast.larkfield,
            )
        )
        Delivery.objects.filter(pk=delivery.pk).update(state="sent", sent_at=delivery.written_at)
        return delivery

    def told(self, client: Client, sent: Delivery, kind: str, **more: Any) -> None:
        """Of this mail: Amazon gave it an id of its own, and names ours beside."""
        told = {
            "messageId": "of-amazon",
            "destination": [KIM],
            "commonHeaders": {"messageId": sent.header_id},
        }
        note = {"notificationType": kind, "mail": told, kind.lower(): more}
        for _ in range(2):
            assert bring(client, "tracking", note).status_code == 200
        sent.refresh_from_db()

    def test_it_arrived(self, client: Client, sent: Delivery):
        self.told(client, sent, "Delivery", recipients=["other@orchid.example"])
        assert sent.delivered_at
        assert sent.state == Delivery.State.SENT

    @pytest.mark.parametrize(
        ("kind", "for_good"), [("Permanent", True), ("Transient", False), ("Undetermined", False)]
    )
    def test_it_came_back(self, client: Client, sent: Delivery, kind: str, *, for_good: bool):
        who = [{"emailAddress": KIM, "diagnosticCode": "550 No such user"}]
        self.told(client, sent, "Bounce", bounceType=kind, bounceSubType="General", bouncedRecipients=who)
        assert (sent.state, sent.last_error) == (Delivery.State.BOUNCED, "bounced 550 No such user")
        assert AddressState.objects.get(address=KIM).is_permanent is for_good

    def test_its_reader_complained(self, client: Client, sent: Delivery):
        self.told(client, sent, "Complaint", complainedRecipients=[{"emailAddress": KIM}])
        assert AddressState.objects.get(address=KIM).is_permanent

    def test_what_is_no_report_is_told(self, client: Client):
        for note in ({"notificationType": "Bounce"}, {"notificationType": "Received"}, {"mail": 1}):
            assert bring(client, "tracking", note).status_code == 400
        assert not AddressState.objects.exists()
