"""My cases and the portal's home: whose cases are there, and how they are found."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from caseway.cases.conversation.actions import Then, post
from caseway.cases.conversation.writing import Content
from caseway.cases.lifecycle import actions as lifecycle
from caseway.cases.merging import actions as merging
from caseway.cases.models import Case, Side
from caseway.cases.ownership import actions as ownership
from caseway.cases.tests.story import (
    closure_reason,
    raised_by_kim,
    says,
    shared_with_brightwater,
    side_of,
)
from caseway.cases.types import Audience, Source
from caseway.core.clock import now
from caseway.demo.cast import Cast
from caseway.portal.tests.people import browser, item_for, link_to, shipment_for

LIST = "/portal/cases/"


def shown(client: Client, query: str = "", path: str = LIST) -> str:
    response = client.get(path + query)
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def subjects(page: str) -> list[str]:
    return re.findall(r"Subject-\d\d", page)


def close(cast: Cast, case: Case) -> None:
    lifecycle.close(case, by=cast.at_desk(cast.lea), reason=closure_reason(cast).pk, note="done")


def test_a_customer_sees_their_cases_with_what_they_may_know(cast: Cast) -> None:
    case = raised_by_kim(cast)
    ownership.claim(case, by=cast.at_desk(cast.ana))
    page = shown(browser(cast.kim))
    for words in ("Sideboard arrived broken", case.number, "The top is cracked.", "Ana Ferreira"):
        assert words in page
    assert "Open" in page
    assert "We are working on it" in page


def test_nobody_without_a_sign_in(cast: Cast) -> None:
    for path in ("/", LIST):
        response = browser().get(path)
        assert response.status_code == 302
        assert response["Location"].startswith("/accounts/login/")


def test_strangers_and_colleagues_see_nothing_of_it(cast: Cast) -> None:
    case = raised_by_kim(cast)
    for stranger in (cast.jo, cast.max):
        for path in (LIST, "/", f"{LIST}?q={case.number}"):
            page = shown(browser(stranger), path=path)
            assert "Sideboard" not in page
            assert f"{case.number}/" not in page


def test_the_account_administrator_sees_the_accounts_cases(cast: Cast) -> None:
    case = raised_by_kim(cast)
    Case.objects.filter(pk=case.pk).update(contact=cast.contact(cast.jo))
    page = shown(browser(cast.kim))
    assert case.number in page
    assert "raised by Jo Castellano" in page
    assert case.number not in shown(browser(cast.kim), "?whose=me")


def test_agents_have_no_place_here_and_are_sent_to_their_desk(cast: Cast) -> None:
    assert browser(cast.ana).get(LIST).status_code == 404
    response = browser(cast.ana).get("/")
    assert (response.status_code, response["Location"]) == (302, "/desk/")


def test_nothing_of_our_own_business_is_shown(cast: Cast) -> None:
    case = shared_with_brightwater(cast)
    ana = cast.at_desk(cast.ana)
    Side.objects.filter(case=case, organisation=cast.larkfield).update(
        tags=["secret-tag"], crm_number="SECRET-CRM", level=3
    )
    says(case, ana, Audience.TEAM, "SECRET team note")
    says(case, cast.at_desk(cast.omar), Audience.PARTNER, "SECRET partner words")
    ownership.claim(case, by=cast.at_desk(cast.omar))
    for path in (LIST, "/", f"{LIST}{case.number}/", f"{LIST}{case.number}/conversation/"):
        page = browser(cast.kim, **{"HX-Request": "true"}).get(path).content.decode()
        assert case.number in page
        for word in ("SECRET", "secret-tag", "Omar", "Brightwater", "Priority", "Crate damaged"):
            assert word not in page, (path, word)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"new", "waiting", "closed"}),
        ("?status=waiting", {"waiting"}),
        ("?status=with-us", {"new"}),
        ("?status=closed", {"closed"}),
        ("?channel=email", {"waiting"}),
        ("?channel=portal", {"new", "closed"}),
        ("?channel=other", set()),
        ("?created=7d", {"new", "waiting"}),
        ("?created=90d", {"new", "waiting", "closed"}),
        ("?q=2209417", set()),
        ("?q=SHP 2209", {"new"}),
        ("?status=nonsense&channel=x&created=y&whose=z&category=abc", {"new", "waiting", "closed"}),
        ("?q=%00%22%3Cscript%3E", set()),
    ],
)
def test_filters(cast: Cast, query: str, found: set[str]) -> None:
    cases = {name: raised_by_kim(cast, f"The {name} one") for name in ("new", "waiting", "closed")}
    Case.objects.filter(pk=cases["new"].pk).update(shipment=shipment_for(cast))
    Case.objects.filter(pk=cases["waiting"].pk).update(source=Source.EMAIL)
    says(cases["waiting"], cast.at_desk(cast.ana), Audience.CUSTOMER, "Which colour?")
    close(cast, cases["closed"])
    Case.objects.filter(pk=cases["closed"].pk).update(created_at=now() - timedelta(days=20))
    page = shown(browser(cast.kim), query)
    assert {name for name in cases if f"The {name} one" in page} == found


def test_a_case_is_found_by_its_number_however_it_is_typed(cast: Cast) -> None:
    case, other = raised_by_kim(cast, "This one"), raised_by_kim(cast, "The other")
    digits = case.number.lstrip("CV0")
    for typed in (case.number, case.number.lower(), f"cv {digits}", digits):
        page = shown(browser(cast.kim), f"?q={typed}")
        assert "This one" in page, typed
        assert "The other" not in page, typed
    assert other.number != case.number


def test_the_topic_filters(cast: Cast) -> None:
    case = raised_by_kim(cast, "About goods")
    raised_by_kim(cast, "About nothing")
    item = item_for(cast)
    Side.objects.filter(case=case).update(category=item)
    page = shown(browser(cast.kim), f"?category={item.parent_id}")
    assert "About goods" in page
    assert "About nothing" not in page


def test_pages_go_by_key_and_back(cast: Cast) -> None:
    client = browser(cast.kim)
    for number in range(27):
        raised_by_kim(cast, f"Subject-{number:02}")
    first = shown(client)
    assert subjects(first) == [f"Subject-{number:02}" for number in range(26, 1, -1)]
    assert not link_to("prev", first)
    second = shown(client, path=link_to("next", first))
    assert subjects(second) == ["Subject-01", "Subject-00"]
    assert not link_to("next", second)
    assert subjects(shown(client, path=link_to("prev", second))) == subjects(first)


def test_a_page_of_another_list_is_refused(cast: Cast) -> None:
    for number in range(27):
        raised_by_kim(cast, f"Subject-{number:02}")
    older = link_to("next", shown(browser(cast.kim)))
    assert browser(cast.jo).get(older).status_code == 422
    assert browser(cast.kim).get(f"{older}&status=closed").status_code == 422
    assert browser(cast.kim).get(older[:-2] + "xx").status_code == 422


def test_the_count_of_each_state(cast: Cast) -> None:
    raised_by_kim(cast)
    close(cast, raised_by_kim(cast))
    tabs = re.findall(r'>([A-Za-z ]+) <span class="n">(\d+)</span>', shown(browser(cast.kim)))
    assert tabs == [("All", "2"), ("Waiting for you", "0"), ("With us", "1"), ("Closed", "1")]


def test_a_merged_case_says_where_it_went(cast: Cast) -> None:
    merged, survivor = raised_by_kim(cast, "Second report"), raised_by_kim(cast, "First report")
    merging.merge(merged, by=cast.at_desk(cast.lea), into=survivor)
    assert f"Joined with {survivor.number}" in shown(browser(cast.kim))


def test_a_paused_case_says_until_when(cast: Cast) -> None:
    case = raised_by_kim(cast)
    until = now().replace(hour=15) + timedelta(days=40)
    lifecycle.suspend(case, by=cast.at_desk(cast.lea), note="secret reason", until=until)
    page = shown(browser(cast.kim))
    assert f"Paused until {until.day} {until:%b}" in page
    assert "secret reason" not in page


def test_empty_and_nothing_found(cast: Cast) -> None:
    assert "You have no cases yet" in shown(browser(cast.max))
    raised_by_kim(cast)
    page = shown(browser(cast.kim), "?q=NLF-4471")
    assert "No case matches “NLF-4471”" in page
    assert "Show all cases" in page


def test_the_home_asks_what_we_need(cast: Cast) -> None:
    case = raised_by_kim(cast)
    answer = Content("Thank you, Kim. I looked. Which code is on the carton label? It is near the top.")
    post(case, by=cast.at_desk(cast.ana), audience=Audience.CUSTOMER, content=answer, then=Then())
    page = shown(browser(cast.kim), path="/")
    assert "We need something from you" in page
    assert "Which code is on the carton label?" in page
    assert "Answer Ana" in page
    assert "1 case waits for your answer." in page


def test_the_home_names_the_customer_and_the_brand(cast: Cast) -> None:
    page = shown(browser(cast.kim), path="/")
    assert ", Kim" in page
    assert "Larkfield</span>" in page
    garden = Client(headers={"host": "garden.localhost"})
    garden.force_login(cast.kim)
    page = shown(garden, path="/")
    assert "Larkfield Garden</span>" in page
    assert "/ui/brand-3f6f2a.css" in page


def test_the_portal_of_another_organisation_is_closed(cast: Cast) -> None:
    cast.garden_brand.organisation = cast.quillon
    cast.garden_brand.save()
    client = Client(headers={"host": "garden.localhost"})
    client.force_login(cast.kim)
    assert client.get(LIST).status_code == 404


@pytest.mark.parametrize(("path", "budget"), [(LIST, 10), ("/", 11)])
def test_queries_do_not_grow_with_the_list(cast: Cast, django_assert_max_num_queries, path, budget) -> None:
    cases = [raised_by_kim(cast, f"Subject {number}") for number in range(8)]
    Case.objects.filter(pk__in=[case.pk for case in cases]).update(shipment=shipment_for(cast))
    ownership.claim(cases[0], by=cast.at_desk(cast.ana))
    lifecycle.suspend(cases[1], by=cast.at_desk(cast.lea), note="x")
    merging.merge(cases[2], by=cast.at_desk(cast.lea), into=cases[3])
    says(cases[4], cast.at_desk(cast.ana), Audience.CUSTOMER, "Which?")
    Side.objects.filter(case__in=cases).update(category=item_for(cast))
    client = browser(cast.kim)
    with django_assert_max_num_queries(budget):
        assert cases[0].number in shown(client, path=path)
    assert side_of(cases[0], cast.larkfield).owner == cast.ana


def test_our_move_does_not_call_for_the_customer(cast: Cast) -> None:
    case = raised_by_kim(cast)
    says(case, cast.at_desk(cast.ana), Audience.CUSTOMER, "Which colour?")
    says(case, cast.in_portal(cast.kim), Audience.CUSTOMER, "Blue")
    for path in (LIST, f"{LIST}{case.number}/"):
        page = shown(browser(cast.kim), path=path)
        assert "Pending from agent" in page
        assert 'data-status="pending-agent"' not in page


def test_somebody_without_a_seat_finds_nothing(cast: Cast) -> None:
    cast.contact(cast.max).delete()
    assert browser(cast.max).get("/").status_code == 404
