"""Claiming, assigning, releasing and upgrading, as an agent does it in a browser."""

import pytest

from caseway.cases.models import Case
from caseway.cases.status import Status
from caseway.cases.tests.browsing import Desk, words_of
from caseway.cases.tests.story import fresh, owned_by_ana, raised_by_kim, shared_with_brightwater, side_of
from caseway.demo.cast import Cast


@pytest.fixture
def case(cast: Cast) -> Case:
    return raised_by_kim(cast)


def test_claiming_makes_it_mine_and_opens_it(cast: Cast, case: Case) -> None:
    ben = Desk(cast.ben, case)
    assert 'id="deed-claim"' in ben.read()
    assert ben.do("claim").status_code == 302
    assert side_of(case, cast.larkfield).owner == cast.ben
    assert fresh(case).status == Status.OPEN
    assert 'id="deed-claim"' not in ben.read()


def test_the_second_claim_hears_who_was_first(cast: Cast, case: Case) -> None:
    Desk(cast.ben, case).do("claim")
    ana = Desk(cast.ana, case)
    assert ana.do("claim").status_code == 302
    page = ana.read()
    assert "Ben Okafor owns this case already." in page
    assert side_of(case, cast.larkfield).owner == cast.ben


def test_claiming_what_is_mine_already_changes_nothing(cast: Cast, case: Case) -> None:
    ben = Desk(cast.ben, case)
    ben.do("claim")
    ben.do("claim")
    assert case.events.filter(kind="case.claimed").count() == 1


def test_each_side_claims_for_itself(cast: Cast) -> None:
    case = shared_with_brightwater(cast)
    Desk(cast.omar, case).do("claim")
    Desk(cast.ana, case).do("claim")
    assert side_of(case, cast.brightwater).owner == cast.omar
    assert side_of(case, cast.larkfield).owner == cast.ana


def test_a_colleague_is_found_by_name_and_given_the_case_with_a_note(cast: Cast, case: Case) -> None:
    ana = Desk(cast.ana, case)
    found = words_of(ana.ask("owner", **{"p-owner-q": "oka"}))
    assert "ben@larkfield.example" in found
    assert "sam@larkfield.example" not in found
    assert ana.do("owner", owner="ben@larkfield.example", note="Your lot.").status_code == 302
    assert side_of(case, cast.larkfield).owner == cast.ben
    assert "Your lot." in ana.read()


def test_a_search_without_scripts_keeps_the_note_and_does_nothing(cast: Cast, case: Case) -> None:
    before = side_of(case, cast.larkfield).owner
    answer = Desk(cast.ana, case).do("owner", do="find", note="Your lot.", **{"p-owner-q": "oka"})
    assert answer.status_code == 200
    page = answer.content.decode()
    assert "ben@larkfield.example" in page
    assert "Your lot." in page
    assert "formmethod" not in page, "what is typed, and the form's token, stay out of addresses"
    assert side_of(case, cast.larkfield).owner == before


def test_nobody_is_found_outside_the_organisation(cast: Cast, case: Case) -> None:
    ana = Desk(cast.ana, case)
    assert "omar@brightwater.example" not in words_of(ana.ask("owner", **{"p-owner-q": "omar"}))
    answer = ana.do("owner", owner="omar@brightwater.example", note="Kept")
    assert answer.status_code == 422
    assert "Nobody in your organisation has this address." in words_of(answer)
    assert "Kept" in words_of(answer)


def test_choosing_nobody_is_told(cast: Cast, case: Case) -> None:
    answer = Desk(cast.ana, case).do("owner", owner="")
    assert answer.status_code == 422
    assert "Choose a colleague." in words_of(answer)


def test_a_team_takes_it_and_the_owner_lets_go(cast: Cast, case: Case) -> None:
    Desk(cast.ana, case).do("claim")
    claims = cast.larkfield.teams.get(name="Claims")
    assert Desk(cast.ana, case).do("team", team=claims.pk).status_code == 302
    side = side_of(case, cast.larkfield)
    assert (side.team, side.owner) == (claims, None)


def test_a_foreign_team_is_no_choice(cast: Cast, case: Case) -> None:
    theirs = cast.brightwater.teams.get()
    assert Desk(cast.ana, case).do("team", team=theirs.pk).status_code == 422
    assert side_of(case, cast.larkfield).team is None


def test_releasing(cast: Cast) -> None:
    case = owned_by_ana(cast)
    assert Desk(cast.ana, case).do("release", note="Ill today").status_code == 302
    assert side_of(case, cast.larkfield).owner is None


def test_who_owns_it_already_is_not_offered_and_no_new_owner(cast: Cast) -> None:
    case = owned_by_ana(cast)
    ana = Desk(cast.ana, case)
    page = words_of(ana.ask("owner"))
    assert 'value="ben@larkfield.example"' in page
    assert 'value="ana@larkfield.example"' not in page
    answer = ana.do("owner", owner="ana@larkfield.example", note="Kept")
    assert answer.status_code == 422
    assert "Ana Ferreira owns it already." in words_of(answer)
    assert "Kept" in words_of(answer)


def test_upgrading_begins_one_level_up(cast: Cast) -> None:
    case = owned_by_ana(cast)
    ana = Desk(cast.ana, case)
    assert '<input type="radio" name="level" value="1" id="op-level_1" required checked' in words_of(
        ana.ask("level", to="up")
    )
    assert ana.do("level", level=2).status_code == 302
    assert side_of(case, cast.larkfield).level == 2
    assert "Upgraded, level 2" in ana.read()


def test_a_sales_agent_may_not_assign_what_isnt_theirs(cast: Cast, case: Case) -> None:
    sam = Desk(cast.sam, case)
    assert 'id="deed-assign"' not in sam.read()
    assert sam.do("owner", owner="ben@larkfield.example").status_code == 403


def test_ticked_cases_are_claimed_together_and_the_others_named(cast: Cast, case: Case) -> None:
    taken, theirs = owned_by_ana(cast), raised_by_kim(cast)
    ben = Desk(cast.ben)
    answer = ben.post("/desk/bulk/new/claim?view=new", {"case": [case.number, taken.number, theirs.number]})
    page = words_of(ben.get(answer["Location"]))
    assert "2 cases are yours." in page
    assert taken.number in page
    assert "Ana Ferreira owns this case already." in page
    assert {side_of(one, cast.larkfield).owner for one in (case, theirs)} == {cast.ben}


def test_strangers_cannot_claim_ticked_cases(cast: Cast, case: Case) -> None:
    Desk(cast.pia).post("/desk/bulk/new/claim", {"case": [case.number]})
    assert side_of(case, cast.larkfield).owner is None


@pytest.mark.parametrize("name", ["claim", "owner", "team", "release", "level"])
def test_strangers_get_nothing(cast: Cast, case: Case, name: str) -> None:
    for person in (cast.pia, cast.omar, cast.kim):
        assert Desk(person, case).do(name, owner="ben@larkfield.example", level=1).status_code == 404
    assert side_of(case, cast.larkfield).owner is None
