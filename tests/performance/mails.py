"""Mails as they come in: believable, all different."""

from email.message import EmailMessage
from email.utils import format_datetime

from caseway.accounts.models import Organisation
from caseway.core.clock import now
from caseway.demo.synthesis.words import Writer
from caseway.mail.incoming.processing import process
from caseway.mail.incoming.storing import store
from caseway.mail.models import Mailbox

MAILS = 300
ADDRESS = "care@org-001.example"


def mails(count: int) -> list[bytes]:
    """So many new mails from strangers and known customers, each with a small HTML alternative."""
    organisation = Organisation.objects.get(slug="org-001")
    Mailbox.objects.get_or_create(address=ADDRESS, defaults={"organisation": organisation})
    stamp = int(now().timestamp())
    writer = Writer(stamp)
    return [_mail(writer, f"{stamp}-{number}") for number in range(count)]


def _mail(writer: Writer, key: str) -> bytes:
    mail = EmailMessage()
    mail["From"] = f"{writer.name()} <someone-{key}@customers.example>"
    mail["To"] = ADDRESS
    mail["Subject"] = writer.subject()
    mail["Message-ID"] = f"<{key}@customers.example>"
    mail["Date"] = format_datetime(now())
    text = writer.text(80)
    mail.set_content(f"{text}\n\n-- \nSent from my phone\n")
    mail.add_alternative(f"<html><body><p>{text}</p><p>--<br>Sent from my phone</p></body></html>", "html")
    return mail.as_bytes()


def ingest(raw: bytes) -> None:
    """Store and process one mail, as the listener and its job do."""
    for stored in store(raw, recipients=[ADDRESS], envelope_from=""):
        if process(stored.mail.pk) is None:
            raise SystemExit("A mail could not be processed.")
