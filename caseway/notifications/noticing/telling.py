"""Telling people of an event, in its transaction: what is kept is told, and nothing else."""

from collections.abc import Collection

from django.db import connection

from caseway.cases.history.events import MessagePosted, OwnerUrged
from caseway.cases.models import CaseEvent
from caseway.cases.types import Audience
from caseway.core.channels import NOTICES
from caseway.notifications.models import Kind, Notice

from .letters import mail_notice
from .recipients import Recipient, recipients_of

CONVERSATIONS = (Audience.CUSTOMER, Audience.PARTNER)


def tell(event: CaseEvent) -> None:
    """Tell of `event` whomever it concerns, as each of them chose."""
    recipients = _but_who_know_already(event, recipients_of(event))
    if not recipients:
        return
    stored = Notice.objects.bulk_create([_notice(event, one) for one in recipients], ignore_conflicts=True)
    announce({one.person_id for one in stored if one.shown})
    for one in recipients:
        if one.kind in one.chosen.mailed and _is_mailed(event, one.kind):
            mail_notice(event, one)


def announce(people: Collection[int]) -> None:
    """Let the open windows of these people ask for what is new, once this transaction is kept."""
    if people:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_notify(%s, person::text) FROM unnest(%s) AS person", [NOTICES, list(people)]
            )


def _but_who_know_already(event: CaseEvent, recipients: list[Recipient]) -> list[Recipient]:
    """Of a case that nobody owns one unread notice is enough, whatever else happens to it."""
    people = [one.seat.person_id for one in recipients if one.kind is Kind.UNASSIGNED]
    if not people:
        return recipients
    waiting = Notice.objects.filter(case=event.case_id, person__in=people, kind=Kind.UNASSIGNED).unread()
    told = set(waiting.values_list("organisation_id", "person_id"))
    return [
        one
        for one in recipients
        if one.kind is not Kind.UNASSIGNED or (one.seat.organisation_id, one.seat.person_id) not in told
    ]


def _notice(event: CaseEvent, one: Recipient) -> Notice:
    return Notice(
        person_id=one.seat.person_id,
        organisation_id=one.seat.organisation_id,
        kind=one.kind,
        case_id=event.case_id,
        event=event,
        message_id=event.payload.get("message_id"),
        told_at=event.happened_at,
        shown=one.kind in one.chosen.shown,
        in_digest=one.kind in one.chosen.digested,
    )


def _is_mailed(event: CaseEvent, kind: Kind) -> bool:
    """Whether a mail of this is written here: an owner gets what was said to them, and an urge, as a mail
    of its own; of a note those hear by mail whom it mentions, the others find it in the product."""
    audience = event.payload.get("audience")
    if event.kind == OwnerUrged.kind:
        return False
    if event.kind == MessagePosted.kind and kind is Kind.MINE:
        return False
    return audience is None or audience in CONVERSATIONS or kind is Kind.MENTIONED
