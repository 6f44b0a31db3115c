"""Removing files that nobody needs: those never finished, those never sent, and bytes without a name."""

from datetime import timedelta

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Exists, Func, JSONField, OuterRef, QuerySet, TextField
from django.db.models.functions import Cast

from caseway.cases.models import Attachment, CaseDraft, StoredFile, Upload
from caseway.core.clock import now

from .storing import use_of

UNSENT_FOR = timedelta(days=14)
UNUSED_FOR = timedelta(days=1)
UNFINISHED_FOR = timedelta(days=1)
AT_ONCE = 1000


def sweep_files() -> int:
    """Delete uploads unsent for two weeks, then stored files that no attachment names; returns how many.

    What stands in the draft of a case stays as long as the draft.
    A file is kept for a day first: somebody may be attaching the same content at this moment.
    Raises OSError where the storage doesn't answer; the next sweep goes on there.
    """
    unsent = Attachment.objects.filter(message=None, created_at__lt=now() - UNSENT_FOR)
    unsent.exclude(_in_a_draft()).delete()
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


def _in_a_draft() -> Exists:
    """Its uploader has begun a case with this file, and may go on with it."""
    key = Func(Cast(OuterRef("pk"), TextField()), function="to_jsonb", output_field=JSONField())
    theirs = CaseDraft.objects.filter(person=OuterRef("uploader"))
    return Exists(theirs.filter(content__attachments__contains=key))


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
