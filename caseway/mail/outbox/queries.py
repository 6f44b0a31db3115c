"""What became of mails, for pages."""

from collections.abc import Iterable

from caseway.cases.models import Message
from caseway.mail.models import Delivery

Deliveries = dict[int, list[Delivery]]


def delivery_state_of(messages: Iterable[Message]) -> Deliveries:
    """The deliveries of each message by its id, in the order they were written; one query.

    The caller may read the messages. Show each with its state, `last_error`, and *Send again*
    (`outbox.actions.send_again`) where it is failed or bounced.
    """
    found: Deliveries = {}
    for delivery in Delivery.objects.filter(message__in=[m.pk for m in messages]).order_by("pk"):
        found.setdefault(delivery.message_id or 0, []).append(delivery)
    return found
