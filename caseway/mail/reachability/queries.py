"""Reading which addresses can't be reached."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, QuerySet

from caseway.accounts.asking import AskedBy
from caseway.accounts.permissions import Permission
from caseway.accounts.viewer import Viewer
from caseway.cases.conversation.queries import participants_seen
from caseway.cases.models import Case, Participant
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


def unreached(viewer: Viewer, addresses: Iterable[str]) -> set[str]:
    """To which of these addresses the viewer's organisation sends no mail.

    None of a partner with a desk of its own, who reads there: its addresses are its own affair. One
    query; none where nobody is asked about.
    """
    asked = {normal_address(address) for address in addresses}
    if not viewer.is_agent or not asked:
        return set()
    return set(_came_back_to(viewer).filter(address__in=asked).values_list("address", flat=True))


def participants_with_reach(case: Case, viewer: Viewer) -> list[Participant]:
    """The rows of `participants_of`, each with `is_unreached`: whether no mail is sent there. One query."""
    return _participants.rows(viewer, case=case.pk) if viewer.is_agent else []


@AskedBy
def _participants(viewer: Viewer) -> QuerySet[Participant]:
    came_back = _came_back_to(viewer).filter(address=OuterRef("address"))
    return participants_seen(viewer).annotate(is_unreached=Exists(came_back))


def _came_back_to(viewer: Viewer) -> QuerySet[AddressState]:
    return AddressState.objects.filter(organisation=viewer.organisation_id, house=None, is_permanent=True)


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
