"""Mails from the addresses of people who work at a desk: believed only with proof."""

from django.utils.translation import gettext as _

from caseway.accounts.models import Membership
from caseway.accounts.viewer import agent_viewer
from caseway.cases.conversation.actions import post
from caseway.cases.conversation.writing import Content
from caseway.cases.models import Case
from caseway.core.errors import DomainError
from caseway.mail.models import RawMail, Why
from caseway.mail.reading import ReadMail

from .contents import content_of, keeper_of_files
from .outcome import Outcome, State, held, ignored
from .routing import Route
from .trust import sender_is_proven


def colleague_writes(raw: RawMail, mail: ReadMail, route: Route, seats: list[Membership]) -> Outcome:
    """Post an agent's reply to a notice as theirs: if the sender is proven, has a seat at the
    organisation whose notice it was, and may do so on this case now. Otherwise it is held."""
    if mail.auto_reply:
        return ignored(Why.AUTOMATIC_COLLEAGUE, route.case)
    seat = next((seat for seat in seats if seat.organisation_id == raw.organisation_id), None)
    if seat is None:
        return held(Why.OTHER_DESK, route.case, route.audience)
    if not sender_is_proven(mail, raw.mailbox):
        return held(Why.UNPROVEN, route.case, route.audience)
    viewer = agent_viewer(seat)
    if not Case.objects.visible_to(viewer).filter(pk=route.case.pk).exists():
        return held(Why.NO_SIGHT, route.case, route.audience)
    content = content_of(mail, automatic=False)
    if not content.text.strip():
        content = Content(_("(files only)"), subject=content.subject, source=content.source)
    try:
        message = post(route.case, by=viewer, audience=route.audience, content=content)
    except DomainError as refusal:
        return held(Why.REFUSED, route.case, route.audience, detail=refusal.message)
    keeper_of_files(mail, seat.organisation)(message)
    return Outcome(State.PROCESSED, case=route.case, message=message, audience=route.audience)
