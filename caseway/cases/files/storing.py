"""The bytes of files: stored once per organisation, within its room, and read again.

Whoever writes rows of an organisation's stored files locks its `StorageUse` first: so two uploads
at once can't both take the last of the room, and none gets hold of a file that is being swept.
"""

import hashlib
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO

import structlog
from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from caseway.accounts.models import Organisation
from caseway.cases.models import StorageUse, StoredFile
from caseway.core.clock import now
from caseway.core.errors import NotFound, Unavailable

from .kinds import find_type

CHUNK = 1 << 20
log = structlog.get_logger("caseway.files")


class Full(Exception):
    """The organisation has no room for these bytes; each caller says so in its own words."""


@dataclass(frozen=True)
class Put:
    """Bytes that are in the storage and have no row yet; without `key` they were there already."""

    sha256: str
    size: int
    type: str
    key: str


def put(organisation: Organisation, content: BinaryIO, name: str, *, beyond_room: bool = False) -> Put:
    """Bring bytes into the storage, unless the organisation has the same. Locks nothing, since it may
    take a while. Raises Full unless `beyond_room`, and Unavailable where the storage refuses them."""
    sha256, size = _digest_of(content)
    kind = find_type(content, name)
    if StoredFile.objects.filter(organisation=organisation, sha256=sha256).exists():
        return Put(sha256, size, kind, "")
    use = StorageUse.objects.filter(organisation=organisation).first()
    if not beyond_room and not fits(use, size, organisation):
        raise Full
    with _told_as_unavailable():
        key = default_storage.save(f"files/{organisation.pk}/{sha256[:2]}/{uuid.uuid4().hex}", File(content))
    return Put(sha256, size, kind, key)


def keep(organisation: Organisation, bytes_: Put, *, beyond_room: bool = False) -> StoredFile:
    """The row of bytes that were put, counted as the organisation's; those in vain are taken back.

    Raises Full unless `beyond_room`, and Unavailable where the same bytes were swept meanwhile.
    """
    stored: StoredFile | None = None
    try:
        stored = _row_of(organisation, bytes_, beyond_room=beyond_room)
    finally:
        if bytes_.key and (stored is None or stored.key != bytes_.key):
            discard(bytes_.key)
    return stored


@transaction.atomic
def _row_of(organisation: Organisation, bytes_: Put, *, beyond_room: bool) -> StoredFile:
    use = use_of(organisation.pk)
    known = StoredFile.objects.filter(organisation=organisation, sha256=bytes_.sha256).first()
    if known is not None:
        known.wanted_at = now()
        known.save(update_fields=["wanted_at"])
        return known
    if not bytes_.key:
        raise Unavailable(_("The file could not be kept just now. Please try again."))
    if not beyond_room and not fits(use, bytes_.size, organisation):
        raise Full
    use.bytes += bytes_.size
    use.save(update_fields=["bytes"])
    return StoredFile.objects.create(
        organisation=organisation,
        sha256=bytes_.sha256,
        size=bytes_.size,
        type=bytes_.type,
        key=bytes_.key,
    )


def use_of(organisation_id: int) -> StorageUse:
    """How much the organisation stores, locked until the transaction ends."""
    StorageUse.objects.get_or_create(organisation_id=organisation_id)
    return StorageUse.objects.select_for_update(no_key=True).get(organisation_id=organisation_id)


def discard(key: str) -> None:
    """Take back bytes that got no row. Where even that fails they stay, and the log names them."""
    try:
        default_storage.delete(key)
    except OSError as trouble:
        log.warning("bytes without a row stay in the storage", place=key, error=str(trouble))


def open_stored(file: StoredFile) -> "File[bytes]":
    """The bytes of a file, from their beginning. Raises NotFound where the storage has lost them, and
    Unavailable where it doesn't answer."""
    with _told_as_unavailable():
        try:
            return default_storage.open(file.key)
        except FileNotFoundError as error:
            log.warning("the storage has lost a file", place=file.key)
            raise NotFound from error


@contextmanager
def _told_as_unavailable() -> Iterator[None]:
    try:
        yield
    except OSError as trouble:
        log.warning("the storage of files is in trouble", error=str(trouble))
        words = _("Files can't be kept or read at the moment. Please try again in a few minutes.")
        raise Unavailable(words) from trouble


def fits(use: StorageUse | None, size: int, organisation: Organisation) -> bool:
    """Whether the organisation has room for so many bytes more."""
    room = organisation.policy.storage_total_bytes
    return room <= 0 or (use.bytes if use else 0) + size <= room


def _digest_of(content: BinaryIO) -> tuple[str, int]:
    content.seek(0)
    digest = hashlib.sha256()
    for chunk in iter(lambda: content.read(CHUNK), b""):
        digest.update(chunk)
    return digest.hexdigest(), content.tell()
