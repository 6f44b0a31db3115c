"""What the desk asks for when messages become a case of their own."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from caseway.cases.conversation.queries import messages_of
from caseway.cases.desk import OperationForm
from caseway.cases.models import Message
from caseway.cases.types import Audience, CaseType
from caseway.core.text import excerpt

from .actions import SPLITTABLE, NewFromSplit, suggested_subject

CHOSEN_NAMES = ("subject", "type", "shipment", "with_customer", "owned")


class SplitForm(OperationForm):
    """The messages, and what is said of the new case."""

    messages = forms.MultipleChoiceField(required=False)
    subject = forms.CharField(required=False, max_length=250)
    type = forms.ChoiceField(required=False, choices=CaseType.choices)
    shipment = forms.CharField(required=False, max_length=60)
    with_customer = forms.BooleanField(required=False)
    owned = forms.BooleanField(required=False, initial=True)

    def __init__(self, *args: Any, chosen: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = messages_of(self.side.case, self.viewer)
        self.eligible = [message for message in found if message.audience in SPLITTABLE][::-1]
        self.fields["messages"] = forms.MultipleChoiceField(
            required=False, choices=[(str(message.pk), message.pk) for message in self.eligible]
        )
        first = next((message for message in self.eligible if str(message.pk) == chosen), None)
        shipment = self.side.case.shipment
        self.initial = {
            "messages": [chosen] if first else [],
            "subject": suggested_subject(first) if first else "",
            "type": self.side.case.type,
            "shipment": shipment.number if shipment else "",
            "with_customer": first is not None and first.audience == Audience.CUSTOMER,
            "owned": True,
        }

    @property
    def choices(self) -> list[tuple[Message, str, bool]]:
        """The messages to choose from, the latest first: each with its beginning, and whether chosen."""
        picked = {str(key) for key in self["messages"].value() or ()}
        return [
            (message, excerpt(message.text, 120) or _("Files only"), str(message.pk) in picked)
            for message in self.eligible
        ]

    def wanted(self) -> NewFromSplit:
        """What was entered, as the action takes it."""
        given = {name: self.cleaned_data[name] for name in CHOSEN_NAMES}
        return NewFromSplit(**given | {"shipment": given["shipment"] or None})
