"""Forms whose words go to an action, and pages that show them again with what the action says."""

from typing import Protocol

from django import forms
from django.http import HttpResponse

from caseway.core.errors import DomainError, Invalid, Stale


class ActionForm(forms.Form):
    """A form for an action. What the action finds wrong stands at the form's fields."""

    def field_of(self, name: str) -> str:
        """The field that shows what is wrong with the action's `name`."""
        return name

    def take(self, invalid: Invalid) -> None:
        """Show each error of the action at its field, or above the form where it has none."""
        for name, words in invalid.errors.items():
            field = self.field_of(name)
            self.add_error(field if field in self.fields else None, words)


class FormPage(Protocol):
    """Shows a form; with what is stored now where somebody else was quicker."""

    def __call__(self, *, status: int, stale: Stale | None) -> HttpResponse: ...


def show_again(form: ActionForm, refused: DomainError, page: FormPage) -> HttpResponse:
    """The page with all that was typed and what the action refused it for, by the error's status."""
    if isinstance(refused, Invalid):
        form.take(refused)
    elif not isinstance(refused, Stale):
        form.add_error(None, refused.message)
    return page(status=refused.status, stale=refused if isinstance(refused, Stale) else None)
