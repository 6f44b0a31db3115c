"""What comes first: numbers, then relevance and how new a text is; and what a part of all cases finds."""

from datetime import timedelta

import pytest

from caseway.accounts.models import Person
from caseway.accounts.viewer import Viewer
from caseway.cases.creation.actions import create
from caseway.cases.creation.fields import NewCase
from caseway.cases.models import Case, Side
from caseway.cases.search.actions import index_side
from caseway.cases.tests.story import owned_by_ana, says
from caseway.cases.types import Audience
from caseway.cases.views.filters import CaseFilter
from caseway.cases.views.named import View
from caseway.cases.views.queries import listing_of
from caseway.core.clock import now
from caseway.customers.viewers import desk_viewer_of
from caseway.demo.cast import Cast

pytestmark = pytest.mark.django_db


def told(cast: Cast, subject: str, description: str = "Nothing more.", *, years: float = 0) -> Case:
    """A case of Ana's that is so old."""
    case = create(NewCase(subject=subject, description=description), by=cast.at_desk(cast.ana))
    then = now() - timedelta(days=365 * years)
    Side.objects.filter(case=case).update(created_at=then, updated_at=then)
    index_side(Side.objects.get(case=case))
    return case


def found(viewer: Viewer, typed: str, **more: str) -> list[str]:
    query = {"view": "all", "q": typed, **more}
    wanted = CaseFilter.from_query({name: [value] for name, value in query.items()})
    return [row.side.number for row in listing_of(wanted, viewer).rows]


def test_a_subject_comes_before_what_was_said_and_the_new_before_the_old(cast: Cast) -> None:
    ana = cast.at_desk(cast.ana)
    decade = told(cast, "Zeppelin", years=10)
    said = told(cast, "Crate", "The zeppelin is late. " + "It rained all day. " * 20)
    subject = told(cast, "Zeppelin", years=0.2)
    assert found(ana, "zeppelin") == [subject.number, said.number, decade.number]
    assert found(ana, "zeppelin", sort="created") == [decade.number, subject.number, said.number]


def test_a_number_comes_before_words_that_repeat_it(cast: Cast) -> None:
    ana = cast.at_desk(cast.ana)
    named = told(cast, "Crate")
    Side.objects.filter(case=named).update(crm_number="00291847")
    begins = told(cast, "Crate")
    Side.objects.filter(case=begins).update(crm_number="002918471")
    repeats = told(cast, "About 00291847")
    assert found(ana, "00291847") == [named.number, begins.number, repeats.number]


def test_pages_of_the_best_follow_each_other(cast: Cast) -> None:
    ana = cast.at_desk(cast.ana)
    cases = [told(cast, "Zeppelin", years=years) for years in (0, 1, 2, 3, 4)]
    wanted = CaseFilter(view=View.ALL, q="zeppelin")
    keys: list[int] = []
    cursor = None
    for _ in range(3):
        page = listing_of(wanted, ana, limit=2, cursor=cursor).page
        keys += [side.pk for side in page.items]
        cursor = page.next
    assert cursor is None
    assert keys == [Side.objects.get(case=case).pk for case in cases]


def test_the_best_come_first_unless_another_order_was_chosen() -> None:
    searched = CaseFilter.from_query({"q": ["zeppelin"]})
    assert searched.sort == "best"
    assert "sort" not in searched.query_string()
    assert CaseFilter.from_query({"q": ["zeppelin"], "sort": ["-created"]}).sort == "-created"
    assert CaseFilter.from_query({"sort": ["best"]}).sort == "-updated"


def test_a_view_finds_its_own_behind_a_thousand_newer_texts(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("caseway.cases.search.documents.NEWEST", 2)
    old = told(cast, "Zeppelin", years=1)
    Side.objects.filter(case=old).update(owner=cast.ben)
    for _ in range(3):
        told(cast, "Zeppelin")
    ben = cast.at_desk(cast.ben)
    assert len(found(ben, "zeppelin")) == 2
    assert found(ben, "zeppelin", view="my-active") == [old.number]
    assert found(ben, "zeppelin", owner="me") == [old.number]
    assert found(ben, "", keyword="zeppelin", owner="me") == [old.number]
    assert found(ben, "", keyword="airship", owner="me") == []


def test_whom_policy_narrows_finds_their_own_behind_others(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("caseway.cases.search.documents.NEWEST", 2)
    old = told(cast, "Zeppelin", years=1)
    Side.objects.filter(case=old).update(owner=cast.ben)
    for _ in range(3):
        told(cast, "Zeppelin")
    cast.larkfield.stored_policy = {"agents_see_all": False}
    cast.larkfield.save()
    ben = desk_viewer_of(Person.objects.get(pk=cast.ben.pk))
    assert found(ben, "zeppelin") == [old.number]


def test_words_may_stand_in_several_texts_of_a_case(cast: Cast) -> None:
    ana, case = cast.at_desk(cast.ana), told(cast, "Zeppelin late")
    says(case, ana, Audience.TEAM, "a refund of fifty was agreed")
    assert found(ana, "zeppelin refund") == [case.number]
    assert found(ana, '"late refund"') == []
    assert found(ana, "zeppelin voucher") == []


def test_no_text_of_a_case_may_have_what_must_not_be_there(cast: Cast) -> None:
    ana, case = cast.at_desk(cast.ana), told(cast, "Zeppelin late")
    other = told(cast, "Zeppelin early")
    says(case, ana, Audience.TEAM, "goodwill refund")
    assert found(ana, "zeppelin -refund") == [other.number]
    assert found(ana, 'zeppelin -"goodwill refund" -early') == []


def test_a_record_says_nothing_to_whoever_may_not_read_it(cast: Cast) -> None:
    """Not even by keeping a case out of a list."""
    case, ben = owned_by_ana(cast), cast.at_desk(cast.ben)
    says(case, cast.at_desk(cast.admin), Audience.RECORD, "margin secret")
    assert found(ben, "crate -margin") == [case.number]
    assert found(ben, "crate margin") == []
    assert found(cast.at_desk(cast.admin), "crate margin") == [case.number]
    assert found(cast.at_desk(cast.admin), "crate -margin") == []
