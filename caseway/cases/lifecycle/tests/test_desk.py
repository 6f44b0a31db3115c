"""Closing, reopening, cancelling and resting, as an agent does it in a browser."""

from datetime import timedelta

import pytest

from caseway.accounts.reader import zone_of
from caseway.cases.lifecycle import actions as lifecycle
from caseway.cases.models import Case, Suspension
from caseway.cases.status import Status
from caseway.cases.tests.browsing import Desk, words_of
from caseway.cases.tests.story import closure_reason, fresh, owned_by_ana, shared_with_brightwater
from caseway.core.clock import now
from caseway.demo.cast import Cast


@pytest.fixture
def case(cast: Cast) -> Case:
    return owned_by_ana(cast)


def close(desk: Desk, cast: Cast, note: str = "Replacement delivered."):
    return desk.do("closure", reason=closure_reason(cast).pk, note=note)


def test_closing_goes_back_to_the_case_and_says_so(cast: Cast, case: Case) -> None:
    ana = Desk(cast.ana, case)
    answer = close(ana, cast)
    assert answer.status_code == 302
    assert answer["Location"] == ana.url()
    assert fresh(case).status == Status.CLOSED
    page = ana.read()
    assert "The case is closed." in page
    assert "Replacement delivered." in page


def test_the_list_it_came_from_is_still_known_afterwards(cast: Cast, case: Case) -> None:
    ana = Desk(cast.ana, case)
    answer = ana.post(
        ana.url("closure") + "?view=my-active&q=crate", {"reason": closure_reason(cast).pk, "note": "x"}
    )
    assert answer["Location"] == ana.url() + "?view=my-active&q=crate"


def test_errors_stand_at_their_fields_and_what_was_typed_stays(cast: Cast, case: Case) -> None:
    answer = Desk(cast.ana, case).do("closure", reason="", note="Kept words")
    assert answer.status_code == 422
    page = words_of(answer)
    assert "Choose a reason." in page
    assert "Kept words" in page
    assert 'aria-invalid="true"' in page
    assert fresh(case).status == Status.OPEN


def test_with_htmx_the_form_alone_answers_and_the_page_hears_of_the_change(cast: Cast, case: Case) -> None:
    ana = Desk(cast.ana, case)
    asked = ana.get(ana.url("closure"), headers={"HX-Request": "true"})
    assert words_of(asked).lstrip().startswith("<dialog")
    data = {"reason": closure_reason(cast).pk, "note": "x"}
    done = ana.post(ana.url("closure"), data, headers={"HX-Request": "true"})
    assert done.status_code == 204
    assert "caseway:changed" in done["HX-Trigger"]
    assert "caseway:close" in done["HX-Trigger"]


def test_whoever_comes_second_sees_who_was_first_and_keeps_their_words(cast: Cast, case: Case) -> None:
    lea = Desk(cast.lea, case)
    lea.ask("closure")
    close(Desk(cast.ana, case), cast)
    answer = close(lea, cast, note="My own long note")
    assert answer.status_code == 409
    page = words_of(answer)
    assert "This can&#39;t be done to a case that is “Closed”." in page
    assert "Ana Ferreira closed the case" in page
    assert "My own long note" in page


def test_closing_is_offered_only_while_the_case_is_active(cast: Cast, case: Case) -> None:
    ana = Desk(cast.ana, case)
    assert 'id="deed-close"' in ana.read()
    close(ana, cast)
    page = ana.read()
    assert 'id="deed-close"' not in page
    assert 'id="deed-reopen"' in page
    assert ana.ask("closure").status_code == 409


def test_the_partner_closes_with_one_click_and_both_see_it(cast: Cast) -> None:
    case = shared_with_brightwater(cast)
    assert Desk(cast.omar, case).do("closure", note="").status_code == 302
    assert fresh(case).status == Status.CLOSED
    assert "Brightwater Freight</b> closed the case" in Desk(cast.ana, case).read()


def test_reopening(cast: Cast, case: Case) -> None:
    ana = Desk(cast.ana, case)
    close(ana, cast)
    assert ana.do("reopening", note="It broke again").status_code == 302
    assert fresh(case).status == Status.OPEN
    assert "It broke again" in ana.read()


def test_cancelling_is_the_owners_and_the_leads(cast: Cast, case: Case) -> None:
    assert Desk(cast.ben, case).do("cancellation", note="no").status_code == 403
    assert Desk(cast.lea, case).do("cancellation", note="").status_code == 422
    assert Desk(cast.lea, case).do("cancellation", note="Raised twice").status_code == 302
    assert fresh(case).status == Status.CANCELLED


def test_suspending_until_a_day_in_the_agents_zone_and_going_on(cast: Cast, case: Case) -> None:
    ana = Desk(cast.ana, case)
    day = (now() + timedelta(days=3)).strftime("%Y-%m-%dT08:00")
    assert ana.do("suspension", note="Waiting for the dock", until=day).status_code == 302
    rest = Suspension.objects.get(case=case)
    assert rest.until is not None
    assert rest.until.astimezone(zone_of(cast.at_desk(cast.ana))).hour == 8
    assert rest.until.hour != 8, "Larkfield doesn't live by UTC"
    assert ana.do("resumption").status_code == 302
    assert fresh(case).status == Status.OPEN


def test_a_day_in_the_past_is_refused_at_its_field(cast: Cast, case: Case) -> None:
    answer = Desk(cast.ana, case).do("suspension", note="x", until="2020-01-01T08:00")
    assert answer.status_code == 422
    assert "Choose a moment in the future." in words_of(answer)


def test_resuming_twice_tells_above_the_composer(cast: Cast, case: Case) -> None:
    ana = Desk(cast.ana, case)
    lifecycle.suspend(case, by=cast.at_desk(cast.ana), note="x")
    ana.do("resumption")
    ana.do("resumption")
    page = ana.read()
    assert 'class="notice warn"' in page
    assert "This can&#39;t be done to a case that is “Open”." in page


@pytest.mark.parametrize("name", ["closure", "reopening", "cancellation", "suspension"])
def test_strangers_get_what_a_missing_case_gives(cast: Cast, case: Case, name: str) -> None:
    missing = Case(number="CV99999999")
    for person in (cast.pia, cast.omar, cast.kim):
        assert Desk(person, case).ask(name).status_code == 404
        assert Desk(person, case).do(name, note="x").status_code == 404
        assert Desk(person, missing).ask(name).status_code == 404
    assert fresh(case).status == Status.OPEN
