"""The desk's form of a role. The rules are the action's."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import Promise

from caseway.accounts.models import Role
from caseway.accounts.permissions import Permission
from caseway.accounts.viewer import Viewer
from caseway.core.http.forms import ActionForm

from .actions import LONGEST_NAME, Written
from .queries import GROUPS, state_of, version_of


@dataclass(frozen=True)
class Box:
    """One permission on the form: `open` if the viewer may give and take it."""

    value: str
    label: Promise
    ticked: bool
    open: bool


class RoleForm(ActionForm):
    """A role's name and permissions. What the viewer lacks stays as it is, whatever is sent."""

    name = forms.CharField(required=False, max_length=LONGEST_NAME)
    permissions = forms.MultipleChoiceField(
        required=False, choices=Permission.choices, widget=forms.CheckboxSelectMultiple
    )
    needs_second_factor = forms.BooleanField(required=False)
    version = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, viewer: Viewer, role: Role | None = None) -> None:
        initial = state_of(role) | {"version": version_of(role)} if role else {}
        super().__init__(data, initial=initial)
        self.viewer, self.role = viewer, role

    @property
    def written(self) -> Written:
        """What was chosen, once the form is valid."""
        given = self.cleaned_data
        kept = set(self.role.permissions if self.role else ()) - self.viewer.permissions
        chosen = set(given["permissions"]) | kept
        return Written(given["name"], chosen, given["needs_second_factor"])

    def groups(self) -> Iterator[tuple[Promise, list[Box]]]:
        """The permissions by group, as boxes to tick."""
        chosen = set(self["permissions"].value() or ())
        own = self.viewer.permissions
        for group in GROUPS:
            yield (
                group.title,
                [
                    Box(one.value, one.label, one.value in chosen, one.value in own)
                    for one in group.permissions
                ],
            )
