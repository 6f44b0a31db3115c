"""Mailboxes as their organisation's administrators see them; passwords are never among it."""

from typing import Any

from caseway.accounts.models import Brand
from caseway.accounts.viewer import Viewer
from caseway.core.errors import NotFound
from caseway.core.fingerprints import fingerprint
from caseway.mail.models import Mailbox
from caseway.mail.models.server import ServerAccount


def mailbox_of_viewer(viewer: Viewer, key: int) -> Mailbox:
    """One of the organisation's mailboxes with its servers. Raises NotFound."""
    found = Mailbox.objects.select_related("brand", "imap", "smtp", "grant").filter(
        organisation=viewer.us, pk=key
    )
    box = found.first() if viewer.is_agent else None
    if box is None:
        raise NotFound
    return box


def brands_for(viewer: Viewer) -> list[Brand]:
    """The brands that a mailbox can belong to."""
    return list(Brand.objects.filter(organisation=viewer.us).order_by("name"))


def state_of(box: Mailbox) -> dict[str, Any]:
    """What is stored of a mailbox, by the names of its form."""
    imap, smtp = getattr(box, "imap", None), getattr(box, "smtp", None)
    return {
        "use": box.use,
        "brand": box.brand_id,
        "trusted_server": box.trusted_server,
        "is_active": box.is_active,
        "fetches": bool(imap and imap.is_active),
        "folder": imap.folder if imap else "INBOX",
        "afterwards": imap.afterwards if imap else "seen",
        "target": imap.target if imap else "",
        "sends": bool(smtp and smtp.is_active),
        **_server("imap", imap, 993),
        **_server("smtp", smtp, 587),
    }


def version_of(box: Mailbox) -> int:
    """A number that moves with the mailbox and its servers, not with what is read there."""
    passwords = [getattr(getattr(box, name, None), "version", 0) for name in ("imap", "smtp")]
    return fingerprint([state_of(box), passwords])


def _server(prefix: str, account: ServerAccount | None, port: int) -> dict[str, Any]:
    return {
        f"{prefix}_host": account.host if account else "",
        f"{prefix}_port": account.port if account else port,
        f"{prefix}_security": account.security if account else ("tls" if prefix == "imap" else "starttls"),
        f"{prefix}_user": account.user if account else "",
        f"{prefix}_sign_in": account.sign_in if account else "password",
    }
