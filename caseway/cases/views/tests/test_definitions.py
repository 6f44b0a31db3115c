"""Every named view beside its definition in plain Python: the queryset and the oracle agree."""

import random
from collections.abc import Callable
from datetime import timedelta

import pytest

from caseway.accounts.viewer import Viewer
from caseway.cases.creation.actions import create
from caseway.cases.creation.fields import NewCase
from caseway.cases.lifecycle import actions as lifecycle
from caseway.cases.models import Case, CaseEvent, Side, Watch
from caseway.cases.ownership import actions as ownership
from caseway.cases.tests.story import closure_reason, raised_by_kim, says, shared_with_brightwater
from caseway.cases.types import Audience, Sharing
from caseway.cases.views.counts import counts_of
from caseway.cases.views.filters import CaseFilter
from caseway.cases.views.named import View
from caseway.cases.watching.actions import follow
from caseway.core.clock import now
from caseway.core.errors import DomainError
from caseway.demo.cast import Cast

pytestmark = pytest.mark.django_db
ACTIVE = {"new", "open", "pending_agent", "pending_customer", "on_hold"}


def is_mine(side: Side, viewer: Viewer) -> bool:
    return side.owner_id == viewer.person_id


def is_watched(side: Side, viewer: Viewer) -> bool:
    rows = Watch.objects.filter(case=side.case_id, organisation=viewer.organisation_id)
    return viewer.person_id in {row.person_id for row in rows}


def has_acted(side: Side, viewer: Viewer) -> bool:
    events = CaseEvent.objects.filter(case=side.case_id, actor_organisation=viewer.organisation_id)
    return viewer.person_id in {event.actor_id for event in events}


def is_to_do(side: Side, viewer: Viewer) -> bool:
    in_my_teams = side.owner_id is None and side.team_id in viewer.team_ids
    return side.status in ACTIVE and (is_mine(side, viewer) or in_my_teams)


def is_processed(side: Side, viewer: Viewer) -> bool:
    return has_acted(side, viewer) and (not is_mine(side, viewer) or side.status not in ACTIVE)


DEFINITIONS: dict[View, Callable[[Side, Viewer], bool]] = {
    View.ALL_ACTIVE: lambda side, _viewer: side.status in ACTIVE,
    View.RECENT_RESPONSES: lambda side, _viewer: side.latest_message_is_ours is False,
    View.MY_ACTIVE: lambda side, viewer: side.status in ACTIVE and is_mine(side, viewer),
    View.MY_WATCHED: is_watched,
    View.NEW: lambda side, _viewer: side.status in ACTIVE and side.owner_id is None,
    View.ALL: lambda _side, _viewer: True,
    View.TODO: is_to_do,
    View.FOLLOWING: is_watched,
    View.CREATED: lambda side, viewer: side.case.creator_id == viewer.person_id,
    View.PROCESSED: is_processed,
}
REACHING_BACK = {View.ALL, View.ALL_ACTIVE, View.MY_ACTIVE, View.NEW, View.TODO}


def expected(view: View, viewer: Viewer) -> set[str]:
    """The numbers that the definition gives: our sides that take part, of the last 13 months or active."""
    begin = now() - timedelta(days=396)
    ours = Side.objects.filter(organisation=viewer.organisation_id).exclude(sharing=Sharing.LISTED)
    return {
        side.number
        for side in ours.select_related("case")
        if (view in REACHING_BACK or side.status in ACTIVE or side.created_at > begin)
        and DEFINITIONS[view](side, viewer)
    }


def live_a_little(cast: Cast, seed: int) -> None:
    """Cases to which the cast does this and that; what is refused is not done."""
    chance = random.Random(seed)
    desks = [cast.at_desk(person) for person in (cast.ana, cast.ben, cast.lea, cast.omar)]
    reason, teams = closure_reason(cast).pk, list(cast.larkfield.teams.all())
    begin: list[Callable[[], Case]] = [
        lambda: raised_by_kim(cast),
        lambda: create(NewCase(subject="Held", description="x"), by=chance.choice(desks)),
        lambda: shared_with_brightwater(cast),
    ]
    deeds: list[Callable[[Case, Viewer], object]] = [
        lambda case, by: ownership.claim(case, by=by),
        lambda case, by: ownership.release(case, by=by),
        lambda case, by: ownership.assign(case, by=by, to=cast.ben),
        lambda case, by: ownership.give_to_team(case, by=by, team=chance.choice(teams)),
        lambda case, by: lifecycle.close(case, by=by, reason=reason, note="x"),
        lambda case, by: lifecycle.reopen(case, by=by, note="x"),
        lambda case, by: lifecycle.suspend(case, by=by, note="x"),
        lambda case, by: follow(case, by=by),
        lambda case, by: says(case, by, Audience.TEAM, "Hm."),
        lambda case, by: says(case, by, Audience.CUSTOMER, "Soon."),
        lambda case, _by: says(case, cast.in_portal(cast.kim), Audience.CUSTOMER, "And?"),
    ]
    for case in [chance.choice(begin)() for _ in range(14)]:
        for _ in range(chance.randrange(5)):
            try:
                chance.choice(deeds)(case, chance.choice(desks))
            except DomainError:
                continue
    old = Side.objects.order_by("pk").values("pk")[::4]
    Side.objects.filter(pk__in=[row["pk"] for row in old]).update(created_at=now() - timedelta(days=500))


@pytest.mark.parametrize("seed", range(4))
def test_lists_and_counts_are_what_their_definitions_say(cast: Cast, seed: int) -> None:
    live_a_little(cast, seed)
    assert cast.memberships[cast.ben.email].teams.exists()
    for person in (cast.ana, cast.ben, cast.lea, cast.omar, cast.pia):
        viewer = cast.at_desk(person)
        counts = counts_of(View, viewer)
        for view in View:
            found = set(CaseFilter(view=view).sides(viewer).values_list("number", flat=True))
            assert found == expected(view, viewer), (view, person)
            assert counts[view] == len(found), (view, person)


def test_the_definitions_are_put_to_use(cast: Cast) -> None:
    """A world in which a list stays empty would prove nothing about it."""
    found: set[View] = set()
    for seed in range(4):
        live_a_little(cast, seed)
    for person in (cast.ana, cast.ben, cast.lea):
        viewer = cast.at_desk(person)
        everything = expected(View.ALL, viewer)
        found |= {view for view in View if view is View.ALL or set() < expected(view, viewer) < everything}
    assert found == set(View)
