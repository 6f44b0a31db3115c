"""The desks at which a person may sit."""

from django.db.models import QuerySet

from .models import Membership, Person

CHOSEN_DESK = "desk_organisation"
"""The key in the session under which the organisation of the chosen desk is kept."""


def seats_of(*people: Person) -> QuerySet[Membership]:
    """The active seats of these people, oldest first, with organisation, role and teams: two queries."""
    seats = Membership.objects.filter(person__in=people, is_active=True, organisation__signs_in=True)
    joined = seats.select_related("person", "organisation", "role").prefetch_related("teams")
    return joined.order_by("pk")


def invitations_to(person: Person) -> QuerySet[Membership]:
    """The seats that wait for the person to accept them, oldest first."""
    seats = Membership.objects.filter(person=person, is_active=False, organisation__signs_in=True)
    return seats.exclude(invited_name="").select_related("organisation", "role").order_by("pk")
