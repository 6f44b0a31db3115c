"""The form of one's choices: a table of events and ways."""

from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from caseway.notifications.models import Kind

from .choices import Chosen

WAYS = {"shown": _("In Caseway"), "mailed": _("E-mail at once"), "digested": _("Daily digest")}


class ChoicesForm(forms.Form):
    """A box for each kind and way, and the time of the digest."""

    digest_at = forms.TimeField(
        label=_("Send the digest at"), widget=forms.TimeInput({"type": "time"}, format="%H:%M")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind in Kind:
            for way, label in WAYS.items():
                name = f"{kind}-{way}"
                box = forms.CheckboxInput({"class": "checkbox", "aria-label": f"{kind.label}: {label}"})
                self.fields[name] = forms.BooleanField(required=False, widget=box)

    def rows(self) -> list[tuple[str, list[BoundField]]]:
        """The table: for each kind its name, and a box for each way."""
        return [(str(kind.label), [self[f"{kind}-{way}"] for way in WAYS]) for kind in Kind]

    @property
    def chosen(self) -> Chosen:
        """What was chosen, once the form is valid."""
        ticked = {way: frozenset(kind for kind in Kind if self.cleaned_data[f"{kind}-{way}"]) for way in WAYS}
        return Chosen(**ticked, digest_at=self.cleaned_data["digest_at"])


def initial_of(chosen: Chosen) -> dict[str, Any]:
    """What is stored, as the form's first values."""
    boxes = {f"{kind}-{way}": kind in kinds for way, kinds in chosen.ways().items() for kind in Kind}
    return {**boxes, "digest_at": chosen.digest_at}
