"""Taking files in: by people (refused with the reason) and by mail (held with the reason)."""

import hashlib
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from caseway.accounts.models import Organisation
from caseway.accounts.viewer import Viewer
from caseway.cases.models import Attachment, Message, StoredFile
from caseway.core.errors import Invalid, NotAllowed
from caseway.core.text import clean_line

from .kinds import ending_of, examine, find_type
from .scanner import scan

CHUNK = 1 << 20
LONGEST_NAME = 200


@dataclass(frozen=True)
class Limits:
    """What one submission may carry."""

    files: int
    total_bytes: int
    types: tuple[str, ...]


def limits_for(viewer: Viewer) -> Limits:
    """The viewer's limits by policy: the desk's for agents, the portal's for customers."""
    policy = viewer.policy
    if viewer.is_agent:
        return Limits(policy.desk_files, policy.desk_total_bytes, policy.desk_types)
    return Limits(policy.portal_files, policy.portal_total_bytes, policy.portal_types)


def safe_name(name: str) -> str:
    """A name that can be shown and offered for download: no path, no control or direction marks."""
    last = clean_line(name.replace("\\", "/").rsplit("/", 1)[-1], len(name)).strip(". ")
    ending = ending_of(last)[:10]
    if len(last) > LONGEST_NAME:
        last = f"{last[: LONGEST_NAME - 20]}….{ending}" if ending else last[:LONGEST_NAME]
    return last or _("file")


def upload(content: BinaryIO, name: str, *, by: Viewer) -> Attachment:
    """Keep a file that somebody will attach to a message. Raises Invalid at `files` with the reason."""
    limits, name = limits_for(by), safe_name(name)
    size = content.seek(0, 2)
    if size == 0:
        raise Invalid({"files": _("%(name)s is empty.") % {"name": name}})
    if size > limits.total_bytes:
        most = filesizeformat(limits.total_bytes)
        raise Invalid({"files": _("%(name)s is too large: %(most)s at most.") % {"name": name, "most": most}})
    objection = examine(content, name, limits.types).objection or scan(content)
    if objection:
        raise Invalid({"files": _("%(name)s was refused: %(why)s.") % {"name": name, "why": objection}})
    if by.organisation is None:
        raise NotAllowed(_("Sign in to add files."))
    return Attachment.objects.create(
        file=store(by.organisation, content, name),
        organisation=by.organisation,
        uploader=by.person,
        uploader_contact_id=by.contact_id,
        name=name,
    )


def receive(
    content: BinaryIO,
    name: str,
    message: Message,
    *,
    quarantined: str = "",
    is_inline: bool = False,
    content_id: str = "",
) -> Attachment:
    """Keep a file that came by mail with `message`. What a check objects to is held, not lost."""
    content.seek(0)
    return Attachment.objects.create(
        file=store(message.organisation, content, name),
        organisation=message.organisation,
        message=message,
        name=safe_name(name),
        quarantined=(quarantined or scan(content))[:200],
        is_inline=is_inline,
        content_id=clean_line(content_id),
    )


def store(organisation: Organisation, content: BinaryIO, name: str) -> StoredFile:
    """The stored file with this content, kept once per organisation; two at once store it once."""
    content.seek(0)
    digest = hashlib.sha256()
    for chunk in iter(lambda: content.read(CHUNK), b""):
        digest.update(chunk)
    sha256, size = digest.hexdigest(), content.tell()
    known = StoredFile.objects.filter(organisation=organisation, sha256=sha256).first()
    if known is not None:
        return known
    kind = find_type(content, name)
    key = default_storage.save(f"files/{organisation.pk}/{sha256[:2]}/{uuid.uuid4().hex}", File(content))
    with transaction.atomic():
        stored, fresh = StoredFile.objects.get_or_create(
            organisation=organisation, sha256=sha256, defaults={"size": size, "type": kind, "key": key}
        )
    if not fresh:
        default_storage.delete(key)
    return stored


def attach(message: Message, ids: Iterable[str | uuid.UUID], *, by: Viewer) -> Sequence[Attachment]:
    """Attach what the viewer has uploaded to their message. Raises Invalid at `attachments`.

    A foreign, missing or already attached file refuses the whole message.
    """
    wanted = {key for key in map(_as_uuid, ids) if key is not None}
    if len(wanted) != len(set(map(str, ids))):
        raise Invalid({"attachments": _("One of the files is not there any more. Add it again.")})
    if not wanted:
        return []
    found = list(
        Attachment.objects.select_for_update(of=("self",))
        .visible_to(by)
        .filter(pk__in=wanted, message=None)
        .select_related("file")
    )
    if len(found) != len(wanted):
        raise Invalid({"attachments": _("One of the files is not there any more. Add it again.")})
    _check_limits(found, limits_for(by))
    Attachment.objects.filter(pk__in=wanted).update(message=message)
    return found


def _check_limits(files: Sequence[Attachment], limits: Limits) -> None:
    if len(files) > limits.files:
        raise Invalid({"attachments": _("Attach %(count)s files at most.") % {"count": limits.files}})
    if sum(a.file.size for a in files) > limits.total_bytes:
        most = filesizeformat(limits.total_bytes)
        raise Invalid(
            {"attachments": _("The files are too large together: %(most)s at most.") % {"most": most}}
        )


def _as_uuid(key: str | uuid.UUID) -> uuid.UUID | None:
    try:
        return uuid.UUID(str(key))
    except ValueError:
        return None


def remove(attachment: Attachment, *, by: Viewer) -> None:
    """Take back a file that was uploaded and not yet sent. Raises Invalid once it is on a message."""
    taken = Attachment.objects.visible_to(by).filter(pk=attachment.pk, message=None).delete()[0]
    if not taken:
        raise Invalid({"files": _("This file is on a message already.")})
