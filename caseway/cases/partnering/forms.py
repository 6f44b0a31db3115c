"""What the desk asks for when a partner is brought into a case."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from caseway.accounts.models import Organisation
from caseway.cases.desk import OperationForm
from caseway.cases.types import Sharing

from .queries import other_side, partners_for

SHARED, LISTED = "shared", "listed"


class PartnerForm(OperationForm):
    """Which organisation, how far it sees the case, and the words written for it."""

    partner = forms.ChoiceField(required=False, widget=forms.RadioSelect)
    sharing = forms.ChoiceField(required=False, widget=forms.RadioSelect, initial=SHARED)
    partner_subject = forms.CharField(required=False, max_length=250)
    partner_text = forms.CharField(required=False, widget=forms.Textarea(attrs={"rows": 5}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.partners = {partner.slug: partner for partner in self._who_can_come()}
        self.fields["partner"] = forms.ChoiceField(
            label=_("Partner"),
            choices=[(slug, partner.name) for slug, partner in self.partners.items()],
            widget=forms.RadioSelect,
            initial=self._likely(list(self.partners)),
            error_messages={"required": _("Choose a partner.")},
        )
        self.fields["sharing"] = forms.ChoiceField(
            label=_("How far it sees the case"),
            choices=[
                (SHARED, _("Shared: it reads the words below and works on it")),
                (LISTED, _("Listed: it only sees number, type and status, and isn't notified")),
            ],
            widget=forms.RadioSelect,
            initial=SHARED,
        )

    def _who_can_come(self) -> list[Organisation]:
        """All our partners; of a case that is listed to one, only that one."""
        there = other_side(self.side.case, self.viewer)
        if there is not None and there.sharing == Sharing.LISTED:
            return [there.organisation]
        return partners_for(self.viewer)

    def clean_partner(self) -> Organisation:
        """The chosen organisation; the field takes no other."""
        return self.partners[self.cleaned_data["partner"]]

    def _likely(self, slugs: list[str]) -> str:
        """The shipment's own carrier or shipper, where it is a partner; else the only one there is."""
        shipment = self.side.case.shipment
        others = [shipment.carrier, shipment.shipper] if shipment else []
        known = [other.slug for other in others if other and other.slug in slugs]
        return next(iter(known), slugs[0] if len(slugs) == 1 else "")
