"""Nobody is shut out of the portal: axe, contrast, and no page scrolls sideways."""

from caseway.cases.drafting.actions import begin
from caseway.cases.drafting.steps import Step
from caseway.cases.models import Case, GuideTopic
from caseway.cases.satisfaction.links import link_token
from caseway.demo.cast import Cast
from caseway.guidance.tests.writing import guide_of, larkfields
from caseway.portal.tests.people import item_for
from tests.everyone import WIDTHS, objections
from tests.portal.conftest import Window


def link_to_answer(case: Case) -> str:
    """The page behind the closing mail's links."""
    assert case.contact is not None
    return f"/satisfaction/{link_token(case.closures.get().pk, case.contact.pk)}/"


def addresses(cast: Cast, story: dict[str, Case]) -> list[str]:
    waiting = f"/portal/cases/{story['waiting'].number}/"
    return [
        "/",
        "/portal/cases/",
        "/portal/cases/?q=NLF-4471",
        "/portal/cases/new/",
        *steps(cast),
        waiting,
        f"{waiting}?tab=emails",
        f"{waiting}created/",
        *(f"{mailed}{more}" for mailed in [link_to_answer(story["closed"])] for more in ("", "?answer=poor")),
        f"{waiting}withdrawal/",
        *(f"/portal/cases/{story[name].number}/" for name in ("merged", "paused", "closed", "old")),
        "/portal/shipments/",
        "/portal/shipments/SHP-2209417/",
    ]


def steps(cast: Cast) -> list[str]:
    """Every step of a case that is begun, with a guide, a shipment and words."""
    guide = guide_of(larkfields(cast), "Report damage", "Send photos.")
    GuideTopic.objects.create(guide=guide, category=item_for(cast))
    content = {"category": str(item_for(cast).pk), "shipment": "SHP-2209417", "subject": "Half a"}
    draft = begin(content, by=cast.in_portal(cast.kim))
    return [f"/portal/cases/new/{draft.pk}/{step}/" for step in Step]


def test_every_page_is_for_everyone_and_fits(window: Window, people: Cast, story: dict[str, Case]) -> None:
    page = window(people.kim)
    for address in addresses(people, story):
        page.set_viewport_size({"width": 1440, "height": 900})
        answer = page.goto(address)
        assert answer, address
        assert answer.ok, address
        assert objections(page) == [], address
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            for direction in ("rtl", "ltr"):
                page.evaluate("direction => { document.documentElement.dir = direction }", direction)
                taken = page.evaluate("document.documentElement.scrollWidth")
                assert taken <= width, (address, width, direction)


def test_what_opens_over_a_page_is_for_everyone(window: Window, people: Cast, story: dict[str, Case]) -> None:
    page = window(people.kim, viewport={"width": 390, "height": 800})
    page.goto("/portal/cases/")
    page.locator(".talk a").first.click()
    page.locator("#talk[open]").wait_for()
    assert objections(page) == []
    page.goto(f"/portal/cases/{story['waiting'].number}/")
    page.get_by_role("link", name="Withdraw the case").click()
    page.locator("#withdraw[open]").wait_for()
    assert objections(page) == []
    page.goto(steps(people)[-1])
    page.get_by_label("Subject").fill("")
    page.get_by_role("button", name="Submit the case").click()
    page.get_by_text("Give the case a subject.").wait_for()
    assert objections(page) == []
