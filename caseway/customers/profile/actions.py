"""Changing one's own profile."""

from caseway.accounts.models import Membership, Person
from caseway.core.transactions import action
from caseway.customers.invitations.rules import good_name
from caseway.customers.models import Contact


@action
def change_profile(
    person: Person, *, name: str, language: str, time_zone: str, mobile: str | None = None
) -> Person:
    """Store name, language ("" goes by the browser) and time zone ("" by the organisation).

    `mobile` is in E.164, "" for none: no SMS then; None leaves it as it is.

    Contacts that bore the name before bear the new one. Raises Invalid at `name`.
    """
    stored = Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    before, name = stored.name, good_name(name)
    stored.name, stored.language, stored.time_zone = name, language, time_zone
    stored.mobile = stored.mobile if mobile is None else mobile
    stored.save(update_fields=["name", "language", "time_zone", "mobile"])
    Contact.objects.filter(person=stored, name=before).exclude(name=name).update(name=name)
    return stored


@action
def choose_mails(contact: Contact, *, creation: bool, answers: bool, closing: bool) -> None:
    """Choose what a contact is mailed. Replies that they send land on the case all the same."""
    Contact.objects.filter(pk=contact.pk).update(
        told_of_creation=creation, told_of_answers=answers, told_of_closing=closing
    )


@action
def choose_owner_mails(seat: Membership, *, told: bool) -> None:
    """Choose whether an agent is mailed what is written on cases they own."""
    Membership.objects.filter(pk=seat.pk).update(told_as_owner=told)
