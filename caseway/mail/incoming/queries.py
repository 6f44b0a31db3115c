"""Held mails, as the people who may decide about them see them."""

from collections.abc import Sequence

from django.db.models import QuerySet

from caseway.accounts.viewer import Viewer
from caseway.cases.models import Case
from caseway.cases.types import Audience
from caseway.mail.models import RawMail

CONVERSATIONS = (Audience.CUSTOMER, Audience.PARTNER)
"""What can be answered by mail. Notes and records are never mailed, so nobody answers them."""


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
    held = mails_decided_by(viewer).filter(state=RawMail.State.HELD, case__in=family or [case.pk])
    return held.defer("content").order_by("pk")
