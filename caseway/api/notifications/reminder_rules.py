"""`/reminder-rules`: when who is reminded of a deadline, and in which words."""

from typing import Annotated, Any

from django.http import HttpResponse
from pydantic import Field, StrictBool, StrictInt

from caseway.accounts.changing import demand
from caseway.accounts.permissions import Permission
from caseway.api.http.answers import In, ListOf, answer, choices_of
from caseway.api.http.ids import id_of
from caseway.api.http.operations import Operations
from caseway.api.http.requests import ApiRequest
from caseway.api.http.versions import etag_of
from caseway.api.people.versions import VersionedOut, answer_of, demand_version
from caseway.api.tokens.scopes import Scope
from caseway.cases.canned.variables import VARIABLES
from caseway.notifications.models import ReminderRule
from caseway.notifications.models.reminder import LONGEST_SMS, LONGEST_TEXT
from caseway.notifications.reminding import actions
from caseway.notifications.reminding.actions import MOST_MINUTES, Written
from caseway.notifications.reminding.queries import rule_of, rules_of, state_of, version_of

reminders = Operations("Settings")
READ, WRITE = Scope.SETTINGS_READ, Scope.SETTINGS_WRITE
ONE = "/reminder-rules/{key}"

Name = Annotated[str, Field(min_length=1, max_length=80)]
Moment = Annotated[ReminderRule.Moment, choices_of(ReminderRule.Moment)]
Minutes = Annotated[StrictInt, Field(ge=0, le=MOST_MINUTES, description="Before or after the deadline")]
IN_TEXTS = "With variables: " + ", ".join(f"{{{{{name}}}}}" for name in VARIABLES)
Text = Annotated[str, Field(max_length=LONGEST_TEXT, description=f"Of the mail. {IN_TEXTS}")]
SmsText = Annotated[str, Field(max_length=LONGEST_SMS, description=f"Of the SMS. {IN_TEXTS}")]
NAMES = {"active": "is_active"}
"""The API's names of fields that are called otherwise in `Written`."""


class ReminderRuleOut(VersionedOut):
    """A rule that reminds of deadlines."""

    id: str
    name: str
    moment: Moment = Field(description="`before`: about to expire; `after`: overdue")
    minutes: int = Field(description="How long before or after the deadline")
    text: str = Field(description="Of the mail, which whoever has no mobile number gets in any event")
    to_owner: bool
    to_watchers: bool
    to_lead: bool = Field(description="The lead of the case's team")
    by_mail: bool
    by_sms: bool
    sms_text: str
    active: bool


class NewReminderRule(In):
    """A new rule."""

    name: Name
    moment: Moment
    minutes: Minutes
    text: Text
    to_owner: StrictBool = True
    to_watchers: StrictBool = False
    to_lead: StrictBool = False
    by_mail: StrictBool = True
    by_sms: StrictBool = False
    sms_text: SmsText = ""
    active: StrictBool = True


class ReminderRuleChanges(In):
    """What to change; what is left out or null stays."""

    name: Name | None = None
    moment: Moment | None = None
    minutes: Minutes | None = None
    text: Text | None = None
    to_owner: StrictBool | None = None
    to_watchers: StrictBool | None = None
    to_lead: StrictBool | None = None
    by_mail: StrictBool | None = None
    by_sms: StrictBool | None = None
    sms_text: SmsText | None = None
    active: StrictBool | None = None


@reminders.get("/reminder-rules", scope=READ, answer=ListOf[ReminderRuleOut])
def list_reminder_rules(request: ApiRequest) -> HttpResponse:
    """List the rules by name; none for whoever doesn't manage settings."""
    rows = rules_of(request.viewer) if request.viewer.has(Permission.SETTINGS) else []
    return answer(ListOf[ReminderRuleOut](items=[_shown(row) for row in rows], next=None))


@reminders.get(ONE, scope=READ, answer=ReminderRuleOut)
def read_reminder_rule(request: ApiRequest, key: str) -> HttpResponse:
    """Read a rule."""
    return answer_of(request, _shown(_managed(request, key)))


@reminders.post("/reminder-rules", scope=WRITE, answer=ReminderRuleOut, status=201)
def create_reminder_rule(request: ApiRequest, body: NewReminderRule) -> HttpResponse:
    """Make a rule. Of what was overdue before it was made nobody is reminded."""
    value = _shown(actions.add(Written(**_given(body.model_dump())), by=request.viewer))
    headers = {"ETag": etag_of(value.version), "Location": f"/api/v1/reminder-rules/{value.id}"}
    return answer(value, status=201, headers=headers)


@reminders.patch(ONE, scope=WRITE, answer=ReminderRuleOut)
def change_reminder_rule(request: ApiRequest, key: str, body: ReminderRuleChanges) -> HttpResponse:
    """Change a rule, switch it off or on."""
    stored = _managed(request, key)
    demand_version(request, _shown(stored))
    written = Written(**{**state_of(stored), **_given(body.model_dump(exclude_none=True))})
    changed = actions.change(stored, written, by=request.viewer, version=version_of(stored))
    return answer_of(request, _shown(changed))


@reminders.delete(ONE, scope=WRITE, answer=None, status=204)
def remove_reminder_rule(request: ApiRequest, key: str) -> HttpResponse:
    """Throw a rule away; what it has sent stays sent."""
    actions.remove(_managed(request, key), by=request.viewer)
    return HttpResponse(status=204)


def _managed(request: ApiRequest, key: str) -> ReminderRule:
    """Raises NotFound for another organisation's, NotAllowed for whoever doesn't manage settings."""
    found = rule_of(request.viewer, id_of(key) or 0)
    demand(request.viewer, Permission.SETTINGS)
    return found


def _given(sent: dict[str, Any]) -> dict[str, Any]:
    return {NAMES.get(name, name): value for name, value in sent.items()}


def _shown(rule: ReminderRule) -> ReminderRuleOut:
    values = state_of(rule)
    own = {name: values[NAMES.get(name, name)] for name in NewReminderRule.model_fields}
    return ReminderRuleOut(id=str(rule.pk), version=version_of(rule), **own)
