"""Guides in the portal: found by topic, by search and while typing; opening one never loses the form."""

import re

import pytest

from caseway.cases.guides import portal
from caseway.cases.guides.counting import counts_of
from caseway.cases.models import Category, GuideTopic
from caseway.demo.cast import Cast
from caseway.guidance.models import Guide
from caseway.guidance.tests.writing import guide_of, larkfields
from caseway.portal.tests.people import browser, by_htmx

pytestmark = pytest.mark.django_db
LIST = "/portal/guidance/"


def counted(guide: Guide) -> tuple[int, ...]:
    return tuple(counts_of([guide])[guide.pk].values())[:3]


def test_all_guides_by_topic_and_those_a_search_finds(cast: Cast) -> None:
    guide = guide_of(larkfields(cast), "Report damage", "Send photos.")
    guide_of(larkfields(cast), "Opening hours", "From eight to five.")
    goods = Category.objects.get(organisation=cast.larkfield, name__en="Goods")
    GuideTopic.objects.create(guide=guide, category=goods)
    page = browser(cast.kim).get(LIST).content.decode()
    assert re.search(
        r"<h2[^>]*>Goods</h2>.*Report damage.*<h2[^>]*>More</h2>.*Opening hours", page, re.DOTALL
    )
    found = browser(cast.kim).get(LIST, {"q": "damage"}).content.decode()
    assert found.index("Report damage") < found.find("Opening hours") or "Opening hours" not in found
    assert "Report damage" not in browser(cast.kim).get(LIST, {"q": "x"}).content.decode()


def test_a_guide_opens_as_a_page_or_over_the_form_and_counts_once_for_it(cast: Cast) -> None:
    guide = guide_of(larkfields(cast), "Damage", "Send **photos**.")
    address = f"{LIST}{guide.pk}/?form=abc"
    kim = browser(cast.kim)
    page, _reloaded = (kim.get(address).content.decode() for _time in range(2))
    panel = kim.get(address, headers={"HX-Request": "true"}).content.decode()
    assert "<h1" in page
    assert "<strong>photos</strong>" in page
    assert panel.lstrip().startswith("<dialog")
    assert "<html" not in panel
    assert counted(guide) == (0, 1, 0)


def test_this_solved_it_ends_there_and_counts_once(cast: Cast) -> None:
    guide, kim = guide_of(larkfields(cast)), browser(cast.kim)
    answer, _again = (kim.post(f"{LIST}{guide.pk}/solution/", {"form": "abc"}) for _time in range(2))
    assert "No case was raised" in answer.content.decode()
    assert counted(guide) == (0, 0, 1)


def test_while_typing_guides_are_suggested_marked_and_counted(cast: Cast) -> None:
    guide = guide_of(larkfields(cast), "Report <damaged> goods", "Send photos.")
    sent = {"subject": "", "description": "everything arrived damaged", "form": "abc"}
    kim = by_htmx(cast.kim)
    fragment, *_more = (kim.post(f"{LIST}suggestions/", sent).content.decode() for _letter in range(3))
    assert "Report &lt;<mark>damaged</mark>&gt; goods" in fragment
    assert f'hx-get="{LIST}{guide.pk}/?form=abc"' in fragment
    assert 'target="_blank"' in fragment
    assert counted(guide) == (1, 0, 0)
    assert kim.post(f"{LIST}suggestions/", {"description": ""}).content.decode().strip() == ""


def test_typing_is_limited(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(portal, "PER_MINUTE", 2)
    kim = by_htmx(cast.kim)
    assert [kim.post(f"{LIST}suggestions/", {}).status_code for _letter in range(3)] == [200, 200, 429]


def test_drafts_and_others_guides_are_not_there(cast: Cast) -> None:
    draft = guide_of(larkfields(cast), "Draft", draft=True)
    theirs = guide_of(cast.at_desk(cast.iris), "Theirs")
    for guide in (draft, theirs):
        assert browser(cast.kim).get(f"{LIST}{guide.pk}/").status_code == 404
        assert browser(cast.kim).post(f"{LIST}{guide.pk}/solution/").status_code == 404
        assert guide.title not in browser(cast.kim).get(LIST).content.decode()
    assert browser(cast.ana).get(LIST).status_code == 404


def test_each_portal_shows_its_brands_guides(cast: Cast) -> None:
    guide_of(larkfields(cast), "Garden only", brand=cast.garden_brand.pk)
    assert "Garden only" not in browser(cast.kim).get(LIST).content.decode()
    garden = browser(cast.kim, host="garden.localhost")
    assert "Garden only" in garden.get(LIST).content.decode()


def test_pages_cost_few_queries(cast: Cast, django_assert_max_num_queries) -> None:
    guides = [guide_of(larkfields(cast), f"Guide {number}") for number in range(20)]
    kim = browser(cast.kim)
    with django_assert_max_num_queries(9):
        kim.get(LIST)
    with django_assert_max_num_queries(11):
        kim.get(f"{LIST}{guides[0].pk}/")
    with django_assert_max_num_queries(14):
        kim.post(f"{LIST}suggestions/", {"description": "report the damage"})
