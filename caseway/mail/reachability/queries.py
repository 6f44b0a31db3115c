"""Reading which addresses can't be reached."""

from caseway.accounts.permissions import Permission
from caseway.accounts.viewer import Viewer
from caseway.core.errors import NotFound
from caseway.core.paging import Order, Page, page_of
from caseway.core.text import normal_address
from caseway.mail.models import AddressState

LATEST_FIRST = Order("bounced_at")
AT_ONCE = 50


def trouble_with(organisation_id: int, address: str) -> AddressState | None:
    """What keeps mails of this organisation from being sent there; None where nothing does."""
    states = AddressState.objects.filter(organisation=organisation_id, is_permanent=True)
    return states.filter(address=normal_address(address)).first()


def unreachable_page(viewer: Viewer, *, cursor: str | None) -> Page[AddressState]:
    """Fifty addresses from which mail came back, latest first. Raises Invalid at `cursor`."""
    states = AddressState.objects.filter(organisation=viewer.organisation_id).select_related("house")
    if not viewer.is_agent or not viewer.has(Permission.SETTINGS):
        states = states.none()
    bound_to = f"addresses {viewer.us}"
    return page_of(states, LATEST_FIRST, limit=AT_ONCE, cursor=cursor, bound_to=bound_to)


def address_state_visible_to(viewer: Viewer, key: int) -> AddressState:
    """One of them. Raises NotFound."""
    found = AddressState.objects.filter(organisation=viewer.organisation_id, pk=key).first()
    if found is None or not viewer.is_agent:
        raise NotFound
    return found
