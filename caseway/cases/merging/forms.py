"""What the desk asks for when cases are merged."""

from functools import cached_property
from typing import Any, Self

from django import forms
from django.utils.translation import gettext as _

from caseway.cases.desk import FIND, OperationForm
from caseway.cases.linking.forms import case_typed
from caseway.cases.models import Case

from .preview import Preview, preview_of
from .telling import Chapter, told

SEARCHING = ("choose", FIND)


class MergeForm(OperationForm):
    """The other case; then, with the preview before one's eyes, the confirmation.

    `do` is the button that was pressed: "swap" turns the direction, "choose" goes back, "link"
    links the two instead.
    """

    into = forms.CharField(required=False, max_length=40)
    swapped = forms.BooleanField(required=False, widget=forms.HiddenInput)
    previewed = forms.CharField(required=False, max_length=40)
    across_customers = forms.BooleanField(required=False)

    def clean_into(self) -> Case:
        """The other case."""
        other = case_typed(self.viewer, self.cleaned_data["into"])
        if other.pk == self.side.case_id:
            raise forms.ValidationError(_("Choose another case than this one."))
        return other

    @property
    def pressed(self) -> str:
        """The button that was pressed, but for those that go on."""
        return str(self.data.get("do", ""))

    @property
    def wants_link(self) -> bool:
        """Whether the two are only to be linked."""
        return self.preview is not None and self.pressed == "link"

    def looked_over(self) -> Self:
        """The form as it is shown again: who goes on searching has made no mistake."""
        if self.is_bound and self.pressed in SEARCHING:
            self.errors.clear()
        return self

    @cached_property
    def preview(self) -> Preview | None:
        """What would happen; None until a case is chosen, or while another one is."""
        if not self.is_bound or self.pressed in SEARCHING or "into" not in self._given:
            return None
        return preview_of(*self.direction, self.viewer)

    @property
    def chapters(self) -> list[Chapter]:
        """The preview in words."""
        return told(self.preview) if self.preview else []

    @cached_property
    def direction(self) -> tuple[Case, Case]:
        """The case that goes, and the one that stays."""
        this, other = self.side.case, self._given["into"]
        return (other, this) if self.is_swapped else (this, other)

    @cached_property
    def is_swapped(self) -> bool:
        """Whether the other case goes into this one."""
        return bool(self._given.get("swapped")) != (self.pressed == "swap")

    @property
    def is_confirmed(self) -> bool:
        """Whether the one who sends it has seen what would happen in this direction."""
        seen = self.preview is not None and self.data.get("previewed") == self.preview.survivor.number
        return seen and not self.pressed

    @cached_property
    def _given(self) -> dict[str, Any]:
        return self.cleaned_data if self.is_valid() else {}


class SeparationForm(OperationForm):
    """Nothing but the confirmation."""

    sure = forms.BooleanField(required=False, widget=forms.HiddenInput)
