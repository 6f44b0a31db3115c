"""Held mails, as the people who may decide about them see them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from caseway.accounts.asking import AskedBy
from caseway.accounts.models import Organisation
from caseway.accounts.permissions import Permission
from caseway.accounts.viewer import Viewer
from caseway.cases.models import Case
from caseway.cases.types import Audience
from caseway.core.database.statements import AnyOf, Slot
from caseway.mail.models import RawMail

CONVERSATIONS = (Audience.CUSTOMER, Audience.PARTNER)
"""What can be answered by mail. Notes and records are never mailed, so nobody answers them."""


@dataclass(frozen=True)
class Powers:
    """What the viewer may decide about a held mail beside letting it in or not.

    `partner` is the name of the partner whose addresses are ours to keep, "" where none are.
    """

    may_block: bool = False
    partner: str = ""


def powers_of(viewer: Viewer, partner: Organisation | None) -> Powers:
    """What may be offered on a case with this partner, to those who may change settings."""
    if not viewer.has(Permission.SETTINGS):
        return Powers()
    return Powers(may_block=True, partner=partner.name if partner and not partner.signs_in else "")


def mails_decided_by(viewer: Viewer) -> QuerySet[RawMail]:
    """The mails to conversations of the viewer's organisation on cases that they see, in any state."""
    if not viewer.is_agent:
        return RawMail.objects.none()
    return RawMail.objects.filter(
        audience__in=CONVERSATIONS,
        organisation=viewer.organisation_id,
        case__in=Case.objects.visible_to(viewer),
    )


def held_on(case: Case, viewer: Viewer, *, family: Sequence[int] = ()) -> QuerySet[RawMail]:
    """The mails held on the case (or on one of `family`, those merged into it), oldest first.

    Their bytes are not loaded.
    """
    return _held(viewer).filter(case__in=family or [case.pk])


def first_held_on(viewer: Viewer, family: Sequence[int], most: int) -> list[RawMail]:
    """The first `most` of those held on these cases, oldest first, without their bytes; one query."""
    return _first_held.rows(viewer, most, family=list(family))


@AskedBy
def _first_held(viewer: Viewer, most: int) -> QuerySet[RawMail]:
    return _held(viewer).filter(AnyOf("case", Slot("family")))[:most]


def _held(viewer: Viewer) -> QuerySet[RawMail]:
    return mails_decided_by(viewer).filter(state=RawMail.State.HELD).defer("content").order_by("pk")
