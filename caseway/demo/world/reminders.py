"""Reminder rules and notifications of the demo world."""

from django.conf import settings

from caseway.accounts.models import Person
from caseway.cases.history.events import CaseAssigned, CaseReopened, MessagePosted
from caseway.cases.models import CaseEvent
from caseway.demo.cast import Cast
from caseway.notifications.models import Notice
from caseway.notifications.noticing.recipients import recipients_of
from caseway.notifications.reminding.actions import Written, add

LATEST = 12
TOLD_OF = (MessagePosted.kind, CaseAssigned.kind, CaseReopened.kind)
SOON = "Hello {{agent.first_name}},\n\n{{case.number}} ({{case.subject}}) is due {{case.deadline}}."
LATE = (
    "Hello {{agent.first_name}},\n\n{{case.number}} ({{case.subject}}) was due {{case.deadline}}. "
    "Shipment {{shipment.number}}: {{shipment.status}}."
)


LATE_SMS = "Overdue since {{case.deadline}}: {{case.number}}, {{case.subject}}"
MOBILES = {"ana": "+12025550123", "lea": "+12025550148"}
"""Of the numbers that are kept for stories: nobody's phone rings."""


def make_reminders(cast: Cast) -> None:
    """Larkfield's two rules: an hour before to the owner, half an hour after to the lead as well, and by SMS.

    Ana and Lea have given their numbers.
    """
    for name, number in MOBILES.items():
        Person.objects.filter(pk=getattr(cast, name).pk, mobile="").update(mobile=number)
    admin = cast.at_desk(cast.admin)
    add(Written(name="Due within the hour", moment="before", minutes=60, text=SOON), by=admin)
    late = Written(
        name="Overdue",
        moment="after",
        minutes=30,
        text=LATE,
        to_watchers=True,
        to_lead=True,
        by_sms=settings.SENDS_SMS,
        sms_text=LATE_SMS,
    )
    add(late, by=admin)


def make_notices(cast: Cast) -> None:
    """What Ana was told lately, the older half of it read."""
    events = CaseEvent.objects.filter(kind__in=TOLD_OF).exclude(actor=cast.ana)
    told: list[Notice] = []
    for event in events.select_related("case").order_by("-happened_at", "-pk")[: LATEST * 10]:
        for one in recipients_of(event):
            if one.seat.person_id == cast.ana.pk and len(told) < LATEST:
                told.append(
                    Notice(
                        person=cast.ana,
                        organisation=cast.larkfield,
                        kind=one.kind,
                        case=event.case,
                        event=event,
                        message_id=event.payload.get("message_id"),
                        told_at=event.happened_at,
                        read_at=event.happened_at if len(told) >= LATEST / 2 else None,
                    )
                )
    Notice.objects.bulk_create(told)
