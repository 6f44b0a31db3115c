"""Sending the reminders that are due."""

from collections.abc import Iterator

import structlog
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone, translation

from caseway.accounts.models import Membership, Person, Team
from caseway.accounts.reader import zone_of
from caseway.accounts.viewer import agent_viewer
from caseway.cases.models import Side, Watch
from caseway.mail.models import Delivery
from caseway.mail.outbox.actions import write
from caseway.mail.outbox.letters import Letter, Recipient
from caseway.notifications.models import Reminded, ReminderRule, Sms
from caseway.notifications.sms.actions import write_sms
from caseway.notifications.words import desk_link, language_for, say

from .queries import due_by
from .wording import worded

log = structlog.get_logger("caseway.notifications")

AT_ONCE = 500
"""Cases of one rule that are looked at in one run; the next run goes on."""


def remind_all_due() -> int:
    """Send what is due by every rule, each reminder in a transaction of its own; returns how many.

    Called by a periodic job, by several workers at once perhaps.
    """
    sent = 0
    for rule in ReminderRule.objects.filter(is_active=True, organisation__signs_in=True):
        for side in list(due_by(rule).values_list("pk", flat=True)[:AT_ONCE]):
            try:
                sent += remind(rule, side)
            except Exception:
                log.exception("a reminder could not be made", rule=rule.pk, side=side)
    return sent


@transaction.atomic
def remind(rule: ReminderRule, side_id: int) -> bool:
    """Remind of one side, unless somebody did, or it isn't due any more.

    The row that says so is unique, and kept with the mails or not at all: a second worker waits
    for the first, and finds it done.
    """
    side = due_by(rule).filter(pk=side_id).select_related("case__brand", "organisation", "team").first()
    if side is None or side.deadline is None:
        return False
    _row, is_mine = Reminded.objects.get_or_create(rule=rule, side=side, deadline=side.deadline)
    if not is_mine:
        return False
    for seat in _readers(rule, side):
        _tell(rule, side, seat)
    return True


def _readers(rule: ReminderRule, side: Side) -> Iterator[Membership]:
    """Owner, watchers and lead, as the rule says; whoever may not open the case is left out."""
    follows = Watch.objects.filter(case=side.case_id, organisation=side.organisation_id)
    leads = Team.objects.filter(pk=side.team_id or 0, lead=OuterRef("pk"))
    wanted = Q(pk__in=[])
    if rule.to_owner and side.owner_id:
        wanted |= Q(person=side.owner_id)
    if rule.to_watchers:
        wanted |= Q(Exists(follows.filter(person=OuterRef("person"))))
    if rule.to_lead:
        wanted |= Q(Exists(leads))
    seats = Membership.objects.filter(
        wanted, organisation=side.organisation_id, is_active=True, person__is_active=True
    )
    for seat in seats.select_related("person", "organisation", "role").prefetch_related("teams"):
        if Side.objects.visible_to(agent_viewer(seat)).filter(pk=side.pk).exists():
            yield seat


def _tell(rule: ReminderRule, side: Side, seat: Membership) -> None:
    """By SMS and mail, as the rule says; whoever no SMS reaches is mailed in any event."""
    language = language_for(seat.person, side.organisation)
    with translation.override(language), timezone.override(zone_of(agent_viewer(seat))):
        is_on_its_way = rule.by_sms and _send_sms(rule, side, seat.person)
        if rule.by_mail or not is_on_its_way:
            write(_letter(rule, side, seat.person, language))


def _send_sms(rule: ReminderRule, side: Side, reader: Person) -> bool:
    words = worded(rule.sms_text, side, reader)
    return write_sms(side, reader, words, purpose=Sms.Purpose.REMINDER) is not None


def _letter(rule: ReminderRule, side: Side, reader: Person, language: str) -> Letter:
    """The mail, in the language and zone of the moment."""
    context = {
        "house": side.organisation.name,
        "brand": None,
        "text": worded(rule.text or rule.sms_text, side, reader),
        "moment": str(ReminderRule.Moment(rule.moment).label),
        "subject_of_case": side.subject,
        "number": side.number,
        "deadline": side.deadline,
        "rule": rule.name,
        "link": desk_link(side.number),
    }
    return Letter(
        purpose=Delivery.Purpose.REMINDER,
        to=Recipient(reader.email, reader.name),
        words=say("reminding/reminder", language, context),
        organisation=side.organisation,
        case=side.case,
    )
