"""Bringing a second organisation into a case: an explicit act, with words written for it."""

from django.utils.translation import gettext as _

from caseway.accounts.models import Organisation
from caseway.accounts.viewer import Viewer
from caseway.cases import copies
from caseway.cases.access.locking import Locked, lock_for
from caseway.cases.access.rules import Operation
from caseway.cases.conversation.authors import Author
from caseway.cases.conversation.writing import Content, tell, write
from caseway.cases.history.actions import SeenBy, record
from caseway.cases.history.events import PartnerAdded
from caseway.cases.models import Case, Side
from caseway.cases.search.actions import index_parties
from caseway.cases.types import Audience, Court, Sharing
from caseway.core.errors import Conflict, Invalid
from caseway.core.text import clean, clean_line
from caseway.core.transactions import action

MOST_ORGANISATIONS = 2


@action
def add_partner(
    case: Case, *, by: Viewer, partner: Organisation, subject: str, text: str, listed: bool = False
) -> Case:
    """Share the case with `partner`, who reads `subject` and `text` and nothing that was said before.

    `listed`: the partner only sees that the case exists. A listed partner can be brought in later.
    `partner` is one that the viewer's organisation has a partnership with: see `fields.partner_named`.
    Raises Invalid at `subject` and `text`, Conflict where two organisations take part already.
    """
    locked = lock_for(by, Operation.ADD_PARTNER, case)
    bring_in(locked, partner, by, subject, text, listed=listed)
    return locked.case


def bring_in(
    locked: Locked, partner: Organisation, by: Viewer, subject: str, text: str, *, listed: bool
) -> None:
    """Do it on a case that is locked."""
    _refuse_a_third(locked, partner)
    subject, text = clean_line(subject), clean(text).strip()
    errors = {}
    if not subject and not listed:
        errors["partner_subject"] = _("Write a subject for %(partner)s.") % {"partner": partner}
    if not text and not listed:
        errors["partner_text"] = _("Write what %(partner)s should know.") % {"partner": partner}
    if errors:
        raise Invalid(errors)
    _make_side(locked, partner, subject, text, listed=listed)
    sharing = Sharing.LISTED if listed else Sharing.SHARED
    ours = locked.own_side(by)
    Side.objects.filter(pk=ours.pk).update(sharing=Sharing.INTERNAL if listed else sharing)
    ours.sharing = Sharing.INTERNAL if listed else sharing
    if not listed:
        index_parties([locked.case.pk])
    copies.share_partner(locked.case)
    message = None
    if not listed and by.organisation_id:
        author = Author.of(by)
        message = write(locked, Audience.PARTNER, by.organisation_id, author, Content(text, subject=subject))
    copies.touch(locked.sides.values())
    event = PartnerAdded(
        partner_organisation_id=partner.pk, message_id=message.pk if message else None, listed=listed
    )
    record(locked.case, event, by, SeenBy.SIDES)
    if message is not None:
        tell(message, Author.of(by))


def _refuse_a_third(locked: Locked, partner: Organisation) -> None:
    there = locked.sides.get(partner.pk)
    if there is not None and there.sharing != Sharing.LISTED:
        raise Conflict(_("%(partner)s takes part in this case already.") % {"partner": partner})
    if len(set(locked.sides) | {partner.pk}) > MOST_ORGANISATIONS:
        raise Conflict(_("Two organisations take part already; a third can't be added."))


def _make_side(locked: Locked, partner: Organisation, subject: str, text: str, *, listed: bool) -> None:
    case = locked.case
    words = {
        "sharing": Sharing.LISTED if listed else Sharing.SHARED,
        "subject": subject,
        "description": text,
    }
    side, _created = Side.objects.update_or_create(
        case=case,
        organisation=partner,
        defaults=words,
        create_defaults={
            **words,
            "court": Court.NOBODY,  # the message that is written next makes it theirs
            "number": case.number,
            "status": case.status,
            "type": case.type,
            "created_at": case.created_at,
            "shipment": case.shipment,
        },
    )
    locked.sides[partner.pk] = side
