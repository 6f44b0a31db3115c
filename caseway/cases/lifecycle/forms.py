"""What the desk asks for when a case is closed, reopened, cancelled or put on hold."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from caseway.cases.desk import OperationForm
from caseway.cases.models import Reason
from caseway.cases.reasons import NOTE_LIMIT, reasons_for


class WhyForm(OperationForm):
    """A reason from the organisation's list, and a note."""

    kind: Reason.Kind
    needs_reason = False
    needs_note = False

    reason = forms.ChoiceField(required=False)
    note = forms.CharField(required=False, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(reason.pk), reason.label) for reason in reasons_for(self.viewer, self.kind)]
        self.fields["reason"] = forms.ChoiceField(
            label=_("Reason"), required=False, choices=[("", _("Choose a reason")), *choices]
        )
        self.fields["note"].label = _("Note")
        self.fields["note"].widget.attrs["maxlength"] = NOTE_LIMIT
        if not choices:
            del self.fields["reason"]


class ClosureForm(WhyForm):
    """Why the case is solved; the policy of the acting side says what is needed."""

    kind = Reason.Kind.CLOSURE

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        policy, hosts = self.viewer.policy, self.side.case.host_id == self.viewer.organisation_id
        self.needs_reason = policy.closing_needs_reason if hosts else policy.partner_closing_needs_reason
        self.needs_note = policy.closing_needs_note if hosts else policy.partner_closing_needs_reason


class ReopeningForm(WhyForm):
    """Why a solved case is taken up again."""

    kind = Reason.Kind.REOPEN

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.needs_reason = self.viewer.policy.reopening_needs_reason


class CancellationForm(WhyForm):
    """Why the case is called off."""

    kind = Reason.Kind.CANCELLATION
    needs_note = True


class SuspensionForm(WhyForm):
    """Why the case rests, and until when. A reason or a note is needed."""

    kind = Reason.Kind.SUSPENSION

    until = forms.DateTimeField(
        required=False, widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["until"].label = _("Wake it up on")
        self.needs_reason = self.needs_note = True
