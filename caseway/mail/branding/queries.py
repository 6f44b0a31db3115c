"""Addresses that an organisation may write from."""

from caseway.accounts.viewer import Viewer
from caseway.mail.models import Mailbox


def senders_open_to(viewer: Viewer) -> list[str]:
    """The addresses of the organisation's mailboxes: any other might be somebody else's."""
    boxes = Mailbox.objects.filter(organisation=viewer.us, is_active=True)
    return list(boxes.order_by("address").values_list("address", flat=True))
