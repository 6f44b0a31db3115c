"""Choosing of what one is told, and how."""

from collections.abc import Collection

from caseway.accounts.models import Membership
from caseway.accounts.viewer import Viewer
from caseway.core.errors import NotFound
from caseway.core.transactions import action
from caseway.notifications.models import Choices, Kind

from .choices import Chosen
from .times import next_digest


@action
def choose(chosen: Chosen, *, by: Viewer) -> None:
    """Store the choices of the viewer's seat. Raises NotFound for whoever has no seat at a desk."""
    seat = _seat(by)
    Membership.objects.filter(pk=seat.pk).update(told_as_owner=Kind.MINE in chosen.mailed)
    choices = _stored(seat)
    choices.shown, choices.digested = _in_order(chosen.shown), _in_order(chosen.digested)
    choices.mailed = _in_order(set(chosen.mailed) - {Kind.MINE})
    choices.digest_at = chosen.digest_at
    _keep(choices, seat)


@action
def stop_mails(seat: Membership, kind: Kind) -> None:
    """No mail at once of this kind any more."""
    if kind is Kind.MINE:
        Membership.objects.filter(pk=seat.pk).update(told_as_owner=False)
        return
    choices = _stored(seat)
    choices.mailed = [one for one in choices.mailed if one != kind]
    _keep(choices, seat)


@action
def stop_digest(seat: Membership) -> None:
    """No daily digest any more."""
    choices = _stored(seat)
    choices.digested = []
    _keep(choices, seat)


def _seat(by: Viewer) -> Membership:
    seat = Membership.objects.filter(person=by.person_id, organisation=by.organisation_id).first()
    if seat is None or not by.is_agent:
        raise NotFound
    return seat


def _stored(seat: Membership) -> Choices:
    Choices.objects.bulk_create([Choices(seat=seat)], ignore_conflicts=True)
    return Choices.objects.select_for_update().get(seat=seat)


def _keep(choices: Choices, seat: Membership) -> None:
    choices.digest_due_at = next_digest(choices, seat) if choices.digested else None
    choices.save()


def _in_order(kinds: Collection[Kind]) -> list[str]:
    return [kind.value for kind in Kind if kind in kinds]
