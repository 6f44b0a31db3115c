"""The desk's form of the policy, made from its wording."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms

from caseway.accounts.policy import Policy
from caseway.core.http.forms import ActionForm

from .actions import version_of
from .choices import Choice
from .wording import CHOICES, GROUPS, Group

DEFAULT = Policy()


@dataclass(frozen=True)
class Asked:
    """One choice on the page: its control, its default in words, and whether it differs from that."""

    choice: Choice
    bound: forms.BoundField
    default: str
    differs: bool


class PolicyForm(ActionForm):
    """Every choice of the policy."""

    version = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, policy: Policy) -> None:
        initial = {name: choice.shown(getattr(policy, name)) for name, choice in CHOICES.items()}
        super().__init__(data, initial=initial | {"version": version_of(policy)})
        self.policy = policy
        for name, choice in CHOICES.items():
            control = choice.control()
            control.disabled = choice.given
            self.fields[name] = control

    @property
    def values(self) -> dict[str, Any]:
        """What was entered, once the form is valid."""
        asked = {name: choice for name, choice in CHOICES.items() if not choice.given}
        return {name: choice.entered(self.cleaned_data[name]) for name, choice in asked.items()}

    def groups(self) -> Iterator[tuple[Group, list[Asked]]]:
        """The page, from top to bottom."""
        for group in GROUPS:
            yield group, [self._asked(choice) for choice in group.choices]

    def _asked(self, choice: Choice) -> Asked:
        default, stored = getattr(DEFAULT, choice.name), getattr(self.policy, choice.name)
        return Asked(choice, self[choice.name], choice.said(default), stored != default)
