"""Mails that came in, as their administrators may see them."""

from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.db.models import OuterRef, QuerySet, Subquery

from caseway.accounts.changing import demand
from caseway.accounts.permissions import Permission
from caseway.accounts.viewer import Viewer
from caseway.cases.models import Case, Message
from caseway.core.errors import NotFound
from caseway.core.paging import Order, Page, page_of
from caseway.mail.models import Mailbox, RawMail

from .filters import Asked

LATEST_FIRST = Order("received_at")
AT_ONCE = 50
COUNTED = 999
"""More than so many are "999+"; nobody waits for them to be counted."""
WAITING_FOR_PEOPLE = (RawMail.State.HELD, RawMail.State.REJECTED, RawMail.State.RECEIVED)


@dataclass(frozen=True)
class Arrival:
    """A mail, and whether the viewer may know what it says and on which case it is."""

    mail: RawMail
    is_open: bool


def mails_of(viewer: Viewer) -> QuerySet[RawMail]:
    """Every mail to the agent's organisation, without the bytes."""
    mails = RawMail.objects.filter(organisation=viewer.organisation_id)
    return mails.defer("content").select_related("mailbox", "case") if viewer.is_agent else mails.none()


def arrivals_seen(viewer: Viewer) -> QuerySet[RawMail]:
    """Every mail that the viewer may decide about: none for those who may not change settings."""
    mails = mails_of(viewer)
    return mails if viewer.has(Permission.SETTINGS) else mails.none()


def arrivals_page(viewer: Viewer, asked: Asked, *, zone: ZoneInfo, cursor: str | None) -> Page[RawMail]:
    """Fifty mails that fit, latest first. Raises NotFound, NotAllowed, and Invalid at `cursor`."""
    demand(viewer, Permission.SETTINGS)
    found = asked.narrowed(mails_of(viewer), zone)
    bound_to = f"mails {viewer.us} {asked.query()}"
    return page_of(found, LATEST_FIRST, limit=AT_ONCE, cursor=cursor, bound_to=bound_to)


def as_arrivals(mails: Sequence[RawMail], viewer: Viewer) -> list[Arrival]:
    """The mails with what the viewer may know of each; two queries for all of them."""
    cases = {mail.case_id for mail in mails if mail.case_id}
    messages = {mail.message_id for mail in mails if mail.message_id}
    seen = set(Case.objects.visible_to(viewer).filter(pk__in=cases).values_list("pk", flat=True))
    read = set(Message.objects.visible_to(viewer).filter(pk__in=messages).values_list("pk", flat=True))
    return [
        Arrival(
            mail,
            is_open=(mail.case_id is None or mail.case_id in seen)
            and (mail.message_id is None or mail.message_id in read),
        )
        for mail in mails
    ]


def arrival(viewer: Viewer, key: int) -> Arrival:
    """One mail. Raises NotFound, and NotAllowed for colleagues who may not change settings."""
    found = mails_of(viewer).filter(pk=key).first()
    if found is None:
        raise NotFound
    demand(viewer, Permission.SETTINGS)
    return as_arrivals([found], viewer)[0]


def source_of(viewer: Viewer, key: int) -> RawMail:
    """One mail with its bytes. Raises NotFound, also where the viewer may not know what it says."""
    found = arrival(viewer, key)
    if not found.is_open:
        raise NotFound
    found.mail.refresh_from_db(fields=["content"])
    return found.mail


def counts_waiting(viewer: Viewer) -> dict[str, int]:
    """How many mails wait for a person or a worker, by state, counted up to 1,000."""
    mails = mails_of(viewer)
    return {
        str(state): mails.filter(state=state).values("pk")[: COUNTED + 1].count()
        for state in WAITING_FOR_PEOPLE
    }


def mailboxes_of(viewer: Viewer) -> list[Mailbox]:
    """The organisation's mailboxes, each with `last_mail_at`, when mail last came to it; one query."""
    if not viewer.is_agent:
        return []
    latest = RawMail.objects.filter(mailbox=OuterRef("pk")).order_by("-received_at", "-pk")
    boxes = Mailbox.objects.filter(organisation=viewer.us).select_related("brand", "imap")
    return list(boxes.annotate(last_mail_at=Subquery(latest.values("received_at")[:1])).order_by("address"))
