"""What the other organisation on a case is told by mail."""

from caseway.accounts.models import Membership, Organisation, Partnership
from caseway.cases.models import Message, Participant, Side
from caseway.cases.types import Audience, Sharing
from caseway.mail.models import Mailbox
from caseway.mail.outbox.actions import write

from .owners import tell_owner
from .partner_letters import Occasion, letter_to


def tell_other_side(message: Message) -> None:
    """Mail a partner message to the side that didn't write it.

    Its owner is told at their desk's address; where it has none, the partnership's collaborator
    addresses get the message itself. Its people who answered by mail go on getting it.
    """
    other = (
        Side.objects.filter(case=message.case, sharing=Sharing.SHARED)
        .exclude(organisation=message.author_organisation_id)
        .select_related("organisation", "owner")
        .first()
    )
    if other is None:
        return
    if other.owner is not None:
        tell_owner(other, message)
    sender = _sending_organisation(message, other)
    occasion = Occasion(message, sender, other, _collaborators(message, other))
    for reader in _readers(message, other):
        if reader.address != message.author_address and not _is_mailbox_of(sender, reader.address):
            write(letter_to(reader, occasion))


def _sending_organisation(message: Message, other: Side) -> Organisation:
    """Who has the mail sent: the writer's organisation; if that has no desk here, or takes no mail to
    which one could reply, the reader's own."""
    writer = message.author_organisation
    if writer is None or not writer.signs_in:
        return other.organisation
    answers = Mailbox.objects.filter(organisation__in=(writer, other.organisation), is_active=True)
    takes_mail = set(answers.values_list("organisation", flat=True))
    return other.organisation if takes_mail == {other.organisation_id} else writer


def _readers(message: Message, other: Side) -> list[Participant]:
    collaborators = _collaborators(message, other)
    if other.owner is None:
        for address in collaborators:
            Participant.objects.get_or_create(
                case=message.case,
                organisation=other.organisation,
                audience=Audience.PARTNER,
                address=address,
                defaults={"name": other.organisation.name, "since": message.created_at},
            )
    taking_part = Participant.objects.filter(
        case=message.case,
        organisation=other.organisation,
        audience=Audience.PARTNER,
        is_approved=True,
        is_subscribed=True,
    )
    if other.owner is not None:
        taking_part = taking_part.exclude(address__in=collaborators)
    seats = Membership.objects.filter(organisation=other.organisation, is_active=True)
    # Colleagues read it at their desk; at an address agreed on it is mailed all the same.
    colleagues = set(seats.values_list("person__email", flat=True)) - set(collaborators)
    found = [one for one in taking_part.order_by("pk") if one.address not in colleagues]
    # Where the writer chose to whom it is mailed, to those alone.
    return found if message.copied_to is None else [one for one in found if one.address in message.copied_to]


def _collaborators(message: Message, other: Side) -> list[str]:
    pair = {message.organisation_id, message.partner_id}
    # While it is paused, what is shared goes on; once it has ended there are none.
    partnership = Partnership.objects.filter(shipper__in=pair, carrier__in=pair).first()
    return partnership.addresses_of(other.organisation_id) if partnership else []


def _is_mailbox_of(organisation: Organisation, address: str) -> bool:
    return Mailbox.objects.filter(organisation=organisation, address=address).exists()
