"""The form with which customer service adds a case to a customer account."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from caseway.accounts.viewer import Viewer
from caseway.cases.models import Priority, Reason
from caseway.cases.reasons import NOTE_LIMIT, reasons_for
from caseway.cases.types import CaseType
from caseway.core.http.forms import ActionForm
from caseway.customers.models import Contact, CustomerAccount

from .choices import methods_for, priorities_for
from .fields import NewCase

MOMENT = "%Y-%m-%dT%H:%M"
MOST_CONTACTS = 200
SAID = ("subject", "description", "type", "contact_method", "priority", "deadline", "shipment", "contact")


class AccountCaseForm(ActionForm):
    """What is said of the case, and (to save and close it) why it is closed already."""

    subject = forms.CharField(max_length=250)
    description = forms.CharField(widget=forms.Textarea(attrs={"rows": 6}))
    type = forms.ChoiceField()
    contact_method = forms.ChoiceField(required=False)
    contact = forms.ChoiceField(required=False)
    priority = forms.ChoiceField(required=False)
    deadline = forms.DateTimeField(
        required=False, widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENT)
    )
    shipment = forms.CharField(required=False, max_length=60)
    tags = forms.CharField(required=False, max_length=900)
    reason = forms.ChoiceField(required=False)
    note = forms.CharField(required=False, widget=forms.Textarea(attrs={"rows": 3, "maxlength": NOTE_LIMIT}))

    def __init__(self, data: Any = None, *, viewer: Viewer, account: CustomerAccount) -> None:
        super().__init__(data, initial={"priority": _usual_priority(viewer)}, auto_id="new-%s")
        self.account = account
        reasons = reasons_for(viewer, Reason.Kind.CLOSURE)
        self._offer("type", _("Choose a type"), list(CaseType.choices))
        self._offer("contact_method", _("Not said"), methods_for(viewer))
        self._offer("contact", _("Nobody in particular"), _contacts_of(account, viewer))
        self._offer("priority", _("Default"), priorities_for(viewer))
        self._offer("reason", _("Choose a reason"), [(str(one.pk), one.label) for one in reasons])

    def _offer(self, name: str, empty: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", empty), *choices]

    def new_case(self) -> NewCase:
        """What was entered, as the action takes it."""
        given = {name: self.cleaned_data[name] for name in SAID}
        return NewCase(**given, account=self.account.pk, tags=tuple(self.cleaned_data["tags"].split(",")))


def _usual_priority(viewer: Viewer) -> str:
    """The default of the priority settings, "" where there is none."""
    usual = Priority.objects.filter(organisation=viewer.organisation_id, is_default=True, is_active=True)
    return str(usual.values_list("pk", flat=True).first() or "")


def _contacts_of(account: CustomerAccount, viewer: Viewer) -> list[tuple[str, str]]:
    seen = Contact.objects.visible_to(viewer).filter(account=account, is_active=True)
    return [(str(one.pk), f"{one}, {one.email}") for one in seen.order_by("name", "pk")[:MOST_CONTACTS]]
