"""There and back through real servers: Caseway, Postfix, Dovecot, and a mail program at the other end."""

import email
import email.policy
import smtplib
import ssl
from email.message import EmailMessage
from email.utils import make_msgid

import pytest

from caseway.cases.conversation.actions import post
from caseway.cases.conversation.writing import Content
from caseway.cases.models import Case, Message
from caseway.cases.status import Status
from caseway.cases.types import Audience
from caseway.demo.cast import make_cast
from caseway.mail.incoming.ingesting import ingest
from caseway.mail.models import Delivery, ImapAccount, Mailbox, RawMail
from caseway.mail.tests.mails import SUPPORT, mail
from tests.faults.processes import environment, running, wait_until
from tests.ports import free_port

from .dovecot import PASSWORD
from .postfix import postfix

pytestmark = [pytest.mark.fault, pytest.mark.django_db(transaction=True)]

KIM = "kim@orchid.example"
FETCHED = "cases@brightwater.example"


def inbox(server, user):
    """What lies in the inbox, as a mail program reads it."""
    with server.mailbox(user) as box:
        found = box.fetch(box.search(), ["RFC822"]).values()
        return [email.message_from_bytes(one[b"RFC822"], policy=email.policy.default) for one in found]


def send(server, port, message, to):
    """As a mail program sends: STARTTLS, sign-in."""
    with smtplib.SMTP("localhost", port, timeout=20) as smtp:
        smtp.starttls(context=ssl.create_default_context(cafile=str(server.certificate)))
        smtp.login("kim", PASSWORD)
        smtp.send_message(message, KIM, [to])


def reply_to(read, text):
    """What a mail program makes when its reader presses Reply."""
    answer = EmailMessage()
    answer["From"], answer["To"], answer["Subject"] = KIM, read["Reply-To"], f"Re: {read['Subject']}"
    answer["Message-ID"] = make_msgid(domain="orchid.example")
    answer["In-Reply-To"] = read["Message-ID"]
    answer["References"] = f"{read['References']} {read['Message-ID']}"
    quoted = "".join(f"> {line}\n" for line in read.get_body(("plain",)).get_content().splitlines())
    answer.set_content(f"{text}\n\nOn Monday, Larkfield wrote:\n{quoted}")
    return answer


def test_there_and_back(server, tmp_path):
    cast = make_cast()
    Mailbox.objects.create(address=SUPPORT, organisation=cast.larkfield)
    fetched = Mailbox.objects.create(address=FETCHED, organisation=cast.brightwater)
    account = ImapAccount(
        mailbox=fetched, host="localhost", port=server.imaps, user="cases", security=ImapAccount.Security.TLS
    )
    account.password = PASSWORD
    account.save()
    number = ingest(mail(KIM), recipients=[SUPPORT]).case_number
    case = Case.objects.get(number=number)
    post(case, by=cast.at_desk(cast.ana), audience=Audience.CUSTOMER, content=Content("Which lid?"))

    lmtp = free_port()
    ways = {"orchid.example": server.lmtp, "brightwater.example": server.lmtp, "larkfield.example": lmtp}
    with postfix(server, ways) as relay:
        env = environment(
            CASEWAY_SMTP_URL=f"smtp+starttls://caseway:{PASSWORD}@localhost:{relay.port}",
            CASEWAY_MAIL_LMTP_PORT=str(lmtp),
            CASEWAY_MAIL_SMTP_PORT="0",
            CASEWAY_PRIVATE_NETWORKS="127.0.0.0/8",
            SSL_CERT_FILE=str(server.certificate),
        )
        log = tmp_path / "log"
        with (
            running("-m", "django", "worker", env=env, log=log),
            running("-m", "django", "mail_listen", "--fetch", env=env, log=log),
        ):
            wait_until(lambda: len(inbox(server, "kim")) == 2, 40)
            read = next(one for one in inbox(server, "kim") if "Which lid?" in str(one))
            wait_until(lambda: ImapAccount.objects.filter(last_read_at__isnull=False).exists(), 20)
            send(server, relay.port, reply_to(read, "The oak one."), str(read["Reply-To"]))
            first = EmailMessage()
            first["From"], first["To"], first["Subject"] = KIM, FETCHED, "Where is my pallet?"
            first.set_content("It was due on Friday.")
            send(server, relay.port, first, FETCHED)
            wait_until(lambda: RawMail.objects.filter(state=RawMail.State.PROCESSED).count() == 3, 40)

    answer = Message.objects.filter(case=case).latest("pk")
    assert answer.text == "The oak one."
    assert "Which lid?" in answer.quoted
    case.refresh_from_db()
    assert case.status == Status.PENDING_AGENT
    assert Case.objects.exclude(pk=case.pk).get().sides.get().organisation == cast.brightwater
    assert not Delivery.objects.exclude(state=Delivery.State.SENT).filter(address=KIM, case=case).exists()
    assert read["From"].addresses[0].addr_spec == SUPPORT
