"""Reports that a mail of ours did not arrive."""

from caseway.core.text import clean_line, normal_address
from caseway.mail.models import AddressState, Delivery, RawMail, Why
from caseway.mail.reading import Bounce, ReadMail
from caseway.mail.tokens import delivery_id_in

from .outcome import Outcome, ignored


def note_bounce(raw: RawMail, mail: ReadMail, bounce: Bounce) -> Outcome:
    """Mark the delivery and the address, where the report proves to be about a mail of ours.

    Proof is the delivery's own return address or its Message-ID. A report of a delay, or
    without proof, marks nothing.
    """
    delivery = _delivery_of(raw, mail, bounce)
    if delivery is None:
        return ignored(Why.FOREIGN_REPORT)
    if not bounce.permanent:
        return ignored(Why.DELAYED, delivery.case, detail=delivery.address)
    words = clean_line(f"{bounce.status} {bounce.diagnostic}", 500)
    Delivery.objects.filter(pk=delivery.pk).update(
        state=Delivery.State.BOUNCED, last_error=words or "undeliverable"
    )
    AddressState.objects.update_or_create(
        organisation=raw.organisation,
        address=delivery.address,
        defaults={
            "is_permanent": True,
            "status": bounce.status[:20],
            "diagnostic": words,
            "bounced_at": raw.received_at,
        },
    )
    return ignored(Why.UNREACHABLE, delivery.case, detail=delivery.address)


def clear_bounce(organisation_id: int, address: str) -> None:
    """An address that writes to us can be written to."""
    AddressState.objects.filter(organisation=organisation_id, address=normal_address(address)).delete()


def _delivery_of(raw: RawMail, mail: ReadMail, bounce: Bounce) -> Delivery | None:
    mine = Delivery.objects.filter(organisation=raw.organisation_id).select_related("case")
    addressed = delivery_id_in([*raw.recipients, *mail.delivered_to, *(a.email for a in mail.to)])
    if addressed is not None:
        return mine.filter(pk=addressed).first()
    returned = bounce.original_message_id.strip("<>")
    return mine.filter(header_id=f"<{returned}>").first() if returned else None
