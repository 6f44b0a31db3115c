"""Writing mails into the outbox, and sending one again."""

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from caseway.accounts.viewer import Viewer
from caseway.core.clock import now
from caseway.core.errors import Conflict, NotFound
from caseway.core.text import clean, clean_line, normal_address
from caseway.core.transactions import action
from caseway.mail.models import AddressState, Delivery
from caseway.mail.reachability.queries import trouble_with

from .jobs import send
from .letters import Letter
from .queries import deliveries_seen
from .senders import sender_for
from .threads import new_message_id, thread_of


@transaction.atomic(savepoint=False)
def write(letter: Letter) -> Delivery:
    """Put one mail into the outbox, in the transaction of its cause, and ask a worker to send it.

    Everything it will say is fixed here, its Message-ID too: however often it is tried, it is
    the same mail.
    """
    address = normal_address(letter.to.address)
    sender = sender_for(letter.organisation, letter.brand, letter.sender_name)
    trouble = _trouble_with(letter, address)
    delivery = Delivery.objects.create(
        organisation=letter.organisation,
        purpose=letter.purpose,
        case=letter.case,
        message=letter.message,
        audience=letter.audience or "",
        participant=letter.to.participant,
        mailbox=sender.mailbox,
        address=address,
        name=clean_line(letter.to.name, 160),
        sender_address=sender.address,
        sender_name=sender.name,
        header_id=new_message_id(),
        references=thread_of(letter.case, address) if letter.case else [],
        subject=clean_line(letter.words.subject),
        text=clean(letter.words.text),
        html=letter.words.html,
        is_automatic=letter.is_automatic,
        with_files=letter.with_files,
        stop_link=letter.stop_link,
        state=Delivery.State.BOUNCED if trouble else Delivery.State.DUE,
        last_error=trouble.diagnostic if trouble else "",
    )
    if not trouble:
        send.defer(delivery_ids=[delivery.pk])
    return delivery


def _trouble_with(letter: Letter, address: str) -> AddressState | None:
    """What is known to keep mails from this address; those of one's own sign-in are sent all the same."""
    if letter.organisation is None or letter.purpose == Delivery.Purpose.ACCOUNT:
        return None
    return trouble_with(letter.organisation.pk, address)


@action
def send_again(delivery: Delivery, *, by: Viewer) -> Delivery:
    """Try a failed or undeliverable mail once more, or one that waits for its next try right now: the
    same mail, with the same Message-ID.

    Raises NotFound where the viewer may not read it, Conflict where it is on its way or sent.
    """
    if not deliveries_seen(by).filter(pk=delivery.pk).exists():
        raise NotFound
    stuck = Q(state__in=[Delivery.State.FAILED, Delivery.State.BOUNCED])
    pausing = Q(state=Delivery.State.DUE, next_try_at__gt=now())
    again = Delivery.objects.filter(stuck | pausing, pk=delivery.pk).update(
        state=Delivery.State.DUE, attempts=0, next_try_at=now(), last_error="", claim=None
    )
    if not again:
        raise Conflict(_("This mail is on its way already."))
    send.defer(delivery_ids=[delivery.pk])
    delivery.refresh_from_db()
    return delivery
