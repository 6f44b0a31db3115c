"""Changing a brand."""

import re
from collections.abc import Collection
from dataclasses import asdict, dataclass
from functools import partial

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from caseway.accounts.audit import record
from caseway.accounts.changing import State, differences
from caseway.accounts.events import BrandChanged
from caseway.accounts.models import Brand
from caseway.accounts.permissions import Permission
from caseway.accounts.viewer import Viewer
from caseway.core.errors import Invalid, NotAllowed, Stale
from caseway.core.text import clean_line, normal_address
from caseway.core.transactions import action

from .drawing import Picture
from .hosts import normal_host, refuse_unanswered
from .logos import forget_unused, keep, lock
from .queries import brand_visible_to

LONGEST_NAME = 120
_COLOUR = re.compile(r"#[0-9a-f]{6}")


@dataclass(frozen=True, kw_only=True)
class Face:
    """What an administrator writes of a brand. No `sender_name`: the brand's own name."""

    name: str
    colour: str
    host: str = ""
    sender_name: str = ""
    sender_address: str = ""

    @classmethod
    def of(cls, brand: Brand) -> "Face":
        """What is stored."""
        return cls(
            name=brand.name,
            colour=brand.colour,
            host=brand.host or "",
            sender_name=brand.sender_name,
            sender_address=brand.sender_address,
        )


@dataclass(frozen=True)
class NewLogo:
    """A change of the logo: another picture, or none from now on."""

    picture: Picture | None


def demand(by: Viewer) -> None:
    """Raise NotAllowed for whoever may not change brands."""
    if not by.is_agent or not by.has(Permission.SETTINGS):
        raise NotAllowed(_("Your role does not allow this. Ask your administrator."))


@action
def change(
    brand: Brand,
    face: Face,
    *,
    by: Viewer,
    version: int | None,
    senders: Collection[str],
    logo: NewLogo | None = None,
) -> Brand:
    """Change a brand and, with `logo`, its picture; customers see it at once.

    `senders` are the addresses that the organisation may write from, beside the present one.
    `version` is the one that was read, None takes any. Raises NotFound, NotAllowed, Invalid by
    field, Unavailable, and Stale with what is stored where somebody else was quicker.
    """
    brand_visible_to(by, brand.pk)
    demand(by)
    lock(brand.organisation_id)
    stored = brand_visible_to(by, brand.pk)
    if version is not None and version != stored.version:
        words = _("Somebody has changed this brand meanwhile.")
        raise Stale(words, current=asdict(Face.of(stored)) | {"version": stored.version})
    before = _told(stored)
    changed = _apply(stored, _checked(face, stored, senders)) + _show(stored, logo)
    if changed:
        stored.version += 1
        _save(stored)
        event = BrandChanged(brand_id=stored.pk, fields=",".join(changed))
        changes = differences(before, _told(stored))
        record(event, by=by.person, organisation=by.organisation, thing=stored.name, changes=changes)
    return stored


def _told(brand: Brand) -> State:
    """The brand as the log keeps it; its logo by measures and the beginning of its digest."""
    measures = f"{brand.logo_width} × {brand.logo_height} ({brand.logo_digest[:8]})"
    return asdict(Face.of(brand)) | {"logo": measures if brand.logo_digest else ""}


def _save(brand: Brand) -> None:
    try:
        with transaction.atomic():
            brand.save()
    except IntegrityError as error:  # somebody at another desk took the host at this moment
        raise _taken() from error


def _taken() -> Invalid:
    return Invalid({"host": _("This host name is taken. Choose another.")})


def _apply(brand: Brand, face: Face) -> list[str]:
    """Write the face into the brand; returns the names of what is new."""
    values = asdict(face) | {"host": face.host or None}
    changed = [name for name, value in values.items() if getattr(brand, name) != value]
    for name in changed:
        setattr(brand, name, values[name])
    return changed


def _show(brand: Brand, logo: NewLogo | None) -> list[str]:
    picture, before = logo.picture if logo else None, brand.logo_digest
    if logo is None or (picture.digest if picture else "") == before:
        return []
    if picture:
        keep(brand.organisation_id, picture)
    brand.logo_digest = picture.digest if picture else ""
    brand.logo_width, brand.logo_height = (picture.width, picture.height) if picture else (0, 0)
    if before:
        transaction.on_commit(partial(forget_unused, brand.organisation_id, before))
    return ["logo"]


def _checked(face: Face, stored: Brand, senders: Collection[str]) -> Face:
    """The face in its normal form. Raises Invalid with all that is wrong of it."""
    wrong: dict[str, str] = {}
    name, colour = clean_line(face.name, LONGEST_NAME), face.colour.strip().lower()
    if not name:
        wrong["name"] = _("Give the brand a name.")
    if not _COLOUR.fullmatch(colour):
        wrong["colour"] = _("Write the colour as #rrggbb.")
    address = normal_address(face.sender_address)
    if address and address not in {stored.sender_address, *senders}:
        wrong["sender_address"] = _("Choose one of your organisation's mailboxes.")
    host = ""
    try:
        host = _host(face.host, stored)
    except Invalid as invalid:
        wrong |= invalid.errors
    if wrong:
        raise Invalid(wrong)
    sender_name = clean_line(face.sender_name, LONGEST_NAME)
    return Face(name=name, colour=colour, host=host, sender_name=sender_name, sender_address=address)


def _host(typed: str, stored: Brand) -> str:
    host = normal_host(typed)
    if host and host != stored.host:
        refuse_unanswered(host)
        if Brand.objects.filter(host=host).exclude(pk=stored.pk).exists():
            raise _taken()
    return host or ""
