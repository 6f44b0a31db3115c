"""Writing mails into the outbox, and sending one again."""

from django.utils.translation import gettext as _

from caseway.accounts.viewer import Viewer
from caseway.cases.models import Case
from caseway.core.clock import now
from caseway.core.errors import Conflict, NotFound
from caseway.core.text import clean, clean_line, normal_address
from caseway.core.transactions import action
from caseway.mail.models import Delivery

from .jobs import send
from .letters import Letter
from .senders import sender_for
from .threads import new_message_id, thread_of


@action
def write(letter: Letter) -> Delivery:
    """Put one mail into the outbox, in the transaction of its cause, and ask a worker to send it.

    Everything it will say is fixed here, its Message-ID too: however often it is tried, it is
    the same mail.
    """
    address = normal_address(letter.to.address)
    sender = sender_for(letter.organisation, letter.brand, letter.sender_name)
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
    )
    send.defer(delivery_ids=[delivery.pk])
    return delivery


@action
def send_again(delivery: Delivery, *, by: Viewer) -> Delivery:
    """Try a failed or undeliverable mail once more: the same mail, with the same Message-ID.

    Raises NotFound where the viewer doesn't see its case, Conflict where it is on its way or sent.
    """
    seen = Case.objects.visible_to(by).filter(pk=delivery.case_id or 0).exists()
    if not by.is_agent or not seen or delivery.organisation_id != by.organisation_id:
        raise NotFound
    again = Delivery.objects.filter(
        pk=delivery.pk, state__in=[Delivery.State.FAILED, Delivery.State.BOUNCED]
    ).update(state=Delivery.State.DUE, attempts=0, next_try_at=now(), last_error="", claim=None)
    if not again:
        raise Conflict(_("This mail is on its way already."))
    send.defer(delivery_ids=[delivery.pk])
    delivery.refresh_from_db()
    return delivery
