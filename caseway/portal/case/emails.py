"""The mails of a case as its customer may know them: those they sent, and those that were sent to them."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from caseway.accounts.viewer import Viewer
from caseway.cases.models import Case
from caseway.core.ui.prose import prose
from caseway.mail.models import Delivery
from caseway.mail.outbox.queries import sent_to_customer

from .talk import Bubble, Writer

TROUBLED = (Delivery.State.FAILED, Delivery.State.BOUNCED)


def emails_of(case: Case, viewer: Viewer, family: Sequence[int], bubbles: Sequence[Bubble]) -> list[Bubble]:
    """The case's mails, oldest first: one query. `bubbles` are the messages that the viewer reads.

    An answer of ours is shown as the message that it carried; a mail whose message isn't the
    viewer's to read is not shown.
    """
    received = [bubble for bubble in bubbles if bubble.is_email]
    sent = list(_sent(case, viewer, sent_to_customer(viewer, family), bubbles))
    return sorted([*received, *sent], key=lambda bubble: bubble.at)


def _sent(
    case: Case, viewer: Viewer, mails: Sequence[Delivery], bubbles: Sequence[Bubble]
) -> Iterator[Bubble]:
    said = {bubble.id: bubble for bubble in bubbles}
    house = Writer(str(case.brand or case.host), f"organisation-{case.host_id}", _("by e-mail"))
    for mail in mails:
        carried = said.get(mail.message_id) if mail.message_id else _notice_of(mail, house)
        if carried is not None:
            yield replace(
                carried,
                id=mail.pk,
                at=mail.written_at,
                anchor="mail",
                subject=mail.subject,
                recipient=_recipient(mail, viewer),
                problem=_("This mail could not be delivered.") if mail.state in TROUBLED else "",
            )


def _recipient(mail: Delivery, viewer: Viewer) -> str:
    contact = mail.participant.contact if mail.participant else None
    return _("you") if contact is None or contact.pk == viewer.contact_id else str(contact)


def _notice_of(mail: Delivery, house: Writer) -> Bubble:
    """What a mail that carried no message was about; its own text holds links for its reader alone."""
    created = mail.purpose == Delivery.Purpose.CREATED
    words = (
        _("We told you that we have your case, and its number.")
        if created
        else _("We told you that the case is closed.")
    )
    return Bubble(mail.pk, mail.written_at, mine=False, author=house, body=prose(words))
