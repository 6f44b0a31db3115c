"""Mails that came in to Larkfield lately, one of each outcome that needs no case of its own."""

from datetime import datetime, timedelta
from email.message import EmailMessage

from django.db.models import QuerySet

from caseway.cases.models import Case
from caseway.cases.types import Audience
from caseway.demo.cast import Cast
from caseway.mail.incoming.processing import process
from caseway.mail.incoming.storing import store
from caseway.mail.models import AddressState, BlockedSender, RawMail, Why
from caseway.mail.tokens import Conversation, reply_address

SUPPORT = "support@larkfield.example"


def make_mails(cast: Cast, case: Case, today: datetime) -> None:
    """What the settings' page of mails shows: held (one on `case`), ignored, and one that failed."""
    BlockedSender.objects.create(
        organisation=cast.larkfield, pattern="@newsletters.example", blocked_by=cast.admin, blocked_at=today
    )
    AddressState.objects.create(
        organisation=cast.larkfield,
        address="orders@old-harbour.example",
        is_permanent=True,
        status="5.1.1",
        diagnostic="5.1.1 550 no such user here",
        bounced_at=today - timedelta(days=2),
    )
    ours = reply_address(SUPPORT, Conversation(case.pk, cast.larkfield.pk, Audience.CUSTOMER))
    words = "I took the delivery, not my colleague. The second box is still at the gate."
    _come(today, 3, _mail("Ida Falk <ida@gatehouse.example>", f"Re: {case.number}", words), ours)
    _come(today, 5, _mail("", "Scan of the dock printer", "Page 1 of 1"))
    _come(today, 8, _mail("news@newsletters.example", "Ten chairs for autumn", "Look inside."))
    away = _mail(
        "Max Hale <max@fernwood.example>", "Out of office: back on Monday", "I am away until Monday."
    )
    away["Auto-Submitted"] = "auto-replied"
    _come(today, 26, away)
    labels = _mail("Lou Brandt <lou@depot.example>", "Pallet labels", "See the labels.")
    labels["Auto-Submitted"] = "auto-replied"  # makes no case
    failed = _come(today, 49, labels)
    failed.update(state=RawMail.State.REJECTED, why=Why.FAILED, detail="KeyError", attempts=5)


def _mail(sender: str, subject: str, text: str) -> EmailMessage:
    mail = EmailMessage()
    if sender:
        mail["From"] = sender
    mail["To"], mail["Subject"] = SUPPORT, subject
    mail.set_content(text)
    return mail


def _come(today: datetime, hours_ago: int, mail: EmailMessage, to: str = SUPPORT) -> QuerySet[RawMail]:
    [stored] = store(mail.as_bytes(), recipients=[to])
    process(stored.mail.pk)
    row = RawMail.objects.filter(pk=stored.mail.pk)
    row.update(received_at=today - timedelta(hours=hours_ago))
    return row
