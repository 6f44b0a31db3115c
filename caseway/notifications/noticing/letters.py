"""The mail about one event to one agent."""

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from caseway.cases.models import CaseEvent, Message, Side
from caseway.cases.types import Audience
from caseway.mail.models import Delivery
from caseway.mail.outbox.actions import write
from caseway.mail.outbox.letters import Letter
from caseway.mail.outbox.letters import Recipient as Reader
from caseway.notifications.stopping.links import kind_link
from caseway.notifications.words import desk_link, language_for, say

from .recipients import Recipient
from .said import sentence_of

CONVERSATIONS = (Audience.CUSTOMER, Audience.PARTNER)


def mail_notice(event: CaseEvent, one: Recipient) -> Delivery:
    """Write the mail. Words of notes and records are not in it: those are read at the desk."""
    seat, viewer = one.seat, one.viewer
    message = Message.objects.visible_to(viewer).filter(pk=event.payload.get("message_id") or 0).first()
    side = Side.objects.select_related("case").get(case=event.case_id, organisation=seat.organisation_id)
    is_said = message is not None and message.audience in CONVERSATIONS
    language = language_for(seat.person, seat.organisation)
    with translation.override(language):
        told = {"sentence": sentence_of(event, viewer, one.kind), "why": str(one.kind.label)}
    stop = kind_link(seat, one.kind)
    context = {
        **told,
        "house": seat.organisation.name,
        "brand": None,
        "text": message.text if message and is_said else "",
        "subject_of_case": side.subject,
        "number": side.number,
        "link": desk_link(side.number) + (f"#message-{message.pk}" if message else ""),
        "stop": stop,
        "choices": settings.BASE_URL + reverse("desk:notice_choices"),
    }
    return write(
        Letter(
            purpose=Delivery.Purpose.NOTICE,
            to=Reader(seat.person.email, seat.person.name),
            words=say("noticing/notice", language, context),
            organisation=seat.organisation,
            case=side.case,
            message=message,
            audience=Audience(message.audience) if message and is_said else None,
            stop_link=stop,
        )
    )
