"""What `config/reactions.py` calls: each takes the stored event, and writes mails in its transaction."""

from caseway.cases.models import CaseEvent, Message
from caseway.cases.types import Audience

from .customers import send_answer
from .owners import tell_of_customer
from .partners import tell_other_side


def tell_of_message(event: CaseEvent) -> None:
    """Mail a message to those who read it and didn't write it. Notes and records are never mailed."""
    if event.payload["audience"] not in (Audience.CUSTOMER, Audience.PARTNER):
        return
    message = Message.objects.select_related(
        "case__host", "case__brand", "case__contact__person", "case__shipment", "author_organisation"
    ).get(pk=event.payload["message_id"])
    if message.audience == Audience.PARTNER:
        tell_other_side(message)
    elif message.author_organisation_id == message.organisation_id:
        send_answer(message)
    else:
        tell_of_customer(message)
