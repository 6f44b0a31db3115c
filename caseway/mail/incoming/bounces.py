"""Reports that a mail of ours did not arrive."""

from datetime import datetime

from django.db import transaction

from caseway.core.text import clean_line
from caseway.mail.models import Delivery, RawMail, Why
from caseway.mail.outbox.undelivered import tell_undelivered
from caseway.mail.reachability.actions import mark
from caseway.mail.reading import Bounce, ReadMail
from caseway.mail.tokens import delivery_id_in

from .outcome import Outcome, ignored


def note_bounce(raw: RawMail, mail: ReadMail, bounce: Bounce) -> Outcome:
    """Mark the delivery and the address, where the report proves to be about a mail of ours.

    Proof is the delivery's own return address or its Message-ID. A report of a delay, or
    without proof, marks nothing; one of a failure that may pass marks the mail, and counts.
    """
    delivery = _delivery_of(raw, mail, bounce)
    if delivery is None:
        return ignored(Why.FOREIGN_REPORT)
    if bounce.is_delay:
        return ignored(Why.DELAYED, delivery.case, detail=delivery.address)
    note_came_back(delivery, bounce, at=raw.received_at)
    return ignored(Why.UNREACHABLE, delivery.case, detail=delivery.address)


@transaction.atomic
def note_came_back(delivery: Delivery, bounce: Bounce, *, at: datetime) -> None:
    """Mark the mail, and its address as the organisation knows it."""
    words = clean_line(f"{bounce.status} {bounce.diagnostic}", 500)
    came_back = Delivery.objects.filter(pk=delivery.pk).exclude(state=Delivery.State.BOUNCED)
    # A second report about the same mail, as some servers send, counts nothing.
    is_first = came_back.update(state=Delivery.State.BOUNCED, last_error=words or "undeliverable")
    if delivery.organisation_id and (is_first or bounce.permanent):
        mark(delivery.organisation_id, delivery, bounce, words=words, at=at)
    if is_first:
        tell_undelivered(delivery)


def _delivery_of(raw: RawMail, mail: ReadMail, bounce: Bounce) -> Delivery | None:
    mine = Delivery.objects.filter(organisation=raw.organisation_id).select_related("case")
    addressed = delivery_id_in([*raw.recipients, *mail.delivered_to, *(a.email for a in mail.to)])
    if addressed is not None:
        return mine.filter(pk=addressed).first()
    returned = bounce.original_message_id.strip("<>")
    return mine.filter(header_id=f"<{returned}>").first() if returned else None
