"""The teams of an organisation."""

from typing import Any

from django.db.models import Count, Q, QuerySet

from caseway.accounts.models import Brand, Membership, Team
from caseway.accounts.viewer import Viewer
from caseway.core.errors import NotFound
from caseway.core.fingerprints import fingerprint


def teams_of(viewer: Viewer) -> QuerySet[Team]:
    """The teams of the agent's organisation by name, with how many are in each; none for anybody else."""
    teams = Team.objects.filter(organisation=viewer.organisation_id).select_related("lead__person")
    counted = teams.annotate(people=Count("members", filter=Q(members__is_active=True)))
    return (counted if viewer.is_agent else counted.none()).order_by("name")


def team_of(viewer: Viewer, key: int) -> Team:
    """One of them. Raises NotFound for any other."""
    found = teams_of(viewer).filter(pk=key).first()
    if found is None:
        raise NotFound
    return found


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
        "members": sorted(team.members.values_list("pk", flat=True)),
        "is_active": team.is_active,
        "brands": sorted(team.brands.values_list("pk", flat=True)),
    }


def version_of(team: Team) -> int:
    """A number that moves with what is stored of the team."""
    return fingerprint(team.pk, state_of(team))
