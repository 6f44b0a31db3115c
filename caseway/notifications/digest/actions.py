"""Sending digests that are due."""

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone, translation

from caseway.accounts.models import Membership
from caseway.accounts.reader import zone_of
from caseway.accounts.viewer import Viewer, agent_viewer
from caseway.core.clock import now
from caseway.mail.models import Delivery
from caseway.mail.outbox.actions import write
from caseway.mail.outbox.letters import Letter, Recipient
from caseway.notifications.choosing.times import next_digest
from caseway.notifications.models import Choices, Notice
from caseway.notifications.noticing.said import Told, told
from caseway.notifications.stopping.links import digest_link
from caseway.notifications.words import language_for, say

log = structlog.get_logger("caseway.notifications")

MOST = 100
"""Lines of one digest; the page has the rest."""


def send_due() -> int:
    """Send every digest that is due, each in a transaction of its own; returns how many were looked at.

    Called by a periodic job, by several workers at once perhaps.
    """
    due = Choices.objects.filter(digest_due_at__lte=now()).order_by("digest_due_at")
    looked_at = 0
    for key in list(due.values_list("pk", flat=True)):
        try:
            looked_at += send_one(key)
        except Exception:
            log.exception("a digest could not be made", choices=key)
    return looked_at


@transaction.atomic
def send_one(choices_id: int) -> bool:
    """Send this digest, unless another worker has it or it isn't due any more.

    Whoever holds the row writes the mail and moves the row on in the same transaction: so it is once
    a day, whatever stops in between.
    """
    rows = Choices.objects.select_for_update(skip_locked=True)
    choices = rows.filter(pk=choices_id, digest_due_at__lte=now()).first()
    if choices is None:
        return False
    seats = Membership.objects.select_related("person", "organisation", "role").prefetch_related("teams")
    seat = seats.get(pk=choices.seat_id)
    viewer = agent_viewer(seat)
    day = now().astimezone(zone_of(viewer)).date()
    if seat.is_active and seat.person.is_active and choices.digest_day != day:
        _send(seat, viewer)
    choices.digest_day = day
    choices.digest_due_at = next_digest(choices, seat)
    choices.save(update_fields=["digest_day", "digest_due_at"])
    return True


def _send(seat: Membership, viewer: Viewer) -> None:
    """Write the mail, if there is something unread that they may still know of."""
    waiting = Notice.objects.filter(person=seat.person, organisation=seat.organisation, in_digest=True)
    unread = Exists(Notice.objects.unread().filter(pk=OuterRef("pk")))
    seen = Notice.objects.visible_to(viewer).filter(unread, pk__in=waiting)
    found = list(seen.select_related("event__case__host").order_by("-told_at", "-pk")[: MOST + 1])
    language = language_for(seat.person, seat.organisation)
    if found:
        with translation.override(language), timezone.override(zone_of(viewer)):
            write(_letter(seat, told(found[:MOST], viewer), language, more=len(found) > MOST))
    waiting.update(in_digest=False)


def _letter(seat: Membership, lines: list[Told], language: str, *, more: bool) -> Letter:
    stop = digest_link(seat)
    cases: dict[str, list[Told]] = {}
    for line in lines:
        cases.setdefault(line.number, []).append(line)
    context = {
        "house": seat.organisation.name,
        "brand": None,
        "reader": seat.person.get_short_name(),
        "count": len(lines),
        "cases": cases,
        "more": more,
        "link": settings.BASE_URL + reverse("desk:notices"),
        "address_of_case": lambda number: settings.BASE_URL + reverse("desk:case", args=[number]),
        "stop": stop,
        "choices": settings.BASE_URL + reverse("desk:notice_choices"),
    }
    return Letter(
        purpose=Delivery.Purpose.DIGEST,
        to=Recipient(seat.person.email, seat.person.name),
        words=say("digest/digest", language, context),
        organisation=seat.organisation,
        stop_link=stop,
    )
