"""Files that come by part: begun, then brought in any order, any part as often as it takes.

Nothing of it is a file yet; `completing` makes it one. Whoever locks an upload and the organisation's
`StorageUse` locks the upload first, or takes it only if it is free.
"""

import hashlib
import re
import uuid
from datetime import timedelta

from django.db.models import Sum
from django.utils.translation import gettext as _

from caseway.accounts.models import Organisation
from caseway.accounts.viewer import Viewer
from caseway.cases.models import Upload, UploadPart
from caseway.core.clock import now
from caseway.core.errors import Conflict, Invalid, NotAllowed, NotFound, TooMany
from caseway.core.transactions import action

from .actions import Limits, limits_for, no_room, refuse_before
from .naming import safe_name
from .storing import fits, use_of

PART = 1_000_000
"""Bytes of a part: a few seconds of a slow line, so that a lost connection loses no more than that."""
MOST_AT_ONCE = 50
SUBMISSIONS_AT_ONCE = 3
IDLE = timedelta(minutes=15)
_SHA256 = re.compile(r"[0-9a-f]{64}")


@action
def begin(name: str, size: int, *, by: Viewer, sha256: str = "") -> Upload:
    """Announce a file of `size` bytes, whose parts are to follow; its room is held for it meanwhile.

    With `sha256` the whole is compared with it in the end. Raises Invalid at `files` with the
    reason for what policy refuses, TooMany where the person has too much under way.
    """
    if by.organisation is None or by.person is None:
        raise NotAllowed(_("Sign in to add files."))
    name, limits = safe_name(name), limits_for(by)
    refuse_before(name, size, limits)
    if sha256 and not _SHA256.fullmatch(sha256):
        raise Invalid({"sha256": _("Send a SHA-256 as 64 hexadecimal digits in lower case.")})
    _hold_room(by.organisation, name, size)
    _make_way(by, size, limits)
    return Upload.objects.create(
        organisation=by.organisation,
        uploader=by.person,
        name=name,
        size=size,
        part_size=PART,
        sha256=sha256,
    )


def _hold_room(organisation: Organisation, name: str, size: int) -> None:
    """Refuse what would not fit once all that is under way has arrived."""
    use = use_of(organisation.pk)
    ahead = Upload.objects.filter(organisation=organisation, attachment=None).aggregate(sum=Sum("size"))
    if not fits(use, (ahead["sum"] or 0) + size, organisation):
        raise no_room(organisation, name)


def _make_way(by: Viewer, size: int, limits: Limits) -> None:
    """Drop what the person has left lying where it is too much together with `size` bytes more."""
    most = SUBMISSIONS_AT_ONCE * limits.total_bytes
    if _has_place(by, size, most):
        return
    idle = Upload.objects.visible_to(by).filter(attachment=None, touched_at__lt=now() - IDLE)
    idle.filter(pk__in=list(idle.select_for_update(skip_locked=True).values_list("pk", flat=True))).delete()
    if not _has_place(by, size, most):
        words = _("Many of your files are still on their way. Let them arrive first, or remove some.")
        raise TooMany(words, retry_after=60)


def _has_place(by: Viewer, size: int, most: int) -> bool:
    sizes = list(Upload.objects.visible_to(by).filter(attachment=None).values_list("size", flat=True))
    return len(sizes) < MOST_AT_ONCE and sum(sizes) + size <= most


@action
def take_part(key: uuid.UUID, offset: int, content: bytes, *, by: Viewer) -> Upload:
    """Keep the bytes of an upload from `offset` on; the same again changes nothing.

    Raises NotFound where the viewer sends no such file, Invalid at `part` for a part that isn't
    exactly one of the upload's, Conflict for other bytes at the same place or after the end.
    """
    upload = locked(key, by)
    if upload.attachment_id is not None:
        raise Conflict(_("This file has arrived already."))
    _check_place(upload, offset, len(content))
    digest = hashlib.sha256(content).hexdigest()
    known = UploadPart.objects.filter(upload=upload, offset=offset).values_list("sha256", flat=True).first()
    if known is None:
        UploadPart.objects.create(
            upload=upload, offset=offset, size=len(content), sha256=digest, content=content
        )
    elif known != digest:
        raise Conflict(_("Other bytes have arrived at this place before. Remove the file and send it anew."))
    upload.touched_at = now()
    upload.save(update_fields=["touched_at"])
    return upload


def locked(key: uuid.UUID, by: Viewer) -> Upload:
    """The viewer's upload, locked until the transaction ends. Raises NotFound where there is none."""
    # Nothing joined: rows of other tables would be those of before the wait.
    found = Upload.objects.select_for_update().visible_to(by).filter(pk=key).first()
    if found is None:
        raise NotFound
    return found


def _check_place(upload: Upload, offset: int, size: int) -> None:
    if offset % upload.part_size or not 0 <= offset < upload.size:
        words = _("A part begins at a multiple of %(size)s bytes within the file.")
        raise Invalid({"part": words % {"size": upload.part_size}})
    expected = min(upload.part_size, upload.size - offset)
    if size != expected:
        words = _("The part at %(offset)s is %(size)s bytes long, and not %(given)s.")
        raise Invalid({"part": words % {"offset": offset, "size": expected, "given": size}})


@action
def forget(key: uuid.UUID, *, by: Viewer) -> None:
    """Drop a file that is on its way, with all its parts; one that has arrived stays what it is.

    Raises NotFound where the viewer sends no such file.
    """
    locked(key, by).delete()
