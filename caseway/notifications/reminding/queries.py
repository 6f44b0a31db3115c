"""The rules of an organisation, and what is due by one."""

from datetime import timedelta
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from caseway.accounts.models import Membership, Person, Team
from caseway.accounts.viewer import Viewer
from caseway.cases.models import Side
from caseway.cases.models.side import IS_ACTIVE, TAKES_PART
from caseway.cases.status import Status
from caseway.core.clock import now
from caseway.core.errors import NotFound
from caseway.core.fingerprints import fingerprint
from caseway.notifications.models import Reminded, ReminderRule

LATEST = timedelta(days=7)
"""How long after its moment a reminder may still go out, as when no worker ran."""
FIELDS = (
    "name",
    "moment",
    "minutes",
    "text",
    "by_mail",
    "by_sms",
    "sms_text",
    "to_owner",
    "to_watchers",
    "to_lead",
    "is_active",
)


def rules_of(viewer: Viewer) -> QuerySet[ReminderRule]:
    """The rules of the agent's organisation, by name; none for anybody else."""
    rules = ReminderRule.objects.filter(organisation=viewer.organisation_id)
    return rules if viewer.is_agent else rules.none()


def rule_of(viewer: Viewer, key: int) -> ReminderRule:
    """One of them. Raises NotFound for any other."""
    found = rules_of(viewer).filter(pk=key).first()
    if found is None:
        raise NotFound
    return found


def state_of(rule: ReminderRule) -> dict[str, Any]:
    """All that can be changed of a rule."""
    return {name: getattr(rule, name) for name in FIELDS}


def version_of(rule: ReminderRule) -> int:
    """A number that moves with what is stored of the rule."""
    return fingerprint(rule.pk, state_of(rule))


def due_by(rule: ReminderRule) -> QuerySet[Side]:
    """The sides of which the rule has to remind now: one scan of the index of deadlines.

    None that is solved or on hold, none that only listed; an overdue one whose moment came before
    the rule was switched on isn't among them.
    """
    moment, lead = now(), timedelta(minutes=rule.minutes)
    sides = Side.objects.filter(IS_ACTIVE, TAKES_PART, organisation=rule.organisation_id)
    if rule.moment == ReminderRule.Moment.BEFORE:
        sides = sides.filter(deadline__gt=moment, deadline__lte=moment + lead)
    else:
        latest = max(moment - LATEST, rule.since) - lead
        sides = sides.filter(deadline__gt=latest, deadline__lte=moment - lead)
    done = Reminded.objects.filter(side=OuterRef("pk"), rule=rule, deadline=OuterRef("deadline"))
    return sides.exclude(status=Status.ON_HOLD).filter(~Exists(done)).order_by("deadline")


def without_number(rule: ReminderRule) -> list[Person]:
    """Everybody whom the rule may remind and no SMS can reach, since they gave no number; by name."""
    seats = Membership.objects.filter(organisation=rule.organisation_id, is_active=True)
    if not (rule.to_owner or rule.to_watchers):
        seats = seats.filter(Exists(Team.objects.filter(lead=OuterRef("pk"))))
    people = Person.objects.filter(pk__in=seats.values("person"), is_active=True, mobile="")
    return list(people.order_by("name", "pk"))
