"""The filter bar: chips in words, a form for each field, everything in the address; without scripts."""

from datetime import datetime, timedelta
from html import unescape
from urllib.parse import parse_qs, urlsplit
from zoneinfo import ZoneInfo

import pytest

from caseway.accounts.models import Organisation
from caseway.cases.models import Side
from caseway.cases.tests.story import owned_by_ana, raised_by_kim
from caseway.cases.views.registry import FIELDS
from caseway.core.clock import now, standing_at
from caseway.demo.cast import Cast

from .conftest import Desk, links
from .test_list import headings, listed, numbers

pytestmark = pytest.mark.django_db
LIST = "view=all-active&sort=deadline"


def sent(desk: Desk, person, name: str, query: str = LIST, **values: object) -> dict[str, list[str]]:
    """The parameters of the list that a field's form makes."""
    answer = desk(person).post(f"/desk/cases/filters/{name}/?{query}", values)
    assert answer.status_code == 302, answer.content.decode()
    return parse_qs(urlsplit(answer.headers["Location"]).query)


def test_every_field_has_a_form_and_all_are_found_by_name(cast: Cast, desk: Desk) -> None:
    ana = desk(cast.ana)
    page = unescape(ana.get(f"/desk/cases/filters/?{LIST}").content.decode())
    for field in FIELDS:
        address = f"/desk/cases/filters/{field.name}/?{LIST}"
        assert f'href="{address}"' in page
        form = ana.get(address)
        assert form.status_code == 200
        assert ana.get(address, headers={"HX-Request": "true"}).content.count(b"<main") == 0
    assert ana.get("/desk/cases/filters/password/").status_code == 404


def test_a_form_keeps_the_rest_of_the_list(cast: Cast, desk: Desk) -> None:
    query = "view=all&type=lost&brand=larkfield&sort=deadline&group=court"
    found = sent(desk, cast.ana, "destination", query, operator="not_contains", value=["Lyon", "Nice", ""])
    assert found == {
        "group": ["court"],
        "view": ["all"],
        "type": ["lost"],
        "brand": ["larkfield"],
        "destination.not_contains": ["Lyon", "Nice"],
        "sort": ["deadline"],
    }
    page = listed(desk, cast.ana, "view=all&destination.not_contains=Lyon")
    assert "<em>Destination does not contain</em> Lyon" in page
    assert "Clear all" in page


def test_another_operator_takes_the_place_of_the_one_that_was(cast: Cast, desk: Desk) -> None:
    query = "view=all&type=lost&type.not=damaged"
    found = sent(desk, cast.ana, "type", f"{query}&operator=not", operator="", value=["cancel"])
    assert found == {"view": ["all"], "type": ["cancel"]}
    assert sent(desk, cast.ana, "type", query, operator="") == {"view": ["all"], "type.not": ["damaged"]}


def test_days_are_asked_for_together(cast: Cast, desk: Desk) -> None:
    found = sent(desk, cast.ana, "created", "view=all", after="2026-01-31", before="")
    assert found == {"view": ["all"], "created.after": ["2026-01-31"]}
    wrong = desk(cast.ana).post("/desk/cases/filters/created/", {"after": "soon", "before": ""})
    assert wrong.status_code == 422
    assert 'role="alert"' in wrong.content.decode()


def test_too_many_customers_are_looked_for(cast: Cast, desk: Desk) -> None:
    address = f"/desk/cases/filters/customer/?{LIST}&customer={cast.fernwood.pk}"
    found = desk(cast.ana).post(address, {"do": "find", "find": "orch"}).content.decode()
    assert "Orchid Hotels" in found
    assert f'value="{cast.fernwood.pk}" checked' not in found, "what was unticked stays so"
    assert "Orchid" not in desk(cast.pia).post(address, {"do": "find", "find": "orch"}).content.decode()


def test_a_chip_leads_to_its_form_and_away(cast: Cast, desk: Desk) -> None:
    mine, other = owned_by_ana(cast), raised_by_kim(cast)
    page = listed(desk, cast.ana, "view=all&owner=me")
    (form,) = [url for url in links(page, "data-filter") if "/filters/owner/" in url]
    assert 'value="me" checked' in desk(cast.ana).get(form).content.decode()
    (without,) = links(page, "Remove filter: Owner")
    assert set(numbers(desk(cast.ana).get(without).content.decode())) == {mine.number, other.number}


def test_the_other_party_is_called_what_it_is(cast: Cast, desk: Desk) -> None:
    assert ">Carrier<svg" in listed(desk, cast.ana)
    assert ">Shipper<svg" in listed(desk, cast.omar)
    offered = desk(cast.ana).get("/desk/cases/filters/partner/").content.decode()
    assert cast.brightwater.name in offered
    assert cast.quillon.name not in offered


def test_the_head_says_what_is_late_and_leads_there(cast: Cast, desk: Desk) -> None:
    late, old = owned_by_ana(cast), owned_by_ana(cast)
    Side.objects.filter(case=late).update(deadline=now() - timedelta(days=2))
    Side.objects.filter(case=old).update(created_at=now() - timedelta(days=500))
    page = listed(desk, cast.ana, "view=new")
    (overdue,) = links(page, "meta late")
    assert "1 overdue" in page
    assert late.number in numbers(desk(cast.ana).get(overdue).content.decode())
    (older,) = [url for url in links(page, "not-phone") if "created.before" in url]
    assert "1 older active case" in page
    assert numbers(desk(cast.ana).get(older).content.decode()) == [old.number]
    assert "overdue" not in listed(desk, cast.pia)
    assert Organisation.objects.get(pk=cast.quillon.pk).name in listed(desk, cast.pia)


def test_due_today_counts_what_its_list_holds(cast: Cast, desk: Desk) -> None:
    noon = datetime(2026, 3, 4, 12, tzinfo=ZoneInfo(cast.larkfield.time_zone))
    hours = {"yesterday": -13, "this morning": -3, "this afternoon": 3, "tomorrow": 13}
    cases = {name: owned_by_ana(cast) for name in hours}
    for name, hour in hours.items():
        Side.objects.filter(case=cases[name]).update(deadline=noon + timedelta(hours=hour))
    with standing_at(noon):
        page = listed(desk, cast.ana)
        (today,) = [url for url in links(page, "meta not-phone") if "deadline.after" in url]
        found = numbers(desk(cast.ana).get(today).content.decode())
    assert "2 overdue" in page
    assert "2 due today" in page
    assert found == [cases["this morning"].number, cases["this afternoon"].number]


def test_a_list_is_parted_by_whose_court_and_by_owner(cast: Cast, desk: Desk) -> None:
    cases = [owned_by_ana(cast), raised_by_kim(cast), owned_by_ana(cast)]
    Side.objects.filter(case=cases[2]).update(court="customer")
    page = unescape(listed(desk, cast.ana, "view=all&group=court"))
    assert headings(page) == ["Our move 2 cases", "The customer's move 1 case"]
    assert numbers(page) == [cases[1].number, cases[0].number, cases[2].number]
    page = listed(desk, cast.ana, "view=all&group=owner")
    assert headings(page) == [f"{cast.ana.name} 2 cases", "Nobody yet 1 case"]
    assert numbers(page)[-1] == cases[1].number
    assert desk(cast.ana).get("/desk/cases/?group=tea").status_code == 422


@pytest.mark.parametrize("group", ["court", "owner"])
def test_a_parted_list_pages_there_and_back(cast: Cast, desk: Desk, group: str) -> None:
    for n in range(60):
        case = raised_by_kim(cast, f"Case {n}")
        owner = (cast.ana, cast.ben, None)[n % 3]
        Side.objects.filter(case=case).update(court=("us", "partner", "customer")[n % 3], owner=owner)
    first = listed(desk, cast.ana, f"view=all&group={group}")
    (after,) = links(first, 'rel="next"')
    second = desk(cast.ana).get(after).content.decode()
    assert len({*numbers(first), *numbers(second)}) == 60
    (before,) = links(second, 'rel="prev"')
    assert numbers(desk(cast.ana).get(before).content.decode()) == numbers(first)
