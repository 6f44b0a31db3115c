"""Bulk operations at the desk: asked for, followed and taken back, with scripts and without."""

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client

from caseway.accounts.models import Person
from caseway.cases.bulk import actions as bulk
from caseway.cases.bulk.choosing import filtered, ticked
from caseway.cases.bulk.running import go_on
from caseway.cases.lifecycle.actions import close
from caseway.cases.models import Bulk, Case
from caseway.cases.status import Status
from caseway.cases.tests.story import closure_reason, fresh, owned_by_ana, raised_by_kim, side_of
from caseway.core.clock import now
from caseway.demo.cast import Cast

pytestmark = pytest.mark.django_db
HTMX: dict[str, Any] = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever asks waits to the end: no worker runs beside the tests, and the machine may be busy."""
    monkeypatch.setattr("caseway.cases.bulk.desk.QUICK_SECONDS", 60.0)


@pytest.fixture
def three(cast: Cast) -> list[Case]:
    return [raised_by_kim(cast, f"Sideboard {n}") for n in range(3)]


def desk(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def words(answer: Any) -> str:
    return unescape(answer.content.decode())


def numbers(cases: list[Case]) -> dict[str, list[str]]:
    return {"case": [case.number for case in cases]}


def test_it_asks_first_carries_the_choice_along_and_tells_the_result(cast: Cast, three: list[Case]) -> None:
    ana, reason = desk(cast.ana), closure_reason(cast).pk
    asked = ana.post("/desk/bulk/new/close?view=new", numbers(three))
    page = words(asked)
    assert "Close 3 cases" in page
    assert re.findall(r'name="case" value="(CV\d+)"', page) == [case.number for case in three]
    assert not Bulk.objects.exists()
    sent = numbers(three) | {"do": ["run"], "reason": [str(reason)], "note": ["Found."]}
    done = ana.post("/desk/bulk/new/close?view=new", sent, follow=True)
    assert "3 cases are closed." in words(done)
    assert {fresh(case).status for case in three} == {Status.CLOSED}


def test_what_is_wrong_stands_at_its_field_and_what_was_typed_stays(cast: Cast, three: list[Case]) -> None:
    sent = numbers(three) | {"do": ["run"], "note": ["Half a thought"]}
    answer = desk(cast.ana).post("/desk/bulk/new/close", sent, **HTMX)
    assert answer.status_code == 422
    assert "Choose a reason." in words(answer)
    assert "Half a thought" in words(answer)
    assert not Bulk.objects.exists()


def test_what_asks_nothing_is_done_at_once_and_told_in_the_strip(cast: Cast, three: list[Case]) -> None:
    answer = desk(cast.ana).post("/desk/bulk/new/claim?view=new", numbers(three), **HTMX)
    assert answer["HX-Reswap"] == "none"
    assert {"caseway:bulk", "caseway:close"} <= set(re.findall(r"caseway:\w+", answer["HX-Trigger"]))
    assert "3 cases are yours." in words(answer)
    assert 'hx-swap-oob="beforeend:#toasts"' in words(answer)
    assert {side_of(case, cast.larkfield).owner for case in three} == {cast.ana}


def test_all_in_a_list_are_asked_about_first_whatever_is_done(cast: Cast, three: list[Case]) -> None:
    """Nobody claims a thousand cases by one press."""
    ana, later = desk(cast.ana), {"all": "1", "as_of": now().isoformat()}
    raised_by_kim(cast, "Came later")
    asked = ana.post("/desk/bulk/new/claim?view=new", later)
    assert "Claim 3 cases" in words(asked)
    assert re.search(r'name="all" value="1"', words(asked))
    ana.post("/desk/bulk/new/claim?view=new", later | {"do": "run"})
    assert Bulk.objects.get().filter == "view=new"
    assert {side_of(case, cast.larkfield).owner for case in three} == {cast.ana}
    assert side_of(Case.objects.latest("pk"), cast.larkfield).owner is None


@pytest.mark.parametrize("operation", ["team", "type", "priority", "tag", "follow", "assign", "merge"])
def test_every_operation_has_its_question(cast: Cast, three: list[Case], operation: str) -> None:
    ana = desk(cast.ana)
    choices: list[dict[str, Any]] = [{}, HTMX]
    for headers in choices:
        answer = ana.post(f"/desk/bulk/new/{operation}?view=new", {"all": "1"}, **headers)
        assert answer.status_code == 200
        assert 'value="run"' in words(answer)
        answer = ana.post(f"/desk/bulk/new/{operation}?view=new", {"all": "1", "do": "run"}, **headers)
        assert answer.status_code == (422 if operation != "follow" else 200 if headers else 302)


def test_pickers_find_colleagues_and_cases(cast: Cast, three: list[Case]) -> None:
    ana = desk(cast.ana)
    found = ana.get("/desk/bulk/new/assign?p-owner-q=ben", HTTP_HX_TARGET="p-owner-results", **HTMX)
    assert cast.ben.email in words(found)
    found = ana.get(
        f"/desk/bulk/new/merge?p-into-q={three[1].number}", HTTP_HX_TARGET="p-into-results", **HTMX
    )
    assert three[1].number in words(found)
    assert three[0].number not in words(found)
    chosen = words(ana.post("/desk/bulk/new/merge", numbers(three)))
    assert all(f'value="{case.number}"' in chosen for case in three)
    sent = numbers(three) | {"do": ["find"], "p-owner-q": ["lea"]}
    without_scripts = words(ana.post("/desk/bulk/new/assign", sent))
    assert cast.lea.email in without_scripts
    assert cast.ben.email not in without_scripts


def test_nothing_chosen_leads_back_to_the_list(cast: Cast) -> None:
    ana = desk(cast.ana)
    answer = ana.post("/desk/bulk/new/close?view=new", follow=True)
    assert "Choose at least one case." in words(answer)
    assert "Choose at least one case." in words(ana.post("/desk/bulk/new/close", {}, **HTMX))
    assert ana.get("/desk/bulk/new/close")["Location"] == "/desk/cases/"
    assert ana.post("/desk/bulk/new/nonsense").status_code == 404


def test_the_report_names_what_failed_and_why_and_its_links_work(cast: Cast, three: list[Case]) -> None:
    ana = desk(cast.ana)
    close(three[0], by=cast.at_desk(cast.ana), reason=closure_reason(cast).pk, note="x")
    sent = numbers(three) | {"do": ["run"], "type": ["lost"]}
    page = words(ana.post("/desk/bulk/new/type", sent, follow=True))
    assert "2 cases are changed. 1 could not be done." in page
    assert "This can't be done to a case that is “Closed”." in page
    assert f'href="/desk/cases/{three[0].number}"' in page
    assert "Try the rest again" in page
    key = Bulk.objects.get().pk
    assert "2 cases are set back." in words(ana.post(f"/desk/bulk/{key}/undo", follow=True))
    assert "This can't be undone" in words(ana.post(f"/desk/bulk/{key}/undo", follow=True))
    assert "Set the type of 3 cases: Lost" in words(ana.get("/desk/bulk/"))


def test_a_long_one_shows_how_far_it_is_and_is_stopped(cast: Cast, three: list[Case]) -> None:
    by, ana = cast.at_desk(cast.ana), desk(cast.ana)
    waiting = bulk.start("follow", filtered("view=all", now()), {}, by=by)
    strip = words(ana.get(f"/desk/bulk/{waiting.pk}/strip", **HTMX))
    assert "Waiting for its turn" in strip
    assert "every 1s" in strip
    begun = bulk.start("follow", ticked([case.number for case in three]), {}, by=by)
    go_on(begun.pk, seconds=60, stopping=iter([False, True]).__next__)
    page = words(ana.get(f"/desk/bulk/{begun.pk}/"))
    assert "1 of 3" in page
    assert "See how far it is" in page
    stopped = ana.post(f"/desk/bulk/{begun.pk}/cancellation", **HTMX)
    assert "You follow 1 case." in words(stopped)
    assert "every 1s" not in words(stopped)
    assert "caseway:bulk" in stopped["HX-Trigger"]


@pytest.mark.parametrize("who", ["lea", "pia", "omar", "kim"])
def test_to_others_it_is_not_there(cast: Cast, three: list[Case], who: str) -> None:
    asked = bulk.start("follow", ticked([three[0].number]), {}, by=cast.at_desk(cast.ana))
    stranger = desk(getattr(cast, who))
    for path in ("", "strip"):
        assert stranger.get(f"/desk/bulk/{asked.pk}/{path}").status_code == 404
    for path in ("cancellation", "undo", "retry"):
        assert stranger.post(f"/desk/bulk/{asked.pk}/{path}").status_code == 404
    assert go_on(asked.pk) is False


def test_foreign_and_missing_numbers_are_told_alike(cast: Cast) -> None:
    theirs = owned_by_ana(cast)
    answers = [
        words(desk(cast.pia).post("/desk/bulk/new/follow", {"case": [number]}, **HTMX)).replace(number, "N")
        for number in (theirs.number, "CV99999999")
    ]
    assert answers[0] == answers[1]
    assert "There is no such case" in answers[0]
