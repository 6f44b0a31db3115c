"""Inviting colleagues to the desk.

A seat is somebody's once they accept it. Whoever has no sign-in yet gets one without a password,
and a link to choose it first. Nobody who invites learns whether there was a sign-in before.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from caseway.accounts.changing import Changes, note, settings_held
from caseway.accounts.events import PersonInvited, SettingRemoved
from caseway.accounts.models import Membership, Person
from caseway.accounts.permissions import Permission
from caseway.accounts.sign_in.lockout import locked_out
from caseway.accounts.viewer import Viewer
from caseway.core import limits
from caseway.core.clock import now
from caseway.core.errors import Conflict, Invalid, NotFound
from caseway.core.transactions import action
from caseway.customers.invitations.rules import good_address, good_name

from .actions import Place, give_role, held, teams_of

MAILS_BY_ORGANISATION = 50
MAILS_BY_ADDRESS = 3
HOUR = 3600


@dataclass(frozen=True)
class Invitee:
    """Whom to invite, and where they will sit."""

    name: str
    email: str
    place: Place


def invite(invitee: Invitee, *, by: Viewer) -> Membership:
    """Give somebody a seat at the desk and mail them how to come in.

    Raises NotFound and NotAllowed (also for a role that may what `by` may not); Invalid by field,
    also for somebody who has a seat here already; TooMany after fifty mails within an hour.
    """
    name, email = good_name(invitee.name), good_address(invitee.email)
    if by.is_agent and by.has(Permission.PEOPLE):
        _count(by.us, email)
    return _invite(name, email, invitee.place, by)


def invite_again(seat: Membership, *, by: Viewer) -> Membership:
    """Mail the link once more. Raises Conflict for somebody who has come, TooMany as `invite` does."""
    stored, _by = _held_waiting(seat, by)
    _count(stored.organisation_id, stored.person.email)
    _send(stored)
    return stored


@action
def take_back(seat: Membership, *, by: Viewer) -> None:
    """Let the invitation give nothing any more: the seat is gone. Raises Conflict once it was accepted."""
    stored, by = _held_waiting(seat, by)
    key, person = stored.pk, stored.person
    stored.delete()
    note(SettingRemoved(topic="person", key=key), by, "", {}, about=person)


@action
def accept(key: int, *, by: Person) -> Membership:
    """Take the seat that one was invited to; twice is the same. Raises NotFound for anybody else's."""
    seats = Membership.objects.select_for_update(of=("self",)).select_related("organisation")
    stored = seats.filter(pk=key, person=by).first()
    if stored is None or not (stored.is_active or stored.is_waiting):
        raise NotFound
    stored.is_active = True
    stored.invited_name = ""
    stored.save(update_fields=["is_active", "invited_name"])
    return stored


@action
def _invite(name: str, email: str, place: Place, by: Viewer) -> Membership:
    by = settings_held(by, Permission.PEOPLE)
    person, is_new = Person.objects.get_or_create(email=email, defaults={"name": name})
    if is_new:
        person.set_unusable_password()
        person.save(update_fields=["password"])
    if Membership.objects.filter(organisation=by.us, person=person).exists():
        raise Invalid({"email": _("This address has a seat at your desk already; look in the list.")})
    seat = Membership(organisation_id=by.us, person=person, is_active=False)
    seat.invited_name, seat.invited_at = name, now()
    give_role(seat, place.role or 0, by)
    seat.save()
    seat.teams.set(teams_of(by, place.teams or ()))
    teams = sorted(seat.teams.values_list("name", flat=True))
    changes: Changes = {"role": [None, seat.role.name], "teams": [None, teams]}
    note(PersonInvited(topic="person", key=seat.pk), by, "", changes, about=person)
    _send(seat)
    return seat


@action
def _held_waiting(seat: Membership, by: Viewer) -> tuple[Membership, Viewer]:
    stored, by = held(seat, by)
    if not stored.is_waiting:
        raise Conflict(_("%(name)s has come already.") % {"name": stored.shown_name})
    return stored, by


def _send(seat: Membership) -> None:
    app.configure_task("customers.mail_desk_invitation", queue="mail").defer(seat_id=seat.pk)


def _count(organisation_id: int, email: str) -> None:
    """Count a mail that a stranger's address will get. Raises TooMany."""
    for key, most in (
        (f"desk invitations of {organisation_id}", MAILS_BY_ORGANISATION),
        (f"desk invitations to {email}", MAILS_BY_ADDRESS),
    ):
        if limits.count(key, HOUR) > most:
            raise locked_out(limits.seconds_left(key))
