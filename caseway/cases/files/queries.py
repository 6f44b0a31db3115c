"""Files that somebody has uploaded and not yet sent."""

from collections.abc import Iterable
from uuid import UUID

from caseway.accounts.viewer import Viewer
from caseway.cases.models import Attachment


def unsent_files(viewer: Viewer, ids: Iterable[str]) -> list[Attachment]:
    """Those of `ids` that wait for the viewer's message, in the order of upload; others are left out."""
    keys = [key for key in map(_uuid, ids) if key]
    if not keys:
        return []
    mine = Attachment.objects.visible_to(viewer).filter(pk__in=keys, message=None, uploader=viewer.person_id)
    return list(mine.select_related("file").order_by("created_at", "pk"))


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
