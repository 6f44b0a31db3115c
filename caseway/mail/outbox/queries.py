"""What became of mails, for pages."""

from collections.abc import Iterable, Sequence

from django.db.models import Q, QuerySet

from caseway.accounts.asking import AskedBy
from caseway.accounts.viewer import Viewer
from caseway.cases.models import Case, Message
from caseway.cases.types import Audience
from caseway.core.clock import now
from caseway.core.database.statements import AnyOf, Slot
from caseway.customers.models import Contact
from caseway.mail.models import Delivery
from caseway.mail.models.delivery import LATE

State = Delivery.State
Deliveries = dict[int, list[Delivery]]

TO_PARTIES = (Delivery.Purpose.ANSWER, Delivery.Purpose.PARTNER)
"""What brings a message itself to whom it was written for."""


def deliveries_seen(viewer: Viewer) -> QuerySet[Delivery]:
    """The mails of the viewer's organisation about cases that they see; a message's, if they may read it."""
    if not viewer.is_agent:
        return Delivery.objects.none()
    read = Q(message__in=Message.objects.visible_to(viewer))
    of_no_message = Q(message=None, case__in=Case.objects.visible_to(viewer))
    return Delivery.objects.filter(read | of_no_message, organisation=viewer.organisation_id)


def deliveries_on(viewer: Viewer, family: Sequence[int]) -> QuerySet[Delivery]:
    """The mails that brought messages of these cases, which the agent may read, to whom they were for."""
    mails = deliveries_seen(viewer).filter(case__in=family, purpose__in=TO_PARTIES, message__isnull=False)
    return _with_readers(mails)


def _with_readers(mails: QuerySet[Delivery]) -> QuerySet[Delivery]:
    return mails.select_related("participant__organisation").defer("text", "html")


def sent_to_customer(viewer: Viewer, family: Sequence[int], *, latest: int = 200) -> list[Delivery]:
    """The mails about these cases that went to the viewer, or as account administrator to the account's
    contacts; the latest, oldest first. Without their text: it holds links that are one reader's own.

    Never a mail to anybody else who takes part, to a partner, or to an agent. One query.
    """
    if not viewer.is_contact:
        return []
    mails = Delivery.objects.filter(
        case__in=family,
        organisation=viewer.organisation_id,
        audience=Audience.CUSTOMER,
        participant__contact__in=Contact.objects.visible_to(viewer),
        purpose__in=[Delivery.Purpose.CREATED, Delivery.Purpose.ANSWER, Delivery.Purpose.SOLVED],
    )
    rows = mails.select_related("participant__contact").defer("text", "html").order_by("-pk")[:latest]
    return list(rows)[::-1]


def deliveries_of(messages: Iterable[Message], viewer: Viewer) -> Deliveries:
    """The mails that brought messages to the customer or the partner, and notices to our people that
    did not arrive, by the id of their message.

    The viewer may read the messages. One query; none where no message is given.
    """
    ids = [message.pk for message in messages]
    if not ids:
        return {}
    found: Deliveries = {}
    for delivery in _deliveries.rows(viewer, messages=ids, late=now() - LATE):
        found.setdefault(delivery.message_id or 0, []).append(delivery)
    return found


@AskedBy
def _deliveries(viewer: Viewer) -> QuerySet[Delivery]:
    late = Q(state__in=[State.DUE, State.SENDING], written_at__lt=Slot("late"))
    troubled = late | Q(state__in=[State.FAILED, State.BOUNCED])
    mails = Delivery.objects.filter(
        troubled | Q(purpose__in=TO_PARTIES),
        AnyOf("message", Slot("messages")),
        organisation=viewer.organisation_id,
    )
    return _with_readers(mails).order_by("pk")
