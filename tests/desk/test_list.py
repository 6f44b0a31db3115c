"""The lists of cases, as an agent reads them."""

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest

from caseway.cases.creation.actions import create
from caseway.cases.creation.fields import NewCase
from caseway.cases.lifecycle.actions import close
from caseway.cases.models import Case, Side
from caseway.cases.ownership.actions import assign, claim
from caseway.cases.tests.story import (
    closure_reason,
    owned_by_ana,
    raised_by_kim,
    says,
    shared_with_brightwater,
)
from caseway.cases.types import Audience
from caseway.cases.watching.actions import follow
from caseway.core.clock import now
from caseway.demo.cast import Cast
from caseway.shipments.models import Shipment, ShipmentNumber

from .conftest import Desk, links


def numbers(page: str) -> list[str]:
    """The case numbers of the rows, from top to bottom."""
    return re.findall(r'class="c-num">(CV\d+)<', page)


def listed(desk: Desk, person, query: str = "") -> str:
    answer = desk(person).get(f"/desk/cases/?{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_desk_begins_with_all_active_cases(cast: Cast, desk: Desk) -> None:
    case = raised_by_kim(cast)
    answer = desk(cast.ana).get("/desk/", follow=True)
    assert numbers(answer.content.decode()) == [case.number]


def test_each_view_holds_its_own(cast: Cast, desk: Desk) -> None:
    new, mine, watched = raised_by_kim(cast), owned_by_ana(cast), raised_by_kim(cast)
    closed = owned_by_ana(cast)
    close(closed, by=cast.at_desk(cast.ana), reason=closure_reason(cast).pk, note="x")
    assign(watched, by=cast.at_desk(cast.lea), to=cast.ben)
    desk(cast.ana).post(f"/desk/cases/{watched.number}/watch")
    expected = {
        "all-active": {new, mine, watched},
        "my-active": {mine},
        "my-watched": {watched},
        "new": {new},
        "all": {new, mine, watched, closed},
        "todo": {mine},
        "following": {watched},
        "created": {mine, closed},
        "processed": {closed, watched},
        "recent-responses": {new, watched},
    }
    for view, cases in expected.items():
        assert set(numbers(listed(desk, cast.ana, f"view={view}"))) == {c.number for c in cases}, view


def test_the_sidebar_counts_live(cast: Cast, desk: Desk) -> None:
    raised_by_kim(cast)
    assert '<span class="count hot" id="count-new">1</span>' in listed(desk, cast.ana)
    raised_by_kim(cast)
    counts = desk(cast.ana).get("/desk/counts").content.decode()
    assert 'id="count-new" hx-swap-oob="true">2</span>' in counts
    assert 'id="count-new"' in desk(cast.omar).get("/desk/counts").content.decode()
    assert (
        'id="count-new" hx-swap-oob="true">0</span>' in desk(cast.omar).get("/desk/counts").content.decode()
    )


def test_every_count_has_its_place_on_a_case_too(cast: Cast, desk: Desk) -> None:
    case, ana = raised_by_kim(cast), desk(cast.ana)
    page = ana.get(f"/desk/cases/{case.number}").content.decode()
    fetched = re.findall(r'id="(count-[\w-]+)"', ana.get("/desk/counts").content.decode())
    assert fetched
    assert [one for one in fetched if f'id="{one}"' not in page] == []


@pytest.mark.parametrize("typed", ["SIDEBOARD", "bwf 4471", "PO-88213", "cv{number}", "00291847", "cracked"])
def test_search_finds_by_words_and_by_every_number(cast: Cast, desk: Desk, typed: str) -> None:
    case, other = raised_by_kim(cast, "Walnut sideboard"), owned_by_ana(cast)
    shipment = Shipment.objects.create(organisation=cast.larkfield, number="SHP-1")
    for kind, value in (("tracking", "BWF44719082"), ("po", "PO88213")):
        ShipmentNumber.objects.create(shipment=shipment, kind=kind, value=value)
    Case.objects.filter(pk=case.pk).update(shipment=shipment)
    Side.objects.filter(case=case).update(crm_number="00291847")
    page = listed(desk, cast.ana, f"view=all&q={typed.format(number=int(case.number[2:]))}")
    assert numbers(page) == [case.number]
    assert other.number not in page


def test_filters_stand_in_the_address_as_chips_and_can_be_taken_away(cast: Cast, desk: Desk) -> None:
    mine, other = owned_by_ana(cast), raised_by_kim(cast)
    page = listed(desk, cast.ana, "view=all&owner=me&status=open&status=new")
    assert numbers(page) == [mine.number]
    assert "<em>Owner</em> me" in page
    assert "<em>Status</em> Open, New" in page
    (without,) = links(page, "Remove filter: Owner")
    assert set(numbers(desk(cast.ana).get(without).content.decode())) == {mine.number, other.number}


def test_days_are_the_readers_days(cast: Cast, desk: Desk) -> None:
    case = raised_by_kim(cast)
    # 3 in the morning in UTC is the evening before at Larkfield.
    Side.objects.filter(case=case).update(created_at="2026-03-10T03:00:00Z")
    assert numbers(listed(desk, cast.ana, "created.after=2026-03-09&created.before=2026-03-09")) == [
        case.number
    ]
    assert numbers(listed(desk, cast.ana, "created.after=2026-03-10")) == []


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("view=my-active&status=foo", "Status: There is no such choice."),
        ("created.after=soon", "Created from: Write the date as 2026-01-31."),
        ("view=none", "view: There is no such view."),
        ("sort=subject", "sort: "),
        ("cursor=abc", "cursor: "),
    ],
)
def test_a_value_that_is_none_is_told_and_shows_nothing(
    cast: Cast, desk: Desk, query: str, told: str
) -> None:
    case = raised_by_kim(cast)
    answer = desk(cast.ana).get(f"/desk/cases/?{query}")
    assert answer.status_code == 422
    page = answer.content.decode()
    assert f"<b>This filter could not be used.</b> {told}" in page
    assert ("<h1>My active cases</h1>" if "my-active" in query else "<h1>All active cases</h1>") in page
    assert case.number not in page


def test_sorted_by_deadline_the_list_has_headings(cast: Cast, desk: Desk) -> None:
    over, soon, none = raised_by_kim(cast), raised_by_kim(cast), raised_by_kim(cast)
    Side.objects.filter(case=over).update(deadline=now() - timedelta(minutes=38))
    Side.objects.filter(case=soon).update(deadline=now() + timedelta(minutes=24))
    page = listed(desk, cast.ana, "sort=deadline")
    assert numbers(page) == [over.number, soon.number, none.number]
    assert headings(page) == ["Overdue 1 case", "Due in the next 4 hours 1 case", "Without deadline"]
    assert 'data-due="over"' in page
    assert 'aria-sort="ascending"' in page


def test_a_column_turns_its_order(cast: Cast, desk: Desk) -> None:
    first, second = raised_by_kim(cast), raised_by_kim(cast)
    assert numbers(listed(desk, cast.ana, "sort=-created")) == [second.number, first.number]
    assert numbers(listed(desk, cast.ana, "sort=created")) == [first.number, second.number]
    assert 'class="c-num" data-column="number" aria-sort="ascending"' in listed(
        desk, cast.ana, "sort=created"
    )


def test_headings_count_what_other_pages_hold_too(cast: Cast, desk: Desk) -> None:
    for n in range(60):
        raised_by_kim(cast, f"Crate K{n}")
    keys = list(Side.objects.values_list("pk", flat=True))
    Side.objects.filter(pk__in=keys[:3]).update(deadline=now() - timedelta(minutes=38))
    Side.objects.filter(pk__in=keys[3:]).update(deadline=now() + timedelta(minutes=24))
    page = listed(desk, cast.ana, "sort=deadline")
    assert headings(page) == ["Overdue 3 cases", "Due in the next 4 hours 57 cases"]
    assert headings(listed(desk, cast.ana, "sort=deadline&q=K58")) == ["Due in the next 4 hours 1 case"]


def test_what_is_solved_is_never_overdue(cast: Cast, desk: Desk) -> None:
    case = owned_by_ana(cast)
    Side.objects.filter(case=case).update(deadline=now() - timedelta(minutes=38))
    close(case, by=cast.at_desk(cast.ana), reason=closure_reason(cast).pk, note="x")
    assert headings(listed(desk, cast.ana, "view=all&sort=deadline")) == []


def headings(page: str) -> list[str]:
    found = re.findall(r'role="rowheader"[^>]*>(.*?)</th>', page)
    return [re.sub("<[^>]*>", "", words) for words in found]


def told(answer: Any) -> str:
    """Its words, without comments and space."""
    return re.sub(r"<!--.*?-->", "", answer.content.decode()).strip()


def test_a_case_knows_its_place_in_the_list(cast: Cast, desk: Desk) -> None:
    first, _second, third = (raised_by_kim(cast, f"Sideboard {n}") for n in range(3))
    ana = desk(cast.ana)

    def place(case: Case, query: str) -> str:
        page = ana.get(f"/desk/cases/{case.number}?{query}").content.decode()
        found = re.search(r'class="meta not-phone nowrap"([^>]*)>(.*?)</span>', page)
        if found and (counted := re.search(r'hx-get="([^"]*)"', found[1])):
            return f"{found[2]}, then {told(ana.get(unescape(counted[1])))}"
        return found[2] if found else ""

    assert place(third, "view=all-active&sort=-created") == "1 of 3"
    assert place(first, "view=all-active&sort=-created") == "3 of 3"
    assert place(first, "view=all-active&sort=-created&q=sideboard") == "no. 3, then 3 of 3"
    follow(first, by=cast.at_desk(cast.ana))
    assert place(first, "view=following") == "no. 1, then 1 of 1"
    assert place(first, "view=my-active&sort=-created") == ""
    assert place(first, "") == ""


@pytest.mark.parametrize("sort", ["-updated", "deadline", "-latest"])
def test_pages_follow_each_other_there_and_back(cast: Cast, desk: Desk, sort: str) -> None:
    for n in range(53):
        create(NewCase(subject=f"Case {n}", description="x"), by=cast.in_portal(cast.kim))
    Side.objects.filter(pk__in=Side.objects.values("pk")[:20]).update(deadline=now() + timedelta(days=2))
    ana = desk(cast.ana)
    first = ana.get(f"/desk/cases/?view=all&sort={sort}").content.decode()
    (following,) = links(first, 'rel="next"')
    second = ana.get(following).content.decode()
    assert len(numbers(first)) == 50
    assert len(numbers(second)) == 3
    assert not set(numbers(first)) & set(numbers(second))
    (back,) = links(second, 'rel="prev"')
    assert numbers(ana.get(back).content.decode()) == numbers(first)


def test_what_somebody_wrote_is_unread_until_it_was_opened(cast: Cast, desk: Desk) -> None:
    case = raised_by_kim(cast)
    claim(case, by=cast.at_desk(cast.ana))
    ana = desk(cast.ana)
    assert 'class="unread"' in listed(desk, cast.ana)
    assert "<b>Kim T.:</b> The top is cracked." in listed(desk, cast.ana)
    ana.post(f"/desk/cases/{case.number}/visit")
    assert 'class="unread"' not in listed(desk, cast.ana)
    says(case, cast.in_portal(cast.kim), Audience.CUSTOMER, "And the leg, too.")
    assert 'class="unread"' in listed(desk, cast.ana)
    says(case, cast.at_desk(cast.ana), Audience.CUSTOMER, "We see to it.")
    assert "<b>You:</b> We see to it." in listed(desk, cast.ana)


def test_an_empty_view_says_why_and_a_search_offers_to_widen(cast: Cast, desk: Desk) -> None:
    assert "Every case has an owner." in listed(desk, cast.ana, "view=new")
    closed = owned_by_ana(cast)
    close(closed, by=cast.at_desk(cast.ana), reason=closure_reason(cast).pk, note="x")
    page = listed(desk, cast.ana, "view=my-active&q=crate")
    assert "No case matches “crate” in My active cases" in page
    assert "1 of all cases does." in page
    assert "/desk/cases/?q=crate&view=all" in links(page, 'class="btn"')


def test_a_partner_sees_their_own_side_of_the_row(cast: Cast, desk: Desk) -> None:
    case = shared_with_brightwater(cast)
    says(case, cast.in_portal(cast.kim), Audience.CUSTOMER, "Between Kim and Larkfield")
    page = listed(desk, cast.omar)
    assert numbers(page) == [case.number]
    assert "Crate damaged" in page
    assert "Larkfield Home" in page
    for secret in ("Kim", "Sideboard arrived broken", "Between Kim"):
        assert secret not in page


def test_strangers_find_and_count_nothing(cast: Cast, desk: Desk) -> None:
    case = shared_with_brightwater(cast)
    for query in ("view=all", f"view=all&q={case.number}", "view=all&q=sideboard"):
        page = listed(desk, cast.pia, query)
        assert numbers(page) == []
        assert "of all cases" not in page


def test_customers_have_no_desk_and_nobody_is_sent_to_sign_in(cast: Cast, desk: Desk, client) -> None:
    assert desk(cast.kim).get("/desk/cases/").status_code == 404
    answer = client.get("/desk/cases/?view=new")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/login/")


def test_a_case_leaves_the_hidden_counts_to_be_fetched(cast: Cast, desk: Desk) -> None:
    case = raised_by_kim(cast)
    page = desk(cast.ana).get(f"/desk/cases/{case.number}").content.decode()
    assert '<span class="count" id="count-new"></span>' in page
    assert "toggle from:#sidebar" in page
    opened_from_a_list = desk(cast.ana).get(f"/desk/cases/{case.number}?view=new").content.decode()
    assert "1 of 1" in opened_from_a_list
