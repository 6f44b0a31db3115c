"""Where logos are kept: by content, once for each organisation, in the storage of files."""

from collections.abc import Iterator
from contextlib import contextmanager

import structlog
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from caseway.accounts.models import Brand, Organisation
from caseway.core.errors import NotFound, Unavailable
from caseway.core.transactions import action

from .drawing import Picture

log = structlog.get_logger("caseway.brands")


def keep(organisation_id: int, picture: Picture) -> None:
    """Store the picture unless it is there. The caller holds the lock of the organisation.

    Raises Unavailable where the storage doesn't take it.
    """
    place = _place(organisation_id, picture.digest)
    with _told_as_unavailable():
        if not default_storage.exists(place):
            default_storage.save(place, ContentFile(picture.content))


def content_of(digest: str) -> bytes:
    """The picture that some brand shows. Raises NotFound where none does, and Unavailable."""
    found = Brand.objects.filter(logo_digest=digest).first() if digest else None
    if found is None:
        raise NotFound
    with _told_as_unavailable():
        try:
            with default_storage.open(_place(found.organisation_id, digest)) as stored:
                return bytes(stored.read())
        except FileNotFoundError as error:
            log.warning("the storage has lost a logo", brand=found.pk)
            raise NotFound from error


@action
def forget_unused(organisation_id: int, digest: str) -> None:
    """Delete a picture that no brand of the organisation shows any more.

    Whoever keeps one holds the same lock, so none is deleted that is being chosen again.
    """
    lock(organisation_id)
    if Brand.objects.filter(organisation=organisation_id, logo_digest=digest).exists():
        return
    try:
        default_storage.delete(_place(organisation_id, digest))
    except OSError as trouble:
        log.warning("a logo that nobody shows stays in the storage", error=str(trouble))


def lock(organisation_id: int) -> None:
    """Change brands of an organisation one at a time, until the transaction ends."""
    Organisation.objects.select_for_update(no_key=True).get(pk=organisation_id)


def _place(organisation_id: int, digest: str) -> str:
    return f"brands/{organisation_id}/{digest}.png"


@contextmanager
def _told_as_unavailable() -> Iterator[None]:
    try:
        yield
    except FileNotFoundError:
        raise
    except OSError as trouble:
        log.warning("the storage of files is in trouble", error=str(trouble))
        words = _("Pictures can't be kept or read at the moment. Please try again in a few minutes.")
        raise Unavailable(words) from trouble
