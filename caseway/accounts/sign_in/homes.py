"""Where people begin after they have signed in."""

from django.urls import reverse

from caseway.accounts.models import Person
from caseway.accounts.seats import seats_of


def home_of(person: Person) -> str:
    """The desk for agents, the admin for system administrators, else the portal's home."""
    if person.must_change_password:
        return reverse("account_change_password")
    if seats_of(person).exists():
        return "/desk/"
    return reverse("admin:index") if person.is_staff else "/"
