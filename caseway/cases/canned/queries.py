"""Reading canned answers."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils import translation

from caseway.accounts.models import Team
from caseway.accounts.permissions import Permission
from caseway.accounts.viewer import Viewer
from caseway.cases.models import CannedAnswer, Side
from caseway.cases.types import Audience, Sharing
from caseway.core.errors import NotFound
from caseway.core.text import clean_line

from .variables import Scene, filled, readers_of

MOST_LISTED = 500
MOST_OFFERED = 50


@dataclass(frozen=True)
class Filled:
    """A canned answer for one case; `blanks` are left for its writer to fill in."""

    text: str
    blanks: int


def canned_answers_of(viewer: Viewer, typed: str = "") -> list[CannedAnswer]:
    """Those that the viewer may use, by title; one query."""
    seen = CannedAnswer.objects.visible_to(viewer).select_related("owner", "team", "updated_by")
    for word in clean_line(typed, 80).split():
        seen = seen.filter(Q(title__icontains=word) | Q(body__icontains=word))
    return list(seen.order_by("title", "pk")[:MOST_LISTED])


def offered_for(audience: Audience, viewer: Viewer, typed: str = "") -> list[CannedAnswer]:
    """Those that hold nothing which this audience may not read; titles that fit come first."""
    found = [one for one in canned_answers_of(viewer, typed) if audience in readers_of(one.body)]
    words = clean_line(typed, 80).lower()
    found.sort(key=lambda one: (not one.title.lower().startswith(words), words not in one.title.lower()))
    return found[:MOST_OFFERED]


def canned_answer_visible_to(viewer: Viewer, key: int) -> CannedAnswer:
    """The one with this id. Raises NotFound for anything that the viewer may not see."""
    seen = CannedAnswer.objects.visible_to(viewer).select_related("owner", "team", "updated_by")
    found = seen.filter(pk=key).first()
    if found is None:
        raise NotFound
    return found


def fill(answer: CannedAnswer, side: Side, audience: Audience, viewer: Viewer) -> Filled:
    """The text for these readers of this case, in their language where that is known.

    Raises NotFound where it tells what they may not read.
    """
    if audience not in readers_of(answer.body) or viewer.person is None:
        raise NotFound
    scene = Scene(side, _partner_of(side), viewer.person)
    with translation.override(_language(side, audience) or translation.get_language()):
        return Filled(*filled(answer.body, scene))


def teams_to_write_for(viewer: Viewer) -> list[Team]:
    """The teams whose canned answers the viewer may change: all for settings, a lead's own."""
    teams = Team.objects.filter(organisation=viewer.organisation_id)
    if viewer.has(Permission.SETTINGS):
        return list(teams)
    return list(teams.filter(pk__in=viewer.team_ids)) if viewer.has(Permission.LEAD) else []


def _partner_of(side: Side) -> str:
    others = Side.objects.filter(case=side.case_id, sharing__in=[Sharing.SHARED, Sharing.INTERNAL])
    other = others.exclude(pk=side.pk).select_related("organisation").first()
    return other.organisation.name if other else ""


def _language(side: Side, audience: Audience) -> str:
    contact = side.case.contact if audience is Audience.CUSTOMER else None
    return contact.person.language if contact and contact.person else ""
