"""The teams of an organisation."""

from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet

from caseway.accounts.models import Brand, Membership, Team
from caseway.accounts.permissions import Permission
from caseway.accounts.viewer import Viewer
from caseway.core.errors import NotFound
from caseway.core.fingerprints import fingerprint


def teams_of(viewer: Viewer) -> QuerySet[Team]:
    """The teams of the agent's organisation by name, with how many are in each; none for anybody else."""
    teams = Team.objects.filter(organisation=viewer.organisation_id).select_related("lead__person")
    counted = teams.annotate(people=Count("members", filter=Q(members__is_active=True)))
    return (counted if viewer.is_agent else counted.none()).order_by("name")


def teams_with_members(viewer: Viewer) -> QuerySet[Team]:
    """The same, with everybody in them and the brands that they serve: three queries for all."""
    seats = Membership.objects.select_related("person")
    return teams_of(viewer).prefetch_related(Prefetch("members", seats), "brands")


def team_of(viewer: Viewer, key: int) -> Team:
    """One of them. Raises NotFound for any other."""
    found = teams_of(viewer).filter(pk=key).first()
    if found is None:
        raise NotFound
    return found


def knows_members(viewer: Viewer, team: Team) -> bool:
    """Whether the agent may know who is in a team: those who are, and who manages settings or people."""
    manages = viewer.has(Permission.SETTINGS) or viewer.has(Permission.PEOPLE)
    return viewer.is_agent and (manages or team.pk in viewer.team_ids)


def seats_for(viewer: Viewer) -> QuerySet[Membership]:
    """Who may be in a team: everybody with a seat at the desk who has come."""
    seats = Membership.objects.filter(organisation=viewer.us, is_active=True).select_related("person")
    return seats.order_by("person__name", "pk")


def brands_for(viewer: Viewer) -> QuerySet[Brand]:
    """The brands that a team may serve, by name."""
    return Brand.objects.filter(organisation=viewer.us).order_by("name", "pk")


def state_of(team: Team) -> dict[str, Any]:
    """All that can be changed of a team, as JSON values; people by their seats' ids."""
    return {
        "name": team.name,
        "time_zone": team.time_zone,
        "lead": team.lead_id,
        "members": sorted(seat.pk for seat in team.members.all()),
        "is_active": team.is_active,
        "brands": sorted(brand.pk for brand in team.brands.all()),
    }


def version_of(team: Team) -> int:
    """A number that moves with what is stored of the team."""
    return fingerprint(team.pk, state_of(team))
