"""Reading who is blocked."""

from caseway.accounts.viewer import Viewer
from caseway.core.errors import NotFound
from caseway.core.text import normal_address
from caseway.mail.models import BlockedSender

MOST_LISTED = 500
MOST_PARENTS = 10


def patterns_of(address: str) -> list[str]:
    """What blocks this address: itself, its domain, and those above it, the narrowest first."""
    address = normal_address(address)
    labels = address.rpartition("@")[2].split(".")
    domains = [".".join(labels[start:]) for start in range(len(labels) - 1)]
    return [address, *(f"@{domain}" for domain in domains[-MOST_PARENTS:])]


def block_on(organisation_id: int, address: str) -> str:
    """The pattern that blocks the address for this organisation, "" where nothing does."""
    wanted = patterns_of(address)
    found = BlockedSender.objects.filter(organisation=organisation_id, pattern__in=wanted)
    return min(found.values_list("pattern", flat=True), key=wanted.index, default="")


def blocked_by_us(viewer: Viewer) -> list[BlockedSender]:
    """Whom the agent's organisation has blocked, by pattern; one query."""
    if not viewer.is_agent:
        return []
    rows = BlockedSender.objects.filter(organisation=viewer.us).select_related("blocked_by")
    return list(rows.order_by("pattern")[:MOST_LISTED])


def blocked_sender_visible_to(viewer: Viewer, key: int) -> BlockedSender:
    """One of them. Raises NotFound."""
    found = BlockedSender.objects.filter(organisation=viewer.organisation_id, pk=key).first()
    if found is None or not viewer.is_agent:
        raise NotFound
    return found
