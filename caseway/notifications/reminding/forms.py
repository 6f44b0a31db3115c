"""The desk's form of a reminder rule. The rules of the domain are the action's."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from caseway.core.http.forms import ActionForm
from caseway.notifications.models import ReminderRule
from caseway.notifications.models.reminder import LONGEST_NAME, LONGEST_SMS, LONGEST_TEXT

from .actions import Written
from .queries import state_of, version_of

FIRST_SMS = "{{case.number}}, {{case.deadline}}: {{case.subject}}"
UNITS = {"1": _("minutes"), "60": _("hours"), "1440": _("days")}


class RuleForm(ActionForm):
    """Name, moment, lead time, words, ways and readers."""

    name = forms.CharField(required=False, widget=forms.TextInput({"maxlength": LONGEST_NAME}))
    moment = forms.ChoiceField(choices=ReminderRule.Moment)
    amount = forms.IntegerField(min_value=0, max_value=43_200, initial=1)
    unit = forms.ChoiceField(choices=UNITS, initial="60")
    text = forms.CharField(
        required=False, strip=False, widget=forms.Textarea({"rows": 6, "maxlength": LONGEST_TEXT})
    )
    by_mail = forms.BooleanField(required=False, initial=True)
    by_sms = forms.BooleanField(required=False)
    sms_text = forms.CharField(
        required=False, strip=False, widget=forms.Textarea({"rows": 3, "maxlength": LONGEST_SMS})
    )
    to_owner = forms.BooleanField(required=False, initial=True)
    to_watchers = forms.BooleanField(required=False)
    to_lead = forms.BooleanField(required=False)
    is_active = forms.BooleanField(required=False, initial=True)
    version = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, rule: ReminderRule | None = None) -> None:
        initial: dict[str, Any] = {"sms_text": FIRST_SMS}
        if rule is not None:
            unit = next(unit for unit in ("1440", "60", "1") if rule.minutes % int(unit) == 0)
            initial = state_of(rule) | {"amount": rule.minutes // int(unit), "unit": unit}
            initial["version"] = version_of(rule)
        super().__init__(data, initial=initial)
        self.rule = rule
        if not (settings.SENDS_SMS or self["by_sms"].initial):
            self.fields["by_sms"].disabled = True

    @property
    def written(self) -> Written:
        """What was entered, once the form is valid."""
        given = {name: self.cleaned_data[name] for name in Written.__annotations__ if name != "minutes"}
        return Written(**given, minutes=self.cleaned_data["amount"] * int(self.cleaned_data["unit"]))

    def field_of(self, name: str) -> str:
        """The field that shows what is wrong with the action's `name`."""
        return "amount" if name == "minutes" else name
