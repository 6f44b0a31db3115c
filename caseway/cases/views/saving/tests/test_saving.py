"""Saved views: private or a team's, changed by those who may, and of nobody else's to find."""

from typing import Any

import pytest

from caseway.accounts.models import AuditEntry, Team
from caseway.cases.models import SavedView
from caseway.cases.tests.story import owned_by_ana, raised_by_kim, shared_with_brightwater
from caseway.cases.views.arranging.actions import open_desk_with
from caseway.cases.views.arranging.queries import OneList, desk_opens_with
from caseway.cases.views.saving.actions import Described, change, described, remove, save
from caseway.cases.views.saving.counting import kept_counts
from caseway.cases.views.saving.history import changes_since
from caseway.cases.views.saving.queries import saved_view_visible_to, views_at_hand, views_seen_by
from caseway.core.errors import Invalid, NotAllowed, NotFound, Stale
from caseway.demo.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def team(cast: Cast) -> Team:
    """A team of Larkfield with Lea, its lead, and Ben; Ana is not in it."""
    team = Team.objects.create(organisation=cast.larkfield, name="Night shift")
    for person in (cast.lea, cast.ben):
        cast.memberships[person.email].teams.add(team)
    return team


def saved(cast: Cast, **given: Any) -> SavedView:
    wanted: dict[str, Any] = {"name": "Mine", "query": "view=all&type=lost", **given}
    return save(Described(**wanted), by=cast.at_desk(cast.ana))


def of_team(cast: Cast, team: Team, name: str = "Ours") -> SavedView:
    wanted = Described(name=name, query="view=all&owner=me", scope="team", team=team.pk)
    return save(wanted, by=cast.at_desk(cast.lea))


def names(cast: Cast, person) -> list[str]:
    return [one.name for one in views_at_hand(cast.at_desk(person))]


def test_ones_own_is_ones_own(cast: Cast) -> None:
    mine = saved(cast, columns=("number", "crm"), grouping="court")
    assert (mine.query, mine.columns, mine.grouping) == (
        "view=all&type=lost",
        ["number", "subject", "crm"],
        "court",
    )
    assert names(cast, cast.ana) == ["Mine"]
    for other in (cast.ben, cast.lea, cast.admin, cast.omar, cast.pia):
        assert views_seen_by(cast.at_desk(other)) == []
        with pytest.raises(NotFound):
            saved_view_visible_to(cast.at_desk(other), mine.pk)
        with pytest.raises(NotFound):
            remove(mine, by=cast.at_desk(other))
    assert not AuditEntry.objects.filter(kind="saved_view.changed").exists()


def test_a_teams_view_is_its_peoples(cast: Cast, team: Team) -> None:
    ours = of_team(cast, team)
    assert names(cast, cast.ben) == names(cast, cast.lea) == ["Ours"]
    for other in (cast.ana, cast.omar, cast.pia, cast.admin):
        assert names(cast, other) == []
    assert views_seen_by(cast.at_desk(cast.admin)) == [ours], "to look after it"
    with pytest.raises(NotAllowed):
        remove(ours, by=cast.at_desk(cast.ben))
    with pytest.raises(NotFound):
        remove(ours, by=cast.at_desk(cast.ana))


def test_who_may_share(cast: Cast, team: Team) -> None:
    for person in (cast.ben, cast.ana):
        with pytest.raises(Invalid) as refused:
            save(Described(name="x", scope="team", team=team.pk), by=cast.at_desk(person))
        assert set(refused.value.errors) == {"team"}
    quillons = Team.objects.create(organisation=cast.quillon, name="Q")
    for person in (cast.lea, cast.admin):
        with pytest.raises(Invalid):
            save(Described(name="x", scope="team", team=quillons.pk), by=cast.at_desk(person))
    save(Described(name="x", scope="team", team=team.pk), by=cast.at_desk(cast.admin))


def test_what_can_not_be_kept_is_said(cast: Cast) -> None:
    for given, field in (
        ({"name": " "}, "name"),
        ({"name": "x" * 81}, "name"),
        ({"query": "status=sleeping"}, "status"),
        ({"columns": ("password",)}, "columns"),
        ({"grouping": "tea"}, "grouping"),
        ({"scope": "world"}, "scope"),
    ):
        with pytest.raises(Invalid) as refused:
            saved(cast, **given)
        assert set(refused.value.errors) == {field}
    assert not SavedView.objects.exists()


def test_whoever_is_second_is_told_what_the_first_changed(cast: Cast, team: Team) -> None:
    ours = of_team(cast, team)
    read = ours.version
    lea, admin = cast.at_desk(cast.lea), cast.at_desk(cast.admin)
    wanted = Described(name="Theirs", query="view=all&type=lost", scope="team", team=team.pk)
    changed = change(ours, wanted, by=admin, version=read)
    with pytest.raises(Stale) as stale:
        change(ours, described(ours), by=lea, version=read)
    assert cast.admin.name in stale.value.message
    assert stale.value.current["version"] == changed.version
    told = {one.label: (one.before, one.after) for one in changes_since(changed, read, lea)}
    assert told["Name"] == ("Ours", "Theirs")
    assert told["Filter"] == ("All cases: Owner me", "All cases: Type Lost")
    change(ours, described(ours), by=lea, version=changed.version)


def test_counts_are_of_whoever_looks(cast: Cast, team: Team) -> None:
    ours = of_team(cast, team)
    owned_by_ana(cast)
    lea = cast.at_desk(cast.lea)
    everything = save(Described(name="All", query="view=all", scope="team", team=team.pk), by=lea)
    shared_with_brightwater(cast)
    assert kept_counts([ours, everything], lea) == {ours.pk: 0, everything.pk: 2}


def test_counts_are_taken_once_in_two_seconds(cast: Cast, django_assert_num_queries) -> None:
    mine, ana = saved(cast, query="view=all"), cast.at_desk(cast.ana)
    assert kept_counts([mine], ana) == {mine.pk: 0}
    raised_by_kim(cast)
    with django_assert_num_queries(1):
        assert kept_counts([mine], ana) == {mine.pk: 0}
    again = change(mine, described(mine), by=ana, version=mine.version)
    assert kept_counts([again], ana) == {mine.pk: 1}


def test_a_desk_opens_with_one_list_and_never_with_anothers(cast: Cast, team: Team) -> None:
    ours, ben = of_team(cast, team), cast.at_desk(cast.ben)
    open_desk_with(OneList(), by=ben)
    open_desk_with(OneList(saved=ours), by=ben)
    assert desk_opens_with(ben) == OneList(saved=ours)
    cast.memberships[cast.ben.email].teams.remove(team)
    assert desk_opens_with(cast.at_desk(cast.ben)) is None
    cast.memberships[cast.ben.email].teams.add(team)
    remove(ours, by=cast.at_desk(cast.lea))
    assert desk_opens_with(cast.at_desk(cast.ben)) is None
