"""Mails that wait for somebody's decision: shown on their case, admitted or set aside."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from caseway.accounts.viewer import Viewer
from caseway.cases.models import Case, Participant, Side
from caseway.cases.types import Audience
from caseway.core.errors import Conflict, NotFound
from caseway.core.transactions import action
from caseway.mail.models import RawMail

from .outcome import Outcome
from .processing import run_again


def held_on(case: Case, viewer: Viewer) -> QuerySet[RawMail]:
    """The mails held on the case that the viewer may decide about, oldest first."""
    if not viewer.is_agent or not Case.objects.visible_to(viewer).filter(pk=case.pk).exists():
        return RawMail.objects.none()
    return RawMail.objects.filter(
        case=case, organisation=viewer.organisation_id, state=RawMail.State.HELD
    ).order_by("pk")


def admit(mail: RawMail, *, by: Viewer) -> Outcome | None:
    """Let the sender take part in the conversation, and put the mail on the case.

    The sender gets what is written from now on, and nothing that was written before. A mail that
    claims to be a colleague's stays held: it can't be made theirs. Raises NotFound and Conflict.
    """
    _approve_sender(mail, by)
    return run_again(mail.pk)


@action
def _approve_sender(mail: RawMail, by: Viewer) -> None:
    locked = _decide(mail, by)
    Participant.objects.update_or_create(
        case=locked.case,
        organisation_id=_side_of_sender(locked),
        audience=locked.audience,
        address=locked.sender,
        defaults={"name": locked.sender_name, "is_approved": True, "is_subscribed": True},
    )


@action
def set_aside(mail: RawMail, *, by: Viewer) -> RawMail:
    """Leave a held mail off the case; it is kept. Raises NotFound and Conflict."""
    locked = _decide(mail, by)
    locked.state, locked.reason = RawMail.State.IGNORED, _("Set aside by %(name)s.") % {"name": by.person}
    locked.save(update_fields=["state", "reason"])
    return locked


def _decide(mail: RawMail, by: Viewer) -> RawMail:
    locked = RawMail.objects.select_for_update(of=("self",)).select_related("case").filter(pk=mail.pk).first()
    if locked is None or locked.case is None or locked.organisation_id != by.organisation_id:
        raise NotFound
    if not by.is_agent or not Case.objects.visible_to(by).filter(pk=locked.case_id or 0).exists():
        raise NotFound
    if locked.state != RawMail.State.HELD:
        raise Conflict(_("Somebody has decided about this mail already."))
    return locked


def _side_of_sender(mail: RawMail) -> int:
    """A partner's people take part under their own organisation, a customer's under ours."""
    ours = mail.organisation_id or 0
    if mail.audience != Audience.PARTNER:
        return ours
    others = Side.objects.filter(case=mail.case_id or 0).exclude(organisation=ours)
    return others.values_list("organisation_id", flat=True).first() or ours
