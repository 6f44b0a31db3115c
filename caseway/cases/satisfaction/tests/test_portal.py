"""The question on the case's page, what agents see of the answer, and the figures."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from caseway.cases.models import Case, Satisfaction
from caseway.cases.partnering.actions import add_partner
from caseway.cases.satisfaction.actions import answer
from caseway.cases.satisfaction.queries import DayOfAnswers, answers_by_day
from caseway.cases.tests.story import raised_by_kim
from caseway.cases.types import Verdict
from caseway.core.clock import now
from caseway.demo.cast import Cast

from .situations import browser, close, closed_case, long_ago

ASKS = "Are you satisfied"


def address(case: Case, more: str = "") -> str:
    return f"/portal/cases/{case.number}/{more}"


def page_of(case: Case, cast: Cast) -> str:
    return browser(cast.kim).get(address(case)).content.decode()


def test_a_closed_case_asks_and_one_press_answers(cast: Cast) -> None:
    case, client = closed_case(cast), browser(cast.kim)
    assert ASKS in page_of(case, cast)
    response = client.post(address(case, "satisfaction/"), {"answer": "good"})
    assert response["Location"] == address(case) + "#satisfaction"
    page = page_of(case, cast)
    assert ASKS not in page
    assert "You said: Satisfied" in page
    client.post(address(case, "satisfaction/"), {"comment": "Quick!"})
    assert "Quick!" in page_of(case, cast)
    assert Satisfaction.objects.get().way == "portal"


def test_with_htmx_the_card_alone_comes_back_and_takes_the_focus(cast: Cast) -> None:
    case, client = closed_case(cast), browser(cast.kim, **{"HX-Request": "true"})
    card = client.post(address(case, "satisfaction/"), {"answer": "good"}).content.decode()
    assert "<html" not in card
    assert "data-focus" in card
    assert 'data-announce="Thank you for your answer"' in card
    refused = client.post(address(case, "satisfaction/"), {"comment": "x" * 2001})
    assert refused.status_code == 422
    assert 'aria-invalid="true"' in refused.content.decode()
    again = client.post(address(case, "satisfaction/"), {"answer": "poor"})
    assert again["HX-Redirect"] == address(case)


def test_only_a_closed_case_asks_and_only_for_a_while(cast: Cast) -> None:
    case = raised_by_kim(cast)
    assert ASKS not in page_of(case, cast)
    close(cast, case)
    long_ago(case, 31)
    assert ASKS not in page_of(case, cast)
    assert browser(cast.kim).post(address(case, "satisfaction/"), {"answer": "good"}).status_code == 302
    assert not Satisfaction.objects.exists()


def test_strangers_find_no_question_and_an_administrator_answers_for_nobody(cast: Cast) -> None:
    case = closed_case(cast)
    for stranger in (cast.jo, cast.max, cast.ana, cast.omar, cast.pia):
        response = browser(stranger).post(address(case, "satisfaction/"), {"answer": "good"})
        assert response.status_code == 404
    Case.objects.filter(pk=case.pk).update(contact=cast.contact(cast.jo))
    assert ASKS not in page_of(case, cast)
    response = browser(cast.kim).post(address(case, "satisfaction/"), {"answer": "good"})
    assert response.status_code == 403
    assert not Satisfaction.objects.exists()


def test_the_hosts_agents_read_it_and_the_partners_do_not(cast: Cast) -> None:
    case = raised_by_kim(cast)
    add_partner(case, by=cast.at_desk(cast.ana), partner=cast.brightwater, subject="Crate", text="Look.")
    close(cast, case)
    answer(case, "poor", by=cast.in_portal(cast.kim), way=Satisfaction.Way.PORTAL, comment="Too slow by far")
    ours = browser(cast.ana).get(f"/desk/cases/{case.number}").content.decode()
    theirs = browser(cast.omar).get(f"/desk/cases/{case.number}").content.decode()
    assert "Too slow by far" in ours
    assert "answered after the closing: Not satisfied" in ours
    assert case.number in theirs
    for words in ("Too slow by far", "Not satisfied", "answered after"):
        assert words not in theirs


@pytest.mark.parametrize(("name", "count"), [("ana", 1), ("omar", 0), ("pia", 0), ("kim", 1), ("jo", 0)])
def test_whose_it_is(cast: Cast, name: str, count: int) -> None:
    case = raised_by_kim(cast)
    add_partner(case, by=cast.at_desk(cast.ana), partner=cast.brightwater, subject="Crate", text="Look.")
    close(cast, case)
    answer(case, "good", by=cast.in_portal(cast.kim), way=Satisfaction.Way.PORTAL)
    person = getattr(cast, name)
    viewer = cast.in_portal(person) if name in ("kim", "jo") else cast.at_desk(person)
    assert Satisfaction.objects.visible_to(viewer).count() == count


def test_answers_are_counted_by_day_of_the_zone(cast: Cast) -> None:
    kim, zone, today = cast.in_portal(cast.kim), ZoneInfo("Asia/Ho_Chi_Minh"), now().replace(hour=18)
    for verdict, days in (("good", 0), ("good", 0), ("poor", 0), ("good", 3)):
        given = answer(closed_case(cast), verdict, by=kim, way=Satisfaction.Way.PORTAL)
        Satisfaction.objects.filter(pk=given.pk).update(answered_at=today - timedelta(days=days))
    since, until = today - timedelta(days=5), today + timedelta(seconds=1)
    tomorrow = (today + timedelta(days=1)).date()
    assert list(answers_by_day(cast.at_desk(cast.ana), since=since, until=until, zone=zone)) == [
        DayOfAnswers(tomorrow - timedelta(days=3), Verdict.GOOD, 1),
        DayOfAnswers(tomorrow, Verdict.GOOD, 2),
        DayOfAnswers(tomorrow, Verdict.POOR, 1),
    ]
    assert list(answers_by_day(cast.at_desk(cast.pia), since=since, until=until, zone=zone)) == []
