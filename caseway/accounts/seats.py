"""The desks at which a person may sit."""

from collections.abc import Iterable

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet

from caseway.core.database.statements import AnyOf, Slot, Statement

from .models import Membership, Person, Team
from .viewer import Viewer, agent_viewer

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


def viewers_at_desks(people: Iterable[Person]) -> list[Viewer]:
    """A viewer for each active seat of these people, the oldest seat first: one query."""
    seats = _seats.rows(people=[person.pk for person in people])
    return [agent_viewer(seat, team_ids=vars(seat)["team_ids"]) for seat in seats]


@Statement
def _seats() -> QuerySet[Membership]:
    teams = Team.objects.filter(members=OuterRef("pk")).order_by("pk").values("pk")
    active = Membership.objects.filter(is_active=True, organisation__signs_in=True)
    joined = active.filter(AnyOf("person", Slot("people"))).select_related("person", "organisation", "role")
    return joined.annotate(team_ids=ArraySubquery(teams)).order_by("pk")
