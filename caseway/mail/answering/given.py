"""What was entered on the page behind a link, checked."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, BinaryIO, cast
from zoneinfo import ZoneInfo

from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_aware
from django.utils.translation import gettext as _

from caseway.accounts.models import Organisation
from caseway.accounts.reader import zone_named
from caseway.cases.files.actions import Limits, refuse_before
from caseway.cases.files.kinds import examine
from caseway.cases.files.naming import safe_name
from caseway.cases.files.receiving import Received
from caseway.cases.once import form_token
from caseway.cases.types import AnswerKind
from caseway.core.clock import now
from caseway.core.errors import Invalid
from caseway.core.text import clean

LONGEST = 5000
"""Characters of what is written."""
LATEST = timedelta(days=730)
EARLIEST = timedelta(days=1)
"""An ETA so long ago is a slip of the finger; one of this morning may still be news."""


@dataclass(frozen=True)
class Given:
    """One answer as it was entered. `refused` says of each file that isn't taken why."""

    form: uuid.UUID
    note: str = ""
    eta: datetime | None = None
    files: Sequence[Received] = field(default=())
    refused: Sequence[str] = field(default=())


def given_by(
    kind: AnswerKind,
    sent: QueryDict,
    files: "Sequence[UploadedFile[Any]]",
    *,
    partner: Organisation,
    asker: Organisation,
) -> Given:
    """What the form says. Raises Invalid at `note`, `eta` and `files`."""
    note = clean(sent.get("note", "")).strip()
    if len(note) > LONGEST:
        raise Invalid({"note": _("Keep it under %(limit)s characters.") % {"limit": LONGEST}})
    if kind is AnswerKind.WORDS and not note:
        raise Invalid({"note": _("Write something first.")})
    form = form_token(sent.get("form", ""))
    if kind is AnswerKind.ETA:
        return Given(form, note, eta=_moment(sent.get("eta", ""), zone_named(partner.time_zone)))
    if kind is AnswerKind.PROOF:
        taken, refused = _sorted_out(files, limits_of(asker))
        return Given(form, note, files=taken, refused=refused)
    return Given(form, note)


def limits_of(asker: Organisation) -> Limits:
    """What may be uploaded: as much, and of the kinds, as the organisation takes from its customers."""
    policy = asker.policy
    return Limits(policy.portal_files, policy.portal_total_bytes, policy.portal_types)


def _moment(typed: str, zone: ZoneInfo) -> datetime:
    """The day and time that were chosen, in the partner's zone. Raises Invalid at `eta`."""
    try:
        moment = parse_datetime(typed.strip())
    except ValueError:
        moment = None
    if moment is None or is_aware(moment):
        raise Invalid({"eta": _("Choose a day and a time.")})
    at = moment.replace(tzinfo=zone)
    if not now() - EARLIEST <= at <= now() + LATEST:
        raise Invalid({"eta": _("Choose a moment from now on, within two years.")})
    return at


def _sorted_out(files: "Sequence[UploadedFile[Any]]", limits: Limits) -> tuple[list[Received], list[str]]:
    """The files that can be taken, and why others can't. Raises Invalid at `files` where none can."""
    taken: list[Received] = []
    refused: list[str] = []
    room = limits.total_bytes
    for sent in files:
        content, name = cast("BinaryIO", sent.file), safe_name(sent.name or "")
        try:
            _check(content, name, limits, room=room, place=len(taken) + 1)
        except Invalid as objection:
            refused.append(objection.message)
            continue
        room -= sent.size or 0
        taken.append(Received(content, name))
    if not taken:
        raise Invalid({"files": " ".join(refused) or _("Choose a file first.")})
    return taken, refused


def _check(content: BinaryIO, name: str, limits: Limits, *, room: int, place: int) -> None:
    """Raises Invalid at `files` where the file can't be taken beside those before it."""
    if place > limits.files:
        raise Invalid({"files": _("%(name)s is one file too many.") % {"name": name}})
    refuse_before(name, content.seek(0, 2), Limits(limits.files, room, limits.types))
    objection = examine(content, name, limits.types).objection
    if objection:
        words = _("%(name)s was refused: %(why)s.") % {"name": name, "why": objection}
        raise Invalid({"files": words})
