"""What opens over the desk's pages is for everyone: axe, contrast in both schemes, and all of it in sight."""

from collections.abc import Iterator

from playwright.sync_api import Page

from caseway.cases.lists.kinds import kind_named
from caseway.cases.models import Case
from caseway.cases.tests.story import raised_by_kim
from caseway.demo.cast import Cast
from tests.everyone import objections

from .conftest import Window

DEEDS = ("owner", "team", "release", "level", "suspension", "closure", "cancellation", "merge", "split")


def opened(page: Page, address: str, pressed: str, shown: str = "dialog[open]") -> str:
    """Go there and press it; waits until it shows, and says what does."""
    page.goto(address)
    page.locator(f"{pressed} >> visible=true").first.click()
    page.locator(shown).first.wait_for()
    return shown


def on_a_case(page: Page, case: Case) -> Iterator[str]:
    here = f"/desk/cases/{case.number}"
    yield opened(page, here, "[popovertarget=deeds]", "#deeds")
    for deed in (*DEEDS, "links"):
        page.goto(here)
        page.locator("[popovertarget=deeds]").click()
        page.locator(f"#deeds a[href*='/{deed}']").first.click()
        page.locator("dialog[open]").wait_for()
        yield "dialog[open]"
    yield from while_merging(page, f"{here}/merge")
    yield opened(page, here, "a[href*='/tasks/new']")
    yield opened(page, here, "a[href*='/watchers']")
    yield opened(page, here, "#field-deadline a", "#field-deadline form")


def while_merging(page: Page, address: str) -> Iterator[str]:
    page.goto(address)
    page.locator("input[type=radio]").first.check()
    page.get_by_role("button", name="Continue").click()
    page.locator(".chapters").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    yield "main"


def while_writing(page: Page, case: Case) -> Iterator[str]:
    for key in ("n", "Shift+N", "p", "r"):
        page.goto(f"/desk/cases/{case.number}")
        page.keyboard.press(key)
        yield ".composer"
    yield opened(
        page, page.url, ".composer [popovertarget^=composer-ways]", "[id^=composer-ways]:popover-open"
    )
    page.keyboard.press("Escape")
    page.keyboard.press("n")
    page.keyboard.type("@b")
    page.locator(".insertbox [role=option]").first.wait_for()
    yield ".insertbox"


def on_a_list(page: Page) -> Iterator[str]:
    here = "/desk/cases/?view=all-active&sort=deadline"
    for chip in ("status", "deadline", "owner"):
        yield opened(page, here, f".chip[href*='/filters/{chip}/']", "#filterpop:popover-open .onefilter")
    yield opened(page, here, ".chip[href*='/filters/?']", "#filterpop:popover-open .filterfields")
    yield opened(page, here, "[popovertarget=view-menu]", "#view-menu:popover-open")
    yield opened(page, here, "[popovertarget=group-menu]", "#group-menu:popover-open")
    yield opened(page, here, "[href*='/cases/columns']")
    page.goto(here)
    page.keyboard.press("Control+k")
    page.locator("dialog[open] [role=option]").first.wait_for()
    yield "dialog[open]"
    yield opened(page, here, "tbody input[type=checkbox]", "[data-selected]")
    page.evaluate(
        "document.querySelectorAll('.bulkbar > .btn').forEach(deed => deed.append('zusammenführen'))"
    )
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.locator("[data-clear]").evaluate("clear => clear.getBoundingClientRect().right <= innerWidth")
    page.locator(".bulkbar [value=close]").click()
    page.locator("dialog[open]").wait_for()
    yield "dialog[open]"
    page.goto(here)
    page.locator("h1").click()
    page.keyboard.press("?")
    page.locator("dialog[open]").wait_for()
    yield "dialog[open]"


def test_what_opens_on_a_case(window: Window, people: Cast, case: Case) -> None:
    other = raised_by_kim(people, "Another one, and a subject that takes more than a line of a phone")
    page = window(people.lea, 390, bypass_csp=True)
    for within in on_a_case(page, case):
        assert objections(page, within) == [], (page.url, within)
    assert objections(page, opened(page, f"/desk/cases/{other.number}", ".side a[href*='/partner']")) == []


def test_what_opens_while_one_writes(window: Window, people: Cast, case: Case) -> None:
    page = window(people.ana, bypass_csp=True)
    page.set_viewport_size({"width": 1440, "height": 480})  # lower than the page, which scrolls
    for within in while_writing(page, case):
        assert objections(page, within) == [], within


def test_what_opens_over_a_list(window: Window, people: Cast, case: Case) -> None:
    page = window(people.ana, bypass_csp=True)
    for within in on_a_list(page):
        assert objections(page, within) == [], within


def test_settings_tell_everyone_what_is_wrong(window: Window, people: Cast) -> None:
    page = window(people.admin, 320, bypass_csp=True)
    new = [f"lists/{kind_named(key).key}/new/" for key in ("categories", "tags")]
    for place in (*new, "people/new/", "teams/new/", "roles/new/", "reminders/new/", "canned-answers/new/"):
        page.goto(f"/desk/settings/{place}")
        page.evaluate("document.querySelectorAll('form').forEach(form => { form.noValidate = true })")
        page.locator("main button.primary").click()
        page.locator("main [aria-invalid=true]").first.wait_for()
        assert objections(page) == [], place
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, place
    pair = f"partnerships/{people.larkfield_tamarack.pk}/"
    for place in (
        "",
        "policies/",
        "audit-log/",
        "second-factor/",
        "brands/",
        "lists/reasons/",
        "guidance/",
        "partnerships/",
        pair,
    ):
        page.goto(f"/desk/settings/{place}")
        assert objections(page) == [], place
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, place
