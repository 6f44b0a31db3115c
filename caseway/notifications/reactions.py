"""What `config/reactions.py` calls: each takes the stored event, and writes mails in its transaction."""

from caseway.cases.models import CaseEvent, Message
from caseway.cases.types import Audience

from .customers import send_answer
from .owners import tell_of_customer
from .partners import tell_other_side


def tell_of_message(event: CaseEvent) -> None:
    """Mail a message to those who read it and didn't write it. Notes and records are never mailed."""
    audience, customer_wrote = event.payload["audience"], event.actor_organisation_id is None
    if audience == Audience.CUSTOMER and customer_wrote:
        tell_of_customer(event)
    elif audience in (Audience.CUSTOMER, Audience.PARTNER):
        _send(event, Audience(audience))


def _send(event: CaseEvent, audience: Audience) -> None:
    message = Message.objects.select_related(
        "case__host", "case__brand", "case__contact__person", "case__shipment", "author_organisation"
    ).get(pk=event.payload["message_id"])
    tell = tell_other_side if audience is Audience.PARTNER else send_answer
    tell(message)
