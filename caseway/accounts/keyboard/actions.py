"""Turning single keys on and off."""

from caseway.accounts.models import Person
from caseway.core.transactions import action


@action
def use_single_keys(person: Person, *, on: bool) -> None:
    """Store whether keys without Ctrl, Alt or Cmd do anything at this person's desks, in every browser."""
    Person.objects.filter(pk=person.pk).update(uses_single_keys=on)
