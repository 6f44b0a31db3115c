"""Inviting a partner by e-mail to a desk of its own.

The tenant administrator (permission: settings) of the organisation that works with it invites. A
partner that other organisations work with too is invited by the system administrator alone: whoever
comes reads what those have shared with it.
"""

import secrets
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from caseway.accounts.changing import demand, note, settings_held
from caseway.accounts.events import PartnerInvited, SettingRemoved
from caseway.accounts.models import Organisation, PartnerInvitation, Partnership
from caseway.accounts.permissions import Permission
from caseway.accounts.sign_in.lockout import locked_out
from caseway.accounts.viewer import Viewer
from caseway.core import limits
from caseway.core.clock import now
from caseway.core.errors import Conflict, NotFound
from caseway.core.events import react
from caseway.core.transactions import action
from caseway.customers.invitations.rules import good_address, good_name

from .queries import partnership_of

LASTS = timedelta(days=7)
HOUR, MAILS_BY_ORGANISATION, MAILS_BY_ADDRESS = 3600, 20, 3
SALT = "caseway.mail.partnerships.invitation"


@dataclass(frozen=True)
class InvitedPartner:
    """An invitation with the secret of its link, which only its mail ever holds."""

    invitation: PartnerInvitation
    key: str


def digest_of(key: str) -> str:
    """What is stored of the link's secret."""
    return salted_hmac(SALT, key, algorithm="sha256").hexdigest()


def invite(pair: Partnership, *, name: str, email: str, by: Viewer) -> PartnerInvitation:
    """Mail somebody at the partner a link to a desk of their own; an earlier link to them dies.

    Raises NotFound, NotAllowed, Invalid at `name` or `email`, Conflict where the partner signs in or
    works with others too, TooMany after three mails to one address within an hour.
    """
    partnership_of(by, pair.pk)
    demand(by, Permission.SETTINGS)
    name, email = good_name(name), good_address(email)
    for key, most in (
        (f"partner invitations of {by.us}", MAILS_BY_ORGANISATION),
        (f"partner invitations to {email}", MAILS_BY_ADDRESS),
    ):
        if limits.count(key, HOUR) > most:
            raise locked_out(limits.seconds_left(key))
    return _invite(pair, name, email, by)


@action
def take_back(pair: Partnership, key: int, *, by: Viewer) -> None:
    """Let the link open nothing any more; twice is the same. Raises NotFound for another's."""
    by = settings_held(by, Permission.SETTINGS)
    pair = partnership_of(by, pair.pk)
    found = PartnerInvitation.objects.select_for_update(no_key=True).filter(partnership=pair, pk=key).first()
    if found is None:
        raise NotFound
    if found.ended_at is None:
        found.ended_at = now()
        found.save(update_fields=["ended_at"])
        note(SettingRemoved(topic="partner_invitation", key=found.pk), by, "", {})


def may_be_invited(partner: Organisation) -> bool:
    """Whether it has no desk yet, and works with one organisation alone."""
    pairs = Partnership.objects.filter(Q(shipper=partner) | Q(carrier=partner))
    return not partner.signs_in and pairs.count() == 1


@action
def _invite(pair: Partnership, name: str, email: str, by: Viewer) -> PartnerInvitation:
    by = settings_held(by, Permission.SETTINGS)
    pair = partnership_of(by, pair.pk)
    partner = Organisation.objects.select_for_update(no_key=True).get(pk=pair.partner_of(by.us).pk)
    if not may_be_invited(partner):
        words = _("%(partner)s can't be invited from here. Ask the system administrator.")
        raise Conflict(words % {"partner": partner})
    open_ones = PartnerInvitation.objects.filter(organisation=partner, email=email, ended_at=None)
    open_ones.update(ended_at=now())
    key = secrets.token_urlsafe(32)
    invitation = PartnerInvitation.objects.create(
        partnership=pair,
        organisation=partner,
        email=email,
        name=name,
        invited_by_id=by.me,
        key_digest=digest_of(key),
        expires_at=now() + LASTS,
    )
    event = PartnerInvited(topic="partnership", key=invitation.pk)
    note(event, by, partner.name, {})
    react(event, InvitedPartner(invitation, key))
    return invitation
