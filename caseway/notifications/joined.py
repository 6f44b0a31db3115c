"""What a partner who takes part by e-mail alone is told when its case is merged, or stands alone again."""

from caseway.cases.lifecycle.going_on import survivor_of
from caseway.cases.models import Case, CaseEvent, Participant, Side
from caseway.cases.types import Audience, Sharing
from caseway.mail.models import Delivery
from caseway.mail.outbox.actions import write
from caseway.mail.outbox.letters import Letter, Recipient

from .words import language_for, say


def tell_of_merge(event: CaseEvent) -> None:
    """Mail the partner of the merged case the number under which it goes on.

    Its answer to that mail lands there. A partner of the survivor alone is told nothing of a case
    that isn't its own; those who sign in read it on their timeline.
    """
    if not event.payload["absorbed"]:
        _tell(event.case, survivor_of(event.case), joined=True)


def tell_of_separation(event: CaseEvent) -> None:
    """Mail the same partner that its case has its own number again."""
    case = Case.objects.get(pk=event.case_id)
    if case.merges.filter(survivor=event.payload["other_case_id"]).exists():
        _tell(case, case, joined=False)


def _tell(case: Case, goes_on: Case, *, joined: bool) -> None:
    sides = Side.objects.filter(case=case, sharing=Sharing.SHARED).exclude(organisation=case.host_id)
    for side in sides.select_related("organisation"):
        if side.organisation.signs_in:
            continue
        for reader in Participant.objects.filter(
            case=case,
            organisation=side.organisation_id,
            audience=Audience.PARTNER,
            is_approved=True,
            is_subscribed=True,
        ).order_by("pk"):
            write(_letter(case, goes_on, side, reader, joined=joined))


def _letter(case: Case, goes_on: Case, side: Side, reader: Participant, *, joined: bool) -> Letter:
    context = {
        "house": case.host.name,
        "brand": None,
        "case": case,
        "goes_on": goes_on,
        "joined": joined,
        "reader": "",
        "link": "",
        "subject_of_case": side.subject,
    }
    return Letter(
        purpose=Delivery.Purpose.PARTNER,
        to=Recipient(reader.address, reader.name, reader),
        words=say("joined", language_for(None, side.organisation), context),
        organisation=case.host,
        case=goes_on,
        audience=Audience.PARTNER,
    )
