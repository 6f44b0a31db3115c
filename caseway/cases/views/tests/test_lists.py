"""Lists: the named views, the filter object, and pages by key."""

from datetime import timedelta

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from caseway.accounts.models import Person
from caseway.accounts.viewer import Viewer
from caseway.cases.creation.actions import create
from caseway.cases.creation.fields import NewCase
from caseway.cases.lifecycle.actions import cancel
from caseway.cases.models import Case, Side
from caseway.cases.ownership.actions import claim
from caseway.cases.tests.story import fresh, owned_by_ana, raised_by_kim, says, shared_with_brightwater
from caseway.cases.types import Audience
from caseway.cases.views.counts import counts_of
from caseway.cases.views.filters import CaseFilter
from caseway.cases.views.named import View
from caseway.cases.views.queries import listing_of
from caseway.cases.watching.actions import follow
from caseway.core.clock import now
from caseway.core.errors import Invalid
from caseway.customers.viewers import desk_viewer_of
from caseway.demo.cast import Cast

pytestmark = pytest.mark.django_db


def numbers(viewer: Viewer, view: View = View.ALL, **query: list[str]) -> list[str]:
    asked = {name.replace("__", "."): values for name, values in query.items()}
    wanted = CaseFilter.from_query(asked, view=view)
    return [row.side.number for row in listing_of(wanted, viewer).rows]


def test_each_view_has_what_its_name_says(cast: Cast) -> None:
    ana, ben = cast.at_desk(cast.ana), cast.at_desk(cast.ben)
    new, mine, solved = raised_by_kim(cast), owned_by_ana(cast), owned_by_ana(cast)
    cancel(solved, by=ana, note="x")
    follow(new, by=ben)
    assert set(numbers(ana, View.ALL_ACTIVE)) == {new.number, mine.number}
    assert numbers(ana, View.MY_ACTIVE) == [mine.number]
    assert numbers(ben, View.MY_ACTIVE) == []
    assert numbers(ben, View.MY_WATCHED) == [new.number]
    assert numbers(ana, View.NEW) == [new.number]
    assert numbers(ana, View.RECENT_RESPONSES) == [new.number]
    assert set(numbers(ana, View.CREATED)) == {mine.number, solved.number}
    assert numbers(ana, View.PROCESSED) == [solved.number]
    assert len(numbers(ana, View.ALL)) == 3


def test_an_answer_takes_a_case_out_of_recent_responses(cast: Cast) -> None:
    case, ana = raised_by_kim(cast), cast.at_desk(cast.ana)
    says(case, ana, Audience.CUSTOMER, "We are on it")
    assert numbers(ana, View.RECENT_RESPONSES) == []


def test_counts_agree_with_the_lists(cast: Cast) -> None:
    claim(raised_by_kim(cast), by=cast.at_desk(cast.ben))
    raised_by_kim(cast)
    shared_with_brightwater(cast)
    for viewer in (cast.at_desk(cast.ana), cast.at_desk(cast.ben), cast.at_desk(cast.omar)):
        counts = counts_of(View, viewer)
        assert counts == {view: len(numbers(viewer, view)) for view in View}


def test_lists_that_ask_the_same_are_counted_once(cast: Cast) -> None:
    """All that somebody watches and follows is one list under two names."""
    follow(raised_by_kim(cast), by=cast.at_desk(cast.ana))
    with CaptureQueriesContext(connection) as asked:
        counts = counts_of([View.MY_WATCHED, View.NEW, View.FOLLOWING], cast.at_desk(cast.ana))
    assert counts == {View.MY_WATCHED: 1, View.NEW: 1, View.FOLLOWING: 1}
    assert asked[-1]["sql"].count("count(*)") == 2


def test_counts_follow_a_change_of_policy_or_team(cast: Cast) -> None:
    raised_by_kim(cast)
    assert counts_of([View.NEW], cast.at_desk(cast.ben)) == {View.NEW: 1}
    cast.larkfield.stored_policy = {"agents_see_all": False}
    cast.larkfield.save()
    ben = Person.objects.get(pk=cast.ben.pk)
    assert counts_of([View.NEW], desk_viewer_of(ben)) == {View.NEW: 0}


def test_another_organisation_counts_and_lists_nothing(cast: Cast) -> None:
    raised_by_kim(cast)
    pia = cast.at_desk(cast.pia)
    assert set(counts_of(View, pia).values()) == {0}
    assert numbers(pia, q=["cracked"]) == []


def test_filters_combine(cast: Cast) -> None:
    ana = cast.at_desk(cast.ana)
    lost = create(NewCase(subject="Lost", description="x", type="lost"), by=ana)
    create(NewCase(subject="Late", description="x", type="redelivery", owned=False), by=ana)
    assert numbers(ana, type=["lost"], owner=["me"]) == [lost.number]
    assert numbers(ana, type=["lost", "redelivery"], owner=["nobody"]) != [lost.number]
    assert numbers(ana, status=["solved"]) == []
    assert numbers(ana, owner=[cast.ana.email], status=["active"]) == [lost.number]


def test_dates_are_whole_days_with_both_ends(cast: Cast) -> None:
    case, ana = owned_by_ana(cast), cast.at_desk(cast.ana)
    today, tomorrow = now().date(), now().date() + timedelta(days=1)
    assert numbers(ana, created__after=[str(today)], created__before=[str(today)]) == [case.number]
    assert numbers(ana, created__after=[str(tomorrow)]) == []


def test_what_is_no_choice_is_said_at_its_parameter() -> None:
    with pytest.raises(Invalid) as refused:
        CaseFilter.from_query({"status": ["sleeping"], "created.after": ["soon"], "sort": ["password"]})
    assert set(refused.value.errors) == {"status", "created.after", "sort"}


def test_the_filter_survives_its_own_query_string(cast: Cast) -> None:
    wanted = CaseFilter.from_query(
        {"q": ["top"], "status": ["open", "new"], "owner": ["me"], "created.after": ["2026-01-31"]}
    )
    again = CaseFilter.from_query(dict(QueryDict(wanted.query_string()).lists()))
    assert again == wanted
    chips = {chip.name: chip for chip in wanted.chips(cast.at_desk(cast.ana))}
    assert "status" not in chips["status"].without
    assert "owner=me" in chips["status"].without


def test_solved_cases_leave_the_views_after_thirteen_months_and_active_ones_never_do(cast: Cast) -> None:
    ana = cast.at_desk(cast.ana)
    old_active, old_solved = owned_by_ana(cast), owned_by_ana(cast)
    cancel(old_solved, by=ana, note="x")
    Side.objects.update(created_at=now() - timedelta(days=500))
    assert numbers(ana, View.ALL_ACTIVE) == [old_active.number]
    assert numbers(ana, View.CREATED) == [old_active.number]
    assert len(numbers(ana, View.ALL)) == 2


def test_a_number_that_was_typed_is_found_however_old_its_case_is(cast: Cast) -> None:
    ana, old = cast.at_desk(cast.ana), owned_by_ana(cast)
    cancel(old, by=ana, note="x")
    Side.objects.update(created_at=now() - timedelta(days=500))
    assert numbers(ana, View.CREATED, q=[old.number]) == [old.number]
    assert numbers(ana, View.CREATED, q=["crate"]) == []
    assert numbers(cast.at_desk(cast.pia), View.CREATED, q=[old.number]) == []


def test_a_list_by_court_begins_with_who_waits_longest(cast: Cast) -> None:
    ana, first, second = cast.at_desk(cast.ana), owned_by_ana(cast), owned_by_ana(cast)
    Side.objects.filter(case=second).update(court_since=now() - timedelta(days=3), court="partner")
    assert numbers(ana, View.ALL_ACTIVE, sort=["court"]) == [second.number, first.number]
    assert numbers(ana, View.ALL_ACTIVE, sort=["-court"]) == [first.number, second.number]
    assert numbers(ana, View.ALL_ACTIVE, court=["partner"]) == [second.number]


@pytest.mark.parametrize("sort", ["-updated", "updated", "deadline", "-created", "-latest", "court"])
def test_pages_by_key_show_everything_once_in_order_and_lead_back(cast: Cast, sort: str) -> None:
    ana = cast.at_desk(cast.ana)
    for index in range(7):
        case = owned_by_ana(cast)
        deadline = now() + timedelta(hours=index) if index % 3 else None
        Side.objects.filter(case=case).update(deadline=deadline, latest_message_at=deadline)
    wanted = CaseFilter(view=View.ALL, sort=sort)
    whole = [row.side.number for row in listing_of(wanted, ana, limit=50).rows]
    seen, cursor, back = [], None, None
    for _ in range(4):
        listing = listing_of(wanted, ana, limit=2, cursor=cursor)
        seen += [row.side.number for row in listing.rows]
        cursor, back = listing.page.next, listing.page.previous
    assert seen == whole
    assert cursor is None
    before = listing_of(wanted, ana, limit=2, cursor=back)
    assert [row.side.number for row in before.rows] == whole[4:6]


def test_a_cursor_of_another_list_or_reader_is_refused(cast: Cast) -> None:
    ana, ben = cast.at_desk(cast.ana), cast.at_desk(cast.ben)
    for _ in range(3):
        owned_by_ana(cast)
    cursor = listing_of(CaseFilter(), ana, limit=1).page.next
    for viewer, wanted in ((ben, CaseFilter()), (ana, CaseFilter(q="x")), (ana, CaseFilter(sort="updated"))):
        with pytest.raises(Invalid):
            listing_of(wanted, viewer, limit=1, cursor=cursor)


def test_agents_of_a_policy_see_only_their_teams_cases(cast: Cast) -> None:
    cast.larkfield.stored_policy = {"agents_see_all": False}
    cast.larkfield.save()
    case = raised_by_kim(cast)
    membership = cast.memberships[cast.ben.email]
    membership.organisation.refresh_from_db()
    ben = cast.at_desk(cast.ben)
    assert not Case.objects.visible_to(ben).exists()
    assert set(counts_of(View, ben).values()) == {0}
    Side.objects.filter(case=case).update(team=membership.teams.first())
    assert Case.objects.visible_to(ben).get() == fresh(case)
