"""What the desk asks for when two cases belong together."""

from django import forms
from django.utils.translation import gettext as _

from caseway.accounts.viewer import Viewer
from caseway.cases.desk import OperationForm, sides_seen
from caseway.cases.models import Case, CaseLink
from caseway.cases.numbers import number_from


def case_typed(viewer: Viewer, typed: str) -> Case:
    """The case that the viewer sees under this number. Raises ValidationError with the reason."""
    number = number_from(typed)
    if not number:
        raise forms.ValidationError(_("Choose a case, or type its number."))
    side = sides_seen(viewer).filter(case__number=number).first()
    if side is None:
        raise forms.ValidationError(_("You see no case with this number."))
    return side.case


class LinkForm(OperationForm):
    """Another case, and how the two belong together."""

    other = forms.CharField(required=False, max_length=40)
    kind = forms.ChoiceField(choices=CaseLink.Kind.choices, initial=CaseLink.Kind.RELATED)

    def clean_other(self) -> Case:
        """The other case."""
        return case_typed(self.viewer, self.cleaned_data["other"])

    def clean_kind(self) -> CaseLink.Kind:
        """How they belong together."""
        return CaseLink.Kind(self.cleaned_data["kind"])
