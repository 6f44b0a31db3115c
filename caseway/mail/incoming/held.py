"""Deciding about a held mail: it is admitted or set aside, or its sender is blocked."""

from django.utils.translation import gettext as _

from caseway.accounts.changing import demand
from caseway.accounts.permissions import Permission
from caseway.accounts.viewer import Viewer
from caseway.cases.history.mail_events import Became
from caseway.cases.models import Participant, Side
from caseway.cases.partnering.queries import partnership_of
from caseway.cases.types import Audience
from caseway.core.clock import now
from caseway.core.errors import Conflict, Invalid, NotFound
from caseway.core.transactions import action
from caseway.mail.blocking.actions import block
from caseway.mail.models import RawMail, Why
from caseway.mail.partnerships.actions import set_addresses

from .holding import tell_held
from .outcome import Outcome
from .processing import run_again
from .queries import mails_decided_by
from .senders import seats_of


def admit(mail: RawMail, *, by: Viewer, for_all_cases: bool = False) -> Outcome | None:
    """Let the sender take part in the conversation, and put the mail on the case.

    The sender gets what is written from now on, and nothing that was written before. `for_all_cases`:
    it becomes one of the addresses at which a partner without a desk takes its mails.

    Raises NotFound; NotAllowed where that is not the viewer's to say; Conflict where somebody was
    quicker, where the mail claims to be a colleague's (it can't be made theirs), where its sender writes
    for no partner, and where it stays held for another reason.
    """
    _approve_sender(mail, by, for_all_cases=for_all_cases)
    outcome = run_again(mail.pk)
    if outcome is not None and outcome.state == RawMail.State.HELD:
        raise Conflict(
            _("The sender is accepted, and the mail stays held: %(why)s") % {"why": outcome.reason}
        )
    return outcome


@action
def _approve_sender(mail: RawMail, by: Viewer, *, for_all_cases: bool) -> None:
    locked = _decide(mail, by)
    if seats_of(locked.sender, locked.case_id or 0):
        raise Conflict(_("It claims to be a colleague's, who can answer here. It can only be set aside."))
    RawMail.objects.filter(pk=locked.pk).update(is_accepted=True)
    if for_all_cases:
        _keep_for_all_cases(locked, by)
    tell_held(locked, Became.LET_IN, by)
    Participant.objects.update_or_create(
        case=locked.case,
        organisation_id=_side_of_sender(locked),
        audience=locked.audience,
        address=locked.sender,
        defaults={"name": locked.sender_name, "is_approved": True, "is_subscribed": True, "since": now()},
    )


def _keep_for_all_cases(mail: RawMail, by: Viewer) -> None:
    partner = _side_of_sender(mail)
    pair = partnership_of(by.us, partner)
    if mail.audience != Audience.PARTNER or pair is None or partner == by.us:
        raise Conflict(_("Its sender writes for no partner of ours."))
    addresses = pair.addresses_of(partner)
    if mail.sender in addresses:
        return
    saved = set_addresses(pair, [*addresses, mail.sender], by=by, of_partner=True, version=None)
    if saved.refused:
        raise Conflict(" ".join(saved.refused.values()))


@action
def set_aside(mail: RawMail, *, by: Viewer) -> RawMail:
    """Leave a held mail off the case; it is kept. Raises NotFound and Conflict."""
    locked = _decide(mail, by)
    locked.state, locked.why, locked.detail = RawMail.State.IGNORED, Why.SET_ASIDE, str(by.person)[:250]
    locked.save(update_fields=["state", "why", "detail"])
    tell_held(locked, Became.SET_ASIDE, by)
    return locked


@action
def block_sender(mail: RawMail, *, by: Viewer) -> RawMail:
    """Leave a held mail off the case, and ignore what its sender writes to us from now on, with all
    that is held of theirs. Raises NotFound, NotAllowed without the permission to change settings, and
    Conflict where somebody has decided before or it would shut out our own people."""
    demand(by, Permission.SETTINGS)
    locked = _decide(mail, by)
    try:
        block(locked.sender, by=by)
    except Invalid as invalid:
        raise Conflict(invalid.message) from None
    tell_held(locked, Became.BLOCKED, by)
    return locked


def _decide(mail: RawMail, by: Viewer) -> RawMail:
    rows = mails_decided_by(by).select_for_update(of=("self",)).select_related("case").defer("content")
    locked = rows.filter(pk=mail.pk).first()
    if locked is None:
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
