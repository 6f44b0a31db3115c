"""Mails as mail programs write them, and what the outbox holds, for tests."""

from email.message import EmailMessage
from email.utils import make_msgid

from caseway.mail.incoming.ingesting import Ingested, ingest
from caseway.mail.models import Delivery
from caseway.mail.outbox.mime import as_message

SUPPORT = "support@larkfield.example"


def mail(
    sender: str,
    text: str = "The parcel came without its lid.",
    *,
    to: str = SUPPORT,
    subject: str = "Missing lid",
    headers: dict[str, str] | None = None,
    files: dict[str, bytes] | None = None,
) -> bytes:
    """A mail with a Message-ID of its own."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, to, subject
    message["Message-ID"] = make_msgid(domain="mail.example")
    for name, value in (headers or {}).items():
        message[name] = value
    message.set_content(text)
    for name, content in (files or {}).items():
        message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


def take(raw: bytes, to: str = SUPPORT) -> Ingested:
    """Ingest a mail that was sent to `to`."""
    return ingest(raw, recipients=[to])


def reply_to(delivery: Delivery) -> str:
    """The address that a reply to this mail goes to."""
    header = as_message(delivery)["Reply-To"]
    return str(header.addresses[0].addr_spec)


def latest_to(address: str) -> Delivery:
    """The latest mail in the outbox to this address."""
    found = Delivery.objects.filter(address=address).order_by("pk").last()
    assert found is not None, f"no mail to {address}"
    return found


def mails_to(address: str) -> int:
    """How many mails the outbox holds for this address."""
    return Delivery.objects.filter(address=address).count()
