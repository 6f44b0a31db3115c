"""Mails as they come in: believable, all different."""

import subprocess
import sys
import time
from email.message import EmailMessage
from email.utils import format_datetime

from caseway.accounts.models import Organisation
from caseway.core.clock import now
from caseway.demo.synthesis.words import Writer
from caseway.mail.incoming.processing import process
from caseway.mail.incoming.storing import store
from caseway.mail.models import Mailbox, RawMail
from tests.performance.rows import Row

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


def measure_worker() -> Row:
    """What one worker process does of mails that all wait for it: its confirmations go out meanwhile.

    Its start isn't counted: time runs from the first mail that is done to the last.
    """
    keys = [one.mail.pk for raw in mails(MAILS) for one in store(raw, recipients=[ADDRESS], envelope_from="")]
    waiting = RawMail.objects.filter(pk__in=keys, state=RawMail.State.RECEIVED)
    worker = subprocess.Popen([sys.executable, "-m", "caseway.cli", "worker"], stdout=subprocess.DEVNULL)
    try:
        while (left := waiting.count()) == len(keys):
            time.sleep(0.01)
        began = time.perf_counter()
        while waiting.exists():
            time.sleep(0.01)
        seconds = time.perf_counter() - began
    finally:
        worker.terminate()
        worker.wait()
    each = seconds * 1000 / left
    return Row("mail_in_worker", clients=1, p50_ms=each, p95_ms=each, per_second=left / seconds)
