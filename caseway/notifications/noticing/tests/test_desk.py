"""The page of one's notifications, and the bell."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from caseway.cases.models import Case, Visit
from caseway.cases.ownership import actions as ownership
from caseway.cases.tests.story import raised_by_kim, says
from caseway.cases.types import Audience
from caseway.core.events import silence
from caseway.demo.cast import Cast
from caseway.notifications.models import Notice
from caseway.notifications.noticing.actions import settle_seen
from caseway.notifications.noticing.queries import unread_of

PAGE = "/desk/notifications/"


def signed_in(cast: Cast, name: str = "ana") -> Client:
    browser = Client()
    browser.force_login(getattr(cast, name))
    return browser


@pytest.fixture
def case(cast: Cast) -> Case:
    with silence():
        case = raised_by_kim(cast)
        ownership.claim(case, by=cast.at_desk(cast.ana))
    says(case, cast.in_portal(cast.kim), Audience.CUSTOMER, "Where is <my> sideboard?")
    return case


def test_the_page_says_who_what_and_where(cast: Cast, case: Case) -> None:
    page = signed_in(cast).get(PAGE).content.decode()
    for words in ("Kim Tran wrote", case.number, "Where is &lt;my&gt; sideboard?", "My cases and tasks"):
        assert words in page
    assert 'class="noticerow unread"' in page
    assert case.number not in signed_in(cast, "ben").get(PAGE).content.decode()


def test_the_bell_counts_what_is_unread(cast: Cast, case: Case) -> None:
    bell = 'id="count-notices"'
    ana = signed_in(cast)
    assert f"{bell}>1<" in ana.get(PAGE).content.decode()
    assert f'{bell} hx-swap-oob="true">1<' in ana.get("/desk/counts").content.decode()
    ana.post(f"{PAGE}reading/")
    assert f"{bell}>0<" in ana.get(PAGE).content.decode()


def test_opening_one_reads_it_and_goes_to_the_message(cast: Cast, case: Case) -> None:
    notice = Notice.objects.get(person=cast.ana)
    answer = signed_in(cast).post(f"{PAGE}{notice.pk}/")
    assert answer["Location"] == f"/desk/cases/{case.number}#message-{notice.message_id}"
    assert not unread_of(cast.at_desk(cast.ana)).exists()


@pytest.mark.parametrize("name", ["ben", "omar", "pia", "admin", "kim"])
def test_anothers_is_not_there(cast: Cast, case: Case, name: str) -> None:
    notice = Notice.objects.get(person=cast.ana)
    assert signed_in(cast, name).post(f"{PAGE}{notice.pk}/").status_code == 404
    assert unread_of(cast.at_desk(cast.ana)).exists()


def test_what_came_after_the_page_stays_unread(cast: Cast, case: Case) -> None:
    ana = signed_in(cast)
    page = ana.get(PAGE).content.decode()
    moment = page.partition('name="until" value="')[2].partition('"')[0]
    says(case, cast.in_portal(cast.kim), Audience.CUSTOMER, "Hello?")
    ana.post(f"{PAGE}reading/", {"until": moment})
    assert unread_of(cast.at_desk(cast.ana)).count() == 1


def test_the_page_keeps_its_budget(cast: Cast, case: Case, django_assert_max_num_queries) -> None:
    ana = signed_in(cast)
    for number in range(30):
        says(case, cast.in_portal(cast.kim), Audience.CUSTOMER, f"Number {number}")
    with django_assert_max_num_queries(12):
        assert ana.get(PAGE).content.decode().count("noticerow") == 31


def test_what_was_seen_by_its_case_is_settled_and_nothing_else(cast: Cast, case: Case) -> None:
    """Ana opened the case after Kim's first words and before the second."""
    seen = Notice.objects.get(person=cast.ana)
    Visit.objects.create(case=case, person=cast.ana, seen_at=seen.told_at)
    says(case, cast.in_portal(cast.kim), Audience.CUSTOMER, "Hello?")
    before = set(unread_of(cast.at_desk(cast.ana)).values_list("pk", flat=True))
    assert settle_seen() == 1
    seen.refresh_from_db()
    assert seen.read_at is not None
    assert set(unread_of(cast.at_desk(cast.ana)).values_list("pk", flat=True)) == before
    assert seen.pk not in before
    assert settle_seen() == 0


@pytest.mark.parametrize("show", ["", "?show=unread"])
def test_no_page_looks_twice_at_everybodys(cast: Cast, case: Case, show: str) -> None:
    """Whether a line is unread is asked of the line itself: through a second look at the table
    PostgreSQL read the notices of the whole system, 200 ms of a hundred thousand."""
    with CaptureQueriesContext(connection) as asked:
        assert signed_in(cast).get(PAGE + show).status_code == 200
    [rows] = [q["sql"] for q in asked.captured_queries if 'AS "is_unread"' in q["sql"]]
    assert rows.count('FROM "notifications_notice"') == 1


def test_every_address_keeps_its_budget(cast: Cast, case: Case) -> None:
    ana = signed_in(cast)
    for _number in range(30):
        says(case, cast.in_portal(cast.kim), Audience.CUSTOMER, "Again")
    key = Notice.objects.filter(person=cast.ana).latest("pk").pk
    sent = {"mine-shown": "on", "digest_at": "08:00"}
    budgets: list[tuple[str, str, dict[str, str], int]] = [
        ("get", f"{PAGE}?show=unread", {}, 12),
        ("get", f"{PAGE}choices/", {}, 7),
        ("post", f"{PAGE}choices/", sent, 18),
        ("post", f"{PAGE}{key}/", {}, 12),
        ("post", f"{PAGE}reading/", {}, 11),
    ]
    for method, address, data, most in budgets:
        with CaptureQueriesContext(connection) as asked:
            getattr(ana, method)(address, data)
        assert len(asked) <= most, (address, [q["sql"][:90] for q in asked.captured_queries])
