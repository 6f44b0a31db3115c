"""Telling whoever wrote to somebody that the mail didn't reach them."""

from caseway.cases import copies
from caseway.cases.access.locking import lock_case
from caseway.cases.family import survivor_of
from caseway.cases.history.actions import CASEWAY, SeenBy, record
from caseway.cases.history.mail_events import MailUndelivered
from caseway.mail.models import Delivery

Purpose = Delivery.Purpose
OF_WORDS = (Purpose.ANSWER, Purpose.PARTNER)
"""Mails that bear what a colleague wrote; of confirmations and notices nobody waits for an answer."""


def tell_undelivered(delivery: Delivery) -> None:
    """Note on the case that the mail was refused or came back, for the organisation that had it sent.

    Within the transaction that marks the mail.
    """
    message, recipient = delivery.message_id, delivery.participant_id
    if not (delivery.case_id and delivery.organisation_id and message and recipient):
        return
    if delivery.purpose not in OF_WORDS:
        return
    locked = lock_case(survivor_of(delivery.case_id))
    if (side := locked.sides.get(delivery.organisation_id)) is None:
        return
    copies.bump([side])
    house = delivery.house
    event = MailUndelivered(
        message_id=message, participant_id=recipient, to_organisation_id=house.pk if house else None
    )
    record(locked.case, event, CASEWAY, SeenBy.ORGANISATION, organisation_id=delivery.organisation_id)
