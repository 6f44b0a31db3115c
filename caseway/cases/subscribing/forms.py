"""Who is mailed, chosen by an agent."""

from collections.abc import Sequence
from typing import Any

from django import forms

from caseway.cases.desk import OperationForm
from caseway.cases.models import Participant
from caseway.core.transactions import action

from . import actions
from .queries import has_choice_elsewhere


class SubscriptionsForm(OperationForm):
    """Whom to mail. `seen` says who was mailed when the form was opened: what others changed since,
    the participant too, stays as it is unless it was changed here."""

    told = forms.TypedMultipleChoiceField(coerce=int, required=False)
    seen = forms.TypedMultipleChoiceField(coerce=int, required=False)

    def __init__(self, *args: Any, there: Sequence[Participant], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.there = there
        mailed = [one.pk for one in there if one.is_subscribed and not self.is_fixed(one)]
        self.initial = {"told": mailed, "seen": mailed}
        choices = [(one.pk, one.address) for one in there]
        for name in ("told", "seen"):
            field = self.fields[name]
            assert isinstance(field, forms.TypedMultipleChoiceField)  # noqa: S101 - for the type checker
            field.choices = choices

    @property
    def mailed(self) -> set[int]:
        """The ids of those whose boxes are ticked."""
        return {int(key) for key in self["told"].value() or () if str(key).isdecimal()}

    def is_fixed(self, one: Participant) -> bool:
        """Whether it is not for an agent to change: an address that nobody let in, or whose case it is."""
        return not one.is_approved or (one.is_subscribed and has_choice_elsewhere(one, self.side.case))

    @action
    def apply(self, given: dict[str, Any]) -> None:
        """Do what was changed. Raises what the actions raise."""
        changed = set(given["told"]) ^ set(given["seen"])
        for one in self.there:
            if one.pk in changed:
                act = actions.start_again if one.pk in given["told"] else actions.end
                act(one, by=self.viewer)
