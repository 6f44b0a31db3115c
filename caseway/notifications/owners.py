"""What the owner of a side is told."""

from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from caseway.accounts.models import Membership, Person
from caseway.cases.lifecycle.going_on import survivor_of
from caseway.cases.models import CaseEvent, Message, Side
from caseway.cases.types import Audience, UrgeWay
from caseway.core.database.statements import Slot, Statement
from caseway.mail.models import Delivery
from caseway.mail.outbox.actions import write
from caseway.mail.outbox.letters import Letter, Recipient

from .models import Sms
from .sms.actions import write_sms
from .words import desk_link, language_for, say


def tell_owner(side: Side, message: Message) -> None:
    """Mail the owner of the side what a customer or the partner wrote; never their own words."""
    owner = side.owner
    if owner is None or owner.pk == message.author_id or not owner.is_active:
        return
    if Membership.objects.filter(person=owner, organisation=side.organisation, told_as_owner=False).exists():
        return
    context = {"message": message, "files": list(message.attachments.all())}
    write(_letter(side, owner, "owner", context, message))


def tell_of_customer(event: CaseEvent) -> None:
    """Mail our owner, if the case has one, what the customer wrote.

    Of a merged case whose customer goes on talking with us there, the survivor's owner.
    """
    case = survivor_of(event.case)
    for side in _owned.rows(case=case.pk, organisation=event.organisation_id):
        tell_owner(side, Message.objects.get(pk=event.payload["message_id"]))


@Statement
def _owned() -> "QuerySet[Side]":
    """The side of the case, if somebody owns it: asked at every message of a customer."""
    owned = Side.objects.filter(case=Slot("case"), organisation=Slot("organisation"), owner__isnull=False)
    return owned.select_related("organisation", "owner", "case__brand")


def tell_of_urge(event: CaseEvent) -> None:
    """Tell the owner that somebody asked them to hurry: by SMS if chosen and possible, else by mail."""
    side = (
        Side.objects.filter(case=event.case, owner=event.payload["owner_person_id"])
        .filter(organisation=event.actor_organisation_id)
        .select_related("organisation", "owner")
        .first()
    )
    if side is None or side.owner is None or side.owner_id == event.actor_id:
        return
    by = str(event.actor or "")
    if event.payload.get("way") == UrgeWay.SMS and _urge_by_sms(side, side.owner, by):
        return
    write(_letter(side, side.owner, "urge", {"by": by}))


def _urge_by_sms(side: Side, owner: Person, by: str) -> bool:
    """Whether the urge goes by SMS. Subject and number are those that our side knows."""
    with translation.override(language_for(owner, side.organisation)):
        told = {"name": by, "subject": side.subject, "number": side.number}
        words = _("%(name)s asks you to hurry: %(number)s, %(subject)s") % told
    return write_sms(side, owner, words, purpose=Sms.Purpose.URGE) is not None


def _letter(
    side: Side, owner: Person, template: str, more: dict[str, object], message: Message | None = None
) -> Letter:
    context = {
        "case": side.case,
        "house": side.organisation.name,
        "brand": None,
        "reader": owner.get_short_name(),
        "subject_of_case": side.subject,
        "link": desk_link(side.number),
        **more,
    }
    return Letter(
        purpose=Delivery.Purpose.OWNER,
        to=Recipient(owner.email, owner.name),
        words=say(template, language_for(owner, side.organisation), context),
        organisation=side.organisation,
        brand=side.case.brand if side.case.host_id == side.organisation_id else None,
        case=side.case,
        message=message,
        audience=Audience(message.audience) if message else None,
    )
