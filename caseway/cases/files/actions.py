"""Taking files in from people: kept, or refused with the reason; then attached to what they send."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from django.utils.translation import gettext as _

from caseway.accounts.models import Organisation
from caseway.accounts.viewer import Viewer
from caseway.cases.models import Attachment, Message, StoredFile
from caseway.core.errors import Invalid, NotAllowed
from caseway.core.ui.numbers import filesize

from .kinds import examine, objection_to_name
from .naming import safe_name
from .scanner import scan
from .storing import Full, keep, put


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


def upload(content: BinaryIO, name: str, *, by: Viewer) -> Attachment:
    """Keep a file that somebody will attach to a message.

    Raises Invalid at `files` with the reason, Unavailable where the storage doesn't take it.
    """
    if by.organisation is None:
        raise NotAllowed(_("Sign in to add files."))
    name = safe_name(name)
    limits = limits_for(by)
    refuse_before(name, content.seek(0, 2), limits)
    _refuse_for(name, examine(content, name, limits.types).objection or scan(content))
    return Attachment.objects.create(
        file=_stored(by.organisation, content, name),
        organisation=by.organisation,
        uploader=by.person,
        uploader_contact_id=by.contact_id,
        name=name,
    )


def refuse_before(name: str, size: int, limits: Limits) -> None:
    """Refuse what need not be sent at all: a name and a size in bytes that can't be taken.

    Raises Invalid at `files` with the reason.
    """
    if size == 0:
        raise Invalid({"files": _("%(name)s is empty.") % {"name": name}})
    if size > limits.total_bytes:
        words = {"name": name, "most": filesize(limits.total_bytes)}
        raise Invalid({"files": _("%(name)s is too large: %(most)s at most.") % words})
    _refuse_for(name, objection_to_name(name, limits.types))


def _refuse_for(name: str, objection: str) -> None:
    if objection:
        words = {"name": name, "why": objection}
        raise Invalid({"files": _("%(name)s was refused: %(why)s.") % words})


def _stored(organisation: Organisation, content: BinaryIO, name: str) -> StoredFile:
    try:
        return keep(organisation, put(organisation, content, name))
    except Full:
        raise no_room(organisation, name) from None


def no_room(organisation: Organisation, name: str) -> Invalid:
    """The refusal of a file that the organisation has no room for."""
    words = _(
        "%(name)s was not kept: %(organisation)s has no room for more files. "
        "You can send what you wrote without it."
    )
    return Invalid({"files": words % {"name": name, "organisation": organisation.name}})


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
        most = filesize(limits.total_bytes)
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
