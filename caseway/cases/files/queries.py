"""Files that somebody has uploaded and not yet sent, and those on their way."""

from collections.abc import Iterable
from uuid import UUID

from caseway.accounts.viewer import Viewer
from caseway.cases.models import Attachment, Upload, UploadPart


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


def missing_offsets(upload: Upload) -> list[int]:
    """Where the parts begin that have not arrived yet, in order; none of a file that is kept."""
    if upload.attachment_id is not None:
        return []
    there = set(UploadPart.objects.filter(upload=upload).values_list("offset", flat=True))
    return [offset for offset in range(0, upload.size, upload.part_size) if offset not in there]
