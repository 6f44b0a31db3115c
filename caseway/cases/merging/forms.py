"""What the desk asks for when cases are merged."""

from django import forms

from caseway.cases.desk import OperationForm
from caseway.cases.linking.forms import case_typed
from caseway.cases.models import Case


class MergeForm(OperationForm):
    """The case that goes on."""

    into = forms.CharField(required=False, max_length=40)

    def clean_into(self) -> Case:
        """The surviving case."""
        return case_typed(self.viewer, self.cleaned_data["into"])


class SeparationForm(OperationForm):
    """Nothing but the confirmation."""

    sure = forms.BooleanField(required=False, widget=forms.HiddenInput)
