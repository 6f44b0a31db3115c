"""Removing files that nobody needs: those never finished, those never sent, and bytes without a name."""

from datetime import timedelta

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import QuerySet

from caseway.cases.models import Attachment, StoredFile, Upload
from caseway.core.clock import now

from .storing import use_of

UNSENT_FOR = timedelta(days=14)
UNUSED_FOR = timedelta(days=1)
UNFINISHED_FOR = timedelta(days=1)
AT_ONCE = 1000


def sweep_files() -> int:
    """Delete uploads unsent for two weeks, then stored files that no attachment names; returns how many.

    A file is kept for a day first: somebody may be attaching the same content at this moment.
    Raises OSError where the storage doesn't answer; the next sweep goes on there.
    """
    Attachment.objects.filter(message=None, created_at__lt=now() - UNSENT_FOR).delete()
    return sum(_remove(file) for file in _unused()[:AT_ONCE])


@transaction.atomic
def sweep_uploads() -> int:
    """Delete uploads of which nothing came for a day, finished or not; returns how many.

    One that is being finished at this moment is left alone.
    """
    left = Upload.objects.filter(touched_at__lt=now() - UNFINISHED_FOR)
    keys = list(left.select_for_update(skip_locked=True).values_list("pk", flat=True)[:AT_ONCE])
    Upload.objects.filter(pk__in=keys).delete()
    return len(keys)


def _unused() -> QuerySet[StoredFile]:
    return StoredFile.objects.filter(attachments=None, wanted_at__lt=now() - UNUSED_FOR)


def _remove(file: StoredFile) -> int:
    """Delete bytes, then row; 0 where somebody brought the same content meanwhile.

    The row stays until the bytes are certainly gone, so that none are left behind.
    """
    if not _hide(file):
        return 0
    default_storage.delete(file.key)
    _strike_off(file)
    return 1


@transaction.atomic
def _hide(file: StoredFile) -> bool:
    """Make the file one that nobody finds by its content any more."""
    use_of(file.organisation_id)
    return bool(_unused().filter(pk=file.pk).update(sha256=f"swept {file.pk}"))


@transaction.atomic
def _strike_off(file: StoredFile) -> None:
    use = use_of(file.organisation_id)
    if StoredFile.objects.filter(pk=file.pk).delete()[0]:
        use.bytes = max(0, use.bytes - file.size)
        use.save(update_fields=["bytes"])
