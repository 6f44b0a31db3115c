"""What people type and name runs nowhere: neither in the customer's browser nor in the agent's."""

import io

from playwright.sync_api import Page

from caseway.cases.creation.actions import create
from caseway.cases.creation.fields import NewCase
from caseway.cases.editing.actions import edit
from caseway.cases.files.actions import upload
from caseway.cases.ownership import actions as ownership
from caseway.cases.tests.story import says
from caseway.cases.types import Audience
from caseway.demo.cast import Cast

from .conftest import Window

VECTORS = (
    "<script>window.ran = 1</script>",
    "<img src=x onerror=window.ran=1>",
    "<svg/onload=window.ran=1>",
    "\"><iframe srcdoc='<script>parent.ran=1</script>'>",
    "'-window.ran=1-'",
    "</textarea></title></style><script>window.ran=1</script>",
    "<a href=javascript:window.ran=1 autofocus onfocus=window.ran=1>x</a>",
    "javascript:window.ran=1",
    "{{constructor.constructor('window.ran=1')()}}",
    "<div hx-get=/ hx-trigger=load hx-on:load=window.ran=1>x</div>",
    "<form action=//evil.example><input name=q autofocus onfocus=window.ran=1></form>",
    "<base href=//evil.example><link rel=stylesheet href=//evil.example/x.css>",
)
# Every element that the vectors would make, were they markup.
MADE = (
    "img[src='x'], svg[onload], iframe, [onerror], [onfocus], [hx-get='/'], base, "
    "a[href^='javascript:'], [action*='evil.example'], link[href*='evil.example']"
)
WAKE = """() => {
    for (const element of document.querySelectorAll("body *")) {
        for (const kind of ["mouseover", "focus", "error", "load", "toggle"]) {
            element.dispatchEvent(new Event(kind));
        }
    }
}"""


def is_harmless(page: Page, path: str) -> None:
    """Open a page with the words on it, wake everything, and see that nothing came of them."""
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url))
    answer = page.goto(path)
    assert answer is not None
    assert answer.ok, (path, answer.status)
    assert "window.ran" in page.content(), f"{path} does not show what was typed"
    page.evaluate(WAKE)
    page.wait_for_timeout(100)
    assert page.evaluate("window.ran") is None, path
    assert page.locator(MADE).count() == 0, path
    assert not [address for address in fetched if "evil.example" in address], path


def test_nothing_that_people_type_runs(people: Cast, window: Window) -> None:
    kim, ana, everything = people.in_portal(people.kim), people.at_desk(people.ana), "\n".join(VECTORS)
    people.kim.name = VECTORS[1]
    people.kim.save()
    contact = people.contact(people.kim)
    contact.name = VECTORS[1]
    contact.save()
    file = upload(io.BytesIO(b"words"), f"{VECTORS[1]}.txt", by=kim)
    new = NewCase(subject=" ".join(VECTORS)[:240], description=everything, attachments=(str(file.pk),))
    case = create(new, by=kim)
    ownership.claim(case, by=ana)
    edit(case, by=ana, changes={"tags": [VECTORS[1]], "crm_number": VECTORS[2]})
    for audience in (Audience.TEAM, Audience.CUSTOMER):
        says(case, ana, audience, everything)
    customer, agent = window(people.kim), window(people.ana)
    for path in (f"/portal/cases/{case.number}/", "/portal/cases/", "/"):
        is_harmless(customer, path)
    for path in (f"/desk/cases/{case.number}", "/desk/cases/?view=all"):
        is_harmless(agent, path)
    is_harmless(agent, f"/desk/cases/{case.number}/fields/description")


def test_what_is_looked_for_is_seen(people: Cast, window: Window) -> None:
    """Else the test above could not fail: as markup, the vectors make what it looks for."""
    page = window(people.kim)
    page.goto("/portal/cases/")
    page.evaluate("words => { document.body.insertAdjacentHTML('beforeend', words) }", VECTORS[9])
    assert page.locator(MADE).count() == 1
