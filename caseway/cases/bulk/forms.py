"""What the desk asks for before many cases are changed. The rules are those of `arguments`."""

from collections.abc import Collection, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from caseway.accounts.models import Team
from caseway.accounts.viewer import Viewer
from caseway.cases.creation.choices import priorities_for
from caseway.cases.models import Bulk, Reason
from caseway.cases.reasons import NOTE_LIMIT, reasons_for
from caseway.cases.types import CaseType
from caseway.core.http.forms import ActionForm


class BulkForm(ActionForm):
    """Nothing but the confirmation; others ask for more."""

    picker = ""
    """The field that is found rather than typed."""
    optional: Collection[str] = ("note",)
    """Fields that may stay empty."""

    def __init__(self, data: Any = None, *, viewer: Viewer) -> None:
        super().__init__(data, auto_id="op-%s")
        self.viewer = viewer

    def sent(self) -> Mapping[str, Any]:
        """What was entered, as the operation is told it."""
        return self.cleaned_data


def _note(label: str) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": 3, "maxlength": NOTE_LIMIT})
    return forms.CharField(label=label, required=False, widget=area)


class AssignForm(BulkForm):
    """The colleague who is responsible from now on."""

    picker = "owner"
    owner = forms.CharField(required=False, max_length=254)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["note"] = _note(_("Note for the team"))


class TeamForm(BulkForm):
    """The team whose queue the cases go into."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        teams = Team.objects.filter(organisation=self.viewer.organisation_id).values_list("pk", "name")
        self.fields["team"] = forms.ChoiceField(
            label=_("Team"), required=False, widget=forms.RadioSelect, choices=list(teams)
        )
        self.fields["note"] = _note(_("Note for the team"))


class TypeForm(BulkForm):
    """The type that the cases get."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("Choose a type")), *CaseType.choices]
        self.fields["type"] = forms.ChoiceField(label=_("Type"), required=False, choices=choices)


class TagForm(BulkForm):
    """The tags that are added."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["tags"] = forms.CharField(
            label=_("Tags"), required=False, max_length=400, help_text=_("With commas between.")
        )

    def sent(self) -> Mapping[str, Any]:
        """The tags one by one."""
        return {"tags": self.cleaned_data["tags"].split(",")}


class PriorityForm(BulkForm):
    """The priority that the cases get."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["priority"] = forms.ChoiceField(
            label=_("Priority"),
            required=False,
            widget=forms.RadioSelect,
            choices=priorities_for(self.viewer),
        )


class ClosureForm(BulkForm):
    """Why the cases are solved, as the policy asks."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(one.pk), one.label) for one in reasons_for(self.viewer, Reason.Kind.CLOSURE)]
        if choices:
            self.fields["reason"] = forms.ChoiceField(
                label=_("Reason"), required=False, choices=[("", _("Choose a reason")), *choices]
            )
        self.fields["note"] = _note(_("Note"))
        policy = self.viewer.policy
        needed = {"reason": policy.closing_needs_reason, "note": policy.closing_needs_note}
        self.optional = [name for name, is_needed in needed.items() if not is_needed]


class MergeForm(BulkForm):
    """The case that goes on."""

    picker = "into"
    into = forms.CharField(required=False, max_length=40)


FORMS: dict[str, type[BulkForm]] = {
    Bulk.Operation.CLAIM: BulkForm,
    Bulk.Operation.ASSIGN: AssignForm,
    Bulk.Operation.TEAM: TeamForm,
    Bulk.Operation.TYPE: TypeForm,
    Bulk.Operation.TAG: TagForm,
    Bulk.Operation.PRIORITY: PriorityForm,
    Bulk.Operation.CLOSE: ClosureForm,
    Bulk.Operation.FOLLOW: BulkForm,
    Bulk.Operation.MERGE: MergeForm,
}
