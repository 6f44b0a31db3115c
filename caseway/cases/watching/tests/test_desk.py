"""Following, as an agent does it in a browser."""

import pytest

from caseway.cases.models import Case
from caseway.cases.tests.browsing import Desk, words_of
from caseway.cases.tests.story import owned_by_ana, shared_with_brightwater
from caseway.cases.watching.queries import watchers_of
from caseway.demo.cast import Cast


@pytest.fixture
def case(cast: Cast) -> Case:
    return owned_by_ana(cast)


def test_following_is_a_switch(cast: Cast, case: Case) -> None:
    ben = Desk(cast.ben, case)
    assert 'aria-pressed="false"' in ben.read()
    assert ben.do("watch").status_code == 302
    assert watchers_of(case, cast.at_desk(cast.ben)) == [cast.ben]
    assert 'aria-pressed="true"' in ben.read()
    ben.do("watch")
    assert watchers_of(case, cast.at_desk(cast.ben)) == []


def test_colleagues_are_added_and_taken_away(cast: Cast, case: Case) -> None:
    ana = Desk(cast.ana, case)
    ana.do("watchers", watcher="ben@larkfield.example")
    ana.do("watchers", watcher="lea@larkfield.example", stays=[cast.ben.pk])
    assert set(watchers_of(case, cast.at_desk(cast.ana))) == {cast.ben, cast.lea}
    ana.do("watchers", stays=[cast.lea.pk])
    assert watchers_of(case, cast.at_desk(cast.ana)) == [cast.lea]


def test_nobody_from_elsewhere_is_added(cast: Cast, case: Case) -> None:
    answer = Desk(cast.ana, case).do("watchers", watcher="pia@quillon.example")
    assert answer.status_code == 422
    assert "Nobody in your organisation has this address." in words_of(answer)


def test_each_side_has_its_own_watchers(cast: Cast) -> None:
    case = shared_with_brightwater(cast)
    Desk(cast.omar, case).do("watch")
    assert watchers_of(case, cast.at_desk(cast.ana)) == []
    assert "Nobody follows this case." in Desk(cast.ana, case).read()


def test_ticked_cases_are_followed_together(cast: Cast, case: Case) -> None:
    Desk(cast.ben).post("/desk/bulk/new/follow", {"case": [case.number]})
    assert watchers_of(case, cast.at_desk(cast.ben)) == [cast.ben]


def test_strangers_follow_nothing(cast: Cast, case: Case) -> None:
    for person in (cast.pia, cast.kim):
        assert Desk(person, case).do("watch").status_code == 404
        assert Desk(person, case).do("watchers", watcher=person.email).status_code == 404
    assert not case.watches.exists()
