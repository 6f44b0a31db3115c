"""Which colleagues follow a case."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from caseway.accounts.models import Person
from caseway.cases.desk import OperationForm
from caseway.cases.ownership.actions import colleague
from caseway.core.transactions import action

from . import actions as watching


class WatchersForm(OperationForm):
    """One colleague to add, by address, and those of the present watchers who stay."""

    watcher = forms.CharField(required=False, max_length=254)
    stays = forms.ModelMultipleChoiceField(
        Person.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, there: Sequence[Person], **kwargs: Any) -> None:
        initial = {"stays": [person.pk for person in there]}
        super().__init__(*args, initial=initial, **kwargs)
        self.there = there
        people = Person.objects.filter(pk__in=initial["stays"]).order_by("name")
        self.fields["stays"] = forms.ModelMultipleChoiceField(
            people,
            required=False,
            label=_("Watchers now"),
            widget=forms.CheckboxSelectMultiple(attrs={"class": "checkbox"}),
        )

    @action
    def apply(self, given: dict[str, Any]) -> None:
        """Add and remove what was chosen. Raises what the actions raise."""
        case, staying = self.side.case, set(given["stays"])
        for person in self.there:
            if person not in staying:
                watching.remove_watcher(case, by=self.viewer, person=person)
        if given["watcher"]:
            person = colleague(self.viewer, given["watcher"])
            watching.add_watcher(case, by=self.viewer, person=person)
