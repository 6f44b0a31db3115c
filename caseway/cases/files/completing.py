"""What came by part becomes a file: put together, compared, examined, kept."""

import hashlib
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryFile
from typing import BinaryIO

from django.utils.translation import gettext as _

from caseway.accounts.viewer import Viewer
from caseway.cases.models import Attachment, Upload, UploadPart
from caseway.core.errors import Conflict, Invalid
from caseway.core.transactions import action

from .actions import upload as keep_file
from .arriving import locked
from .queries import missing_offsets


@action
def finish(key: uuid.UUID, *, by: Viewer) -> Attachment:
    """Make an attachment of an upload whose parts have all arrived; asked again, it gives the same.

    The upload stays locked meanwhile: a twin waits for the result, and a sweep leaves it alone.
    Raises NotFound, Conflict while parts are missing, Invalid at `files` with the reason why the
    whole is refused, and Unavailable where the storage doesn't take it: then nothing is lost.
    """
    upload = locked(key, by)
    if upload.attachment is not None:
        return upload.attachment
    if missing_offsets(upload):
        raise Conflict(_("Parts of the file are missing."))
    with _put_together(upload) as content:
        kept = keep_file(content, upload.name, by=by)
    upload.parts.all().delete()
    upload.attachment = kept
    upload.save(update_fields=["attachment"])
    return kept


@contextmanager
def _put_together(upload: Upload) -> Iterator[BinaryIO]:
    """The whole, one part of it in memory at a time."""
    digest = hashlib.sha256()
    with TemporaryFile() as content:
        for offset in range(0, upload.size, upload.part_size):
            part = bytes(
                UploadPart.objects.values_list("content", flat=True).get(upload=upload, offset=offset)
            )
            digest.update(part)
            content.write(part)
        if upload.sha256 and digest.hexdigest() != upload.sha256:
            words = _("%(name)s did not arrive as it was sent. Please send it anew.")
            raise Invalid({"files": words % {"name": upload.name}})
        yield content
