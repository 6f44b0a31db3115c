"""Removing files that nobody needs: uploads that were never sent, and bytes without a name."""

from datetime import timedelta

from django.core.files.storage import default_storage
from django.db import transaction

from caseway.cases.models import Attachment, StoredFile
from caseway.core.clock import now

UNSENT_FOR = timedelta(days=14)
UNUSED_FOR = timedelta(days=1)
AT_ONCE = 1000


def sweep_files() -> int:
    """Delete uploads unsent for two weeks, then stored files that no attachment names; returns how many.

    A file is kept for a day first: somebody may be attaching the same content at this moment.
    """
    Attachment.objects.filter(message=None, created_at__lt=now() - UNSENT_FOR).delete()
    unused = StoredFile.objects.filter(attachments=None, created_at__lt=now() - UNUSED_FOR)
    return sum(_remove(pk) for pk in unused.values_list("pk", flat=True)[:AT_ONCE])


@transaction.atomic
def _remove(pk: int) -> int:
    """Delete the row, and its bytes once that is certain; 0 where somebody attached it meanwhile."""
    file = StoredFile.objects.select_for_update().filter(pk=pk).first()
    if file is None or file.attachments.exists():
        return 0
    file.delete()
    transaction.on_commit(lambda: default_storage.delete(file.key))
    return 1
