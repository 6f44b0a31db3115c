"""The desk's form of a new case. The rules are the action's: it names the fields that are wrong."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from caseway.accounts.viewer import Viewer
from caseway.cases.partnering.queries import partners_for
from caseway.cases.types import CaseType
from caseway.core.http.forms import ActionForm
from caseway.customers.models import Contact, CustomerAccount
from caseway.shipments.models import Shipment

from .choices import categories_for, methods_for, priorities_for
from .fields import NewCase
from .found import account_item, contact_item, shipment_item

MOMENT = "%Y-%m-%dT%H:%M"
AS_TYPED = (
    "subject", "description", "type", "category", "priority", "contact_method", "deadline",
    "crm_number", "owned", "partner", "partner_subject", "partner_text", "partner_listed",
)  # fmt: skip
NAMES = {"account": "customer", "contact": "customer"}


class NewCaseForm(ActionForm):
    """Everything that an agent may say about a new case."""

    subject = forms.CharField(required=False, max_length=250)
    description = forms.CharField(required=False, widget=forms.Textarea(attrs={"rows": 7}))
    type = forms.ChoiceField(required=False)
    category = forms.ChoiceField(required=False)
    priority = forms.ChoiceField(required=False)
    contact_method = forms.ChoiceField(required=False)
    deadline = forms.DateTimeField(
        required=False, widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENT)
    )
    crm_number = forms.CharField(required=False, max_length=60)
    tags = forms.CharField(required=False, max_length=900)
    shipment = forms.CharField(required=False, max_length=60)
    customer = forms.CharField(required=False, max_length=40)
    owned = forms.BooleanField(required=False, initial=True)
    partner = forms.ChoiceField(required=False)
    partner_subject = forms.CharField(required=False, max_length=250)
    partner_text = forms.CharField(required=False, widget=forms.Textarea(attrs={"rows": 4}))
    partner_listed = forms.BooleanField(required=False)

    def __init__(self, data: Any = None, *, viewer: Viewer, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial, auto_id="new-%s")
        self.viewer = viewer
        self._offer("type", _("From the category"), list(CaseType.choices))
        self._offer("category", _("None"), categories_for(viewer))
        self._offer("priority", _("Default"), priorities_for(viewer))
        self._offer("contact_method", _("Not said"), methods_for(viewer))
        self._offer("partner", _("Nobody"), [(one.slug, one.name) for one in partners_for(viewer)])

    def _offer(self, name: str, empty: str, choices: list[Any]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", empty), *choices]

    def field_of(self, name: str) -> str:
        """The field that shows what is wrong with the action's `name`."""
        return NAMES.get(name, name)

    def new_case(self, attachments: tuple[str, ...]) -> NewCase:
        """What was entered, as the action takes it."""
        given = self.cleaned_data
        kind, _dash, key = given["customer"].partition("-")
        return NewCase(
            **{name: given[name] for name in AS_TYPED},
            shipment=given["shipment"] or None,
            contact=key if kind == "contact" else None,
            account=key if kind == "account" else None,
            tags=tuple(given["tags"].split(",")),
            attachments=attachments,
        )

    @property
    def chosen_shipment(self) -> list[dict[str, str]]:
        """The shipment that is chosen already, as the picker shows it."""
        value = str(self["shipment"].value() or "")
        if not value.isdecimal():
            return []
        rows = Shipment.objects.visible_to(self.viewer).filter(pk=value).select_related("carrier", "shipper")
        return [shipment_item(row) for row in rows]

    @property
    def chosen_customer(self) -> list[dict[str, str]]:
        """The customer that is chosen already, as the picker shows it."""
        kind, _dash, key = str(self["customer"].value() or "").partition("-")
        if not key.isdecimal():
            return []
        if kind == "account":
            return [
                account_item(row) for row in CustomerAccount.objects.visible_to(self.viewer).filter(pk=key)
            ]
        contacts = Contact.objects.visible_to(self.viewer).filter(pk=key).select_related("account")
        return [contact_item(row) | {"value": f"contact-{row.pk}"} for row in contacts]
