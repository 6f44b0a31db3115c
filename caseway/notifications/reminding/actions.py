"""Making, changing and removing reminder rules."""

from dataclasses import asdict, dataclass

from django.utils.translation import gettext as _

from caseway.accounts.changing import demand, differences, note, refuse_stale, settings_held
from caseway.accounts.events import SettingAdded, SettingChanged, SettingRemoved
from caseway.accounts.permissions import Permission
from caseway.accounts.viewer import Viewer
from caseway.core.clock import now
from caseway.core.errors import Invalid
from caseway.core.text import clean, clean_line
from caseway.core.transactions import action
from caseway.notifications.models import ReminderRule
from caseway.notifications.models.reminder import LONGEST_NAME

from .checking import errors_of_words
from .queries import rule_of, state_of, version_of

MOST_MINUTES = 60 * 24 * 30
TOPIC = "reminder"


@dataclass(frozen=True, kw_only=True)
class Written:
    """What an administrator writes of a rule; `minutes` before or after the deadline."""

    name: str
    moment: str
    minutes: int
    text: str
    to_owner: bool = True
    to_watchers: bool = False
    to_lead: bool = False
    by_mail: bool = True
    by_sms: bool = False
    sms_text: str = ""
    is_active: bool = True

    @property
    def texts(self) -> dict[str, str]:
        """What is said, by the name of its field."""
        return {"text": self.text, "sms_text": self.sms_text}


@action
def add(written: Written, *, by: Viewer) -> ReminderRule:
    """Make a rule. Raises NotFound and NotAllowed for whoever may not, Invalid by field."""
    by = settings_held(by, Permission.SETTINGS)
    rule = ReminderRule(organisation_id=by.us)
    _apply(rule, written)
    rule.save()
    note(SettingAdded(topic=TOPIC, key=rule.pk), by, rule.name, differences({}, state_of(rule)))
    return rule


@action
def change(rule: ReminderRule, written: Written, *, by: Viewer, version: int | None) -> ReminderRule:
    """Change a rule. Raises NotFound, NotAllowed, Invalid by field, Stale where somebody was quicker."""
    rule_of(by, rule.pk)
    by = settings_held(by, Permission.SETTINGS)
    stored = rule_of(by, rule.pk)
    refuse_stale(version_of(stored), version, state_of(stored))
    before = state_of(stored)
    _apply(stored, written)
    changes = differences(before, state_of(stored))
    if changes.keys() & {"moment", "minutes", "is_active"}:
        stored.since = now()
    stored.save()
    if changes:
        note(SettingChanged(topic=TOPIC, key=stored.pk), by, stored.name, changes)
    return stored


@action
def remove(rule: ReminderRule, *, by: Viewer) -> None:
    """Throw a rule away. Raises NotFound, NotAllowed."""
    rule_of(by, rule.pk)
    demand(by, Permission.SETTINGS)
    by = settings_held(by, Permission.SETTINGS)
    stored = rule_of(by, rule.pk)
    note(SettingRemoved(topic=TOPIC, key=stored.pk), by, stored.name, {})
    stored.delete()


def _apply(rule: ReminderRule, written: Written) -> None:
    """Write the fields. Raises Invalid with all that is wrong."""
    had_sms = rule.by_sms
    for name, value in asdict(written).items():
        setattr(rule, name, value)
    rule.name, rule.text = clean_line(written.name, 1_000), clean(written.text).strip()
    rule.sms_text = clean(written.sms_text).strip()
    if wrong := {
        field: words
        for field, words in (_errors(rule) | errors_of_words(rule, had_sms=had_sms)).items()
        if words
    }:
        raise Invalid(wrong)


def _errors(rule: ReminderRule) -> dict[str, str]:
    names = ReminderRule.objects.filter(organisation=rule.organisation_id, name=rule.name).exclude(pk=rule.pk)
    too_long = _("Keep it under %(limit)s characters.")
    errors = {"name": "", "moment": "", "minutes": "", "to_owner": ""}
    if not rule.name:
        errors["name"] = _("Give the rule a name.")
    elif len(rule.name) > LONGEST_NAME:
        errors["name"] = too_long % {"limit": LONGEST_NAME}
    elif names.exists():
        errors["name"] = _("There is a rule of that name already.")
    if rule.moment not in ReminderRule.Moment.values:
        errors["moment"] = _("Choose about to expire or overdue.")
    if not 0 <= rule.minutes <= MOST_MINUTES:
        errors["minutes"] = _("Choose thirty days at most.")
    if not (rule.to_owner or rule.to_watchers or rule.to_lead):
        errors["to_owner"] = _("Choose who is reminded.")
    return errors
