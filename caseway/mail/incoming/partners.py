"""Mails of a partner's people, who take part by e-mail alone."""

from caseway.cases.conversation.actions import receive
from caseway.cases.conversation.authors import Author
from caseway.cases.models import Participant, Side
from caseway.cases.types import Audience, Sharing
from caseway.mail.models import RawMail, Why
from caseway.mail.reading import ReadMail

from .contents import content_of, keeper_of_files, note_copied
from .outcome import Outcome, State, held
from .routing import Route
from .subscribing import subscribe


def partner_replies(raw: RawMail, mail: ReadMail, route: Route, participant: Participant) -> Outcome:
    """Put the reply on its case as the partner's message. It moves the court, and no status."""
    partner = (
        Side.objects.filter(case=route.case, sharing=Sharing.SHARED)
        .exclude(organisation=raw.organisation_id)
        .select_related("organisation")
        .first()
    )
    if partner is None or raw.organisation is None or partner.organisation_id != participant.organisation_id:
        return held(Why.PARTNER_LEFT, route.case, Audience.PARTNER)
    organisation = partner.organisation
    home = organisation if organisation.signs_in else raw.organisation
    message = receive(
        route.case,
        audience=Audience.PARTNER,
        organisation_id=home.pk,
        author=Author(
            name=participant.name or (mail.from_.name if mail.from_ else "") or participant.address,
            address=participant.address,
            organisation_id=organisation.pk,
        ),
        content=content_of(mail, automatic=mail.auto_reply),
        keep_files=keeper_of_files(mail, raw.organisation),
    )
    if not mail.auto_reply:
        subscribe(participant)
    note_copied(mail, route.case, organisation.pk, Audience.PARTNER, participant.address)
    return Outcome(State.PROCESSED, case=route.case, message=message, audience=Audience.PARTNER)
