"""Marking addresses that mail can't reach, and taking the mark away."""

from datetime import datetime

from caseway.accounts.audit import record
from caseway.accounts.changing import demand
from caseway.accounts.permissions import Permission
from caseway.accounts.viewer import Viewer
from caseway.core.errors import NotFound
from caseway.core.text import normal_address
from caseway.core.transactions import action
from caseway.mail.events import AddressWorksAgain
from caseway.mail.models import AddressState, Delivery
from caseway.mail.outbox.actions import send_again
from caseway.mail.outbox.queries import deliveries_seen
from caseway.mail.reading import Bounce

MOST_SOFT = 5
"""So many mails in a row that came back "for now" are as good as "for good"."""


@action
def mark(
    organisation_id: int, delivery: Delivery, bounce: Bounce, *, words: str, at: datetime
) -> AddressState:
    """Note that a mail of the organisation came back: for good, or for now, which is counted."""
    state, _new = AddressState.objects.select_for_update().get_or_create(
        organisation_id=organisation_id,
        address=normal_address(delivery.address),
        defaults={"is_permanent": False},
    )
    state.house = delivery.house
    state.soft_bounces += not bounce.permanent
    state.is_permanent |= bounce.permanent or state.soft_bounces >= MOST_SOFT
    state.status, state.diagnostic, state.bounced_at = bounce.status[:20], words[:500], at
    state.save()
    return state


def clear(organisation_id: int, address: str) -> None:
    """An address that writes to us can be written to."""
    AddressState.objects.filter(organisation=organisation_id, address=normal_address(address)).delete()


@action
def works_again(state: AddressState, *, by: Viewer) -> None:
    """Mail the address again from now on; what came back isn't sent by itself.

    Raises NotFound and NotAllowed.
    """
    demand(by, Permission.SETTINGS)
    _forget(by, state.address)


@action
def works_again_for(delivery: Delivery, *, by: Viewer) -> Delivery:
    """Mail the address of a mail that came back again, this very mail first.

    For every agent who may read the mail. Raises NotFound; Conflict where it is on its way.
    """
    if not deliveries_seen(by).filter(pk=delivery.pk).exists():
        raise NotFound
    _forget(by, delivery.address)
    return send_again(delivery, by=by)


def _forget(by: Viewer, address: str) -> None:
    states = AddressState.objects.filter(organisation=by.us, address=normal_address(address))
    for key in states.values_list("pk", flat=True):
        record(AddressWorksAgain(address_id=key), by=by.person, organisation=by.organisation)
    states.delete()
