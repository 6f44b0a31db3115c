"""The one place that keeps copies and versions right, in the transaction of each change.

A side copies what everyone shares (number, status, type, dates) and the latest message as it
may see it. The customer's projection is kept on the case itself.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import F, OuterRef, Subquery

from caseway.core.clock import now
from caseway.core.text import excerpt

from .access.locking import Locked
from .models import Case, Message, Side
from .status import Status
from .types import Audience, Sharing


def share(locked: Locked, at: datetime | None = None) -> None:
    """Store the case's shared facts and copy them to every side and to the customer's projection."""
    case, at = locked.case, at or now()
    case.customer_updated_at = at
    case.customer_version = F("customer_version") + 1
    case.save()
    case.refresh_from_db(fields=["customer_version"])
    Side.objects.filter(case=case).update(
        status=case.status,
        type=case.type,
        shipment=case.shipment_id,
        closed_at=case.closed_at,
        updated_at=at,
        version=F("version") + 1,
    )


def set_status(locked: Locked, status: Status, at: datetime | None = None) -> None:
    """Move the case to `status` for everyone; the closed date follows from it."""
    at = at or now()
    locked.case.status = status
    locked.case.closed_at = None if status.is_active else (locked.case.closed_at or at)
    share(locked, at)


def share_account(case: Case) -> None:
    """Copy the customer account to the host's side; a partner's never has one."""
    Side.objects.filter(case=case, organisation=case.host_id).update(account=case.account_id)


def share_partner(case: Case) -> None:
    """Copy to each side which organisation takes part beside it; one that is only listed does not."""
    other = Side.objects.filter(case=OuterRef("case")).exclude(organisation=OuterRef("organisation"))
    taking_part = other.exclude(sharing=Sharing.LISTED).values("organisation")[:1]
    Side.objects.filter(case=case).update(partner=Subquery(taking_part))


def touch(sides: Iterable[Side], at: datetime | None = None) -> None:
    """Say that something which these sides see has changed: their update time and version move."""
    Side.objects.filter(pk__in=[side.pk for side in sides]).update(
        updated_at=at or now(), version=F("version") + 1
    )


def bump(sides: Iterable[Side]) -> None:
    """Move only the version of these sides: an edit is not news, but makes an older ETag stale."""
    Side.objects.filter(pk__in=[side.pk for side in sides]).update(version=F("version") + 1)


def touch_customer(case: Case, at: datetime | None = None) -> None:
    """Say that something which the customer sees has changed."""
    Case.objects.filter(pk=case.pk).update(
        customer_updated_at=at or now(), customer_version=F("customer_version") + 1
    )


def note_message(locked: Locked, message: Message) -> None:
    """Let a message move what its readers see. Notes and records are never the latest message.

    A record moves nothing for anybody but its own readers, who see it on the page itself.
    """
    match message.audience:
        case Audience.RECORD:
            return
        case Audience.TEAM:
            touch([locked.sides[message.organisation_id]], message.created_at)
        case Audience.PARTNER:
            _copy_latest(locked, message, [message.organisation_id, message.partner_id or 0])
        case _:
            _copy_latest(locked, message, [message.organisation_id])
            touch_customer(locked.case, message.created_at)


def _copy_latest(locked: Locked, message: Message, readers: Iterable[int]) -> None:
    for organisation_id in readers:
        side = locked.sides[organisation_id]
        Side.objects.filter(pk=side.pk).update(
            latest_message_at=message.created_at,
            latest_message_by=message.author_name,
            latest_message_text=excerpt(message.text, 180),
            latest_message_person=message.author,
            latest_message_is_ours=message.author_organisation_id == organisation_id,
            updated_at=message.created_at,
            version=F("version") + 1,
        )
