"""Where people begin after they have signed in."""

from django.urls import reverse

from caseway.accounts.models import Person
from caseway.accounts.seats import invitations_to, seats_of


def home_of(person: Person) -> str:
    """The desk for agents, the admin for system administrators, else the portal's home.

    Who was invited to a desk and has no other begins with that invitation.
    """
    if person.must_change_password:
        return reverse("account_change_password")
    if seats_of(person).exists():
        return "/desk/"
    invitation = invitations_to(person).first()
    if invitation:
        return reverse("desk_invitation", args=[invitation.pk])
    return reverse("admin:index") if person.is_staff else "/"
