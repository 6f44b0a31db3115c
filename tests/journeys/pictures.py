"""Makes the pictures of the docs from the demo world: `bin/caseway`'s own pages, nothing drawn by hand.

.venv/bin/python -m tests.journeys.pictures
"""

import io
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page

from caseway.demo.password import PASSWORD
from tests.chromium import chromium
from tests.journeys.installation import Installation, installed

FOLDER = Path("docs", "pictures")
STEPS = ("guidance", "shipment", "content")
HEIGHT = {1440: 900, 1024: 768, 390: 844}


@dataclass(frozen=True)
class Picture:
    """One picture: its name, who looks, at which address, how wide, in which colours."""

    name: str
    person: str
    address: str
    width: int = 1440
    scheme: str = "light"
    step: str = ""
    """Of a new case, to which the picture goes on from there."""


def pictures(installation: Installation, case: str) -> list[Picture]:
    """Every picture of the docs."""
    ana, kim = "ana@larkfield.example", "kim@orchid.example"
    desk, portal = installation.desk, installation.portal
    return [
        Picture("desk-queue", ana, f"{desk}/desk/cases/?view=all-active&sort=deadline"),
        Picture("desk-queue", ana, f"{desk}/desk/cases/?view=all-active&sort=deadline", 390, "dark"),
        Picture("desk-case", ana, f"{desk}/desk/cases/{case}"),
        Picture("desk-case", ana, f"{desk}/desk/cases/{case}", 1440, "dark"),
        Picture("portal-cases", kim, f"{portal}/"),
        Picture("portal-case", kim, f"{portal}/portal/cases/{case}/"),
        Picture("portal-case", kim, f"{portal}/portal/cases/{case}/", 390),
        Picture("portal-new-case", kim, f"{portal}/portal/cases/new/"),
        *(Picture(f"portal-new-{step}", kim, f"{portal}/portal/cases/new/", step=step) for step in STEPS),
        Picture("portal-new-content", kim, f"{portal}/portal/cases/new/", 390, "dark", step="content"),
    ]


def main() -> None:
    """Start an installation, take every picture, and keep each small."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with installed() as installation, chromium() as browser:
        case = _newest_shared_case(browser, installation)
        for picture in pictures(installation, case):
            _take(browser, picture)


def _newest_shared_case(browser: Browser, installation: Installation) -> str:
    page = _window(browser, Picture("", "ana@larkfield.example", installation.desk))
    page.goto(f"{installation.desk}/desk/cases/?view=all-active&q=cracked+Brightwater")
    if not page.locator(".c-num").count():
        page.goto(f"{installation.desk}/desk/cases/?view=all-active&q=cracked")
    number = page.locator("tbody .c-num").first.inner_text().strip()
    page.context.close()
    return number


def _window(browser: Browser, picture: Picture) -> Page:
    context = browser.new_context(
        color_scheme="dark" if picture.scheme == "dark" else "light",
        viewport={"width": picture.width, "height": HEIGHT[picture.width]},
    )
    page = context.new_page()
    host = "/".join(picture.address.split("/")[:3])
    page.goto(f"{host}/accounts/login/")
    page.get_by_label("E-mail").fill(picture.person)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_load_state("networkidle")
    return page


def _go_on(page: Page, step: str) -> None:
    """Raise a case about something damaged, as far as this step."""
    page.get_by_role("heading", name="Goods").click()
    page.get_by_role("button", name="Something is damaged").click()
    page.wait_for_load_state("networkidle")
    if step == "guidance":
        return
    page.get_by_role("link", name="Continue").click()
    page.get_by_role("searchbox").fill("SHP-22")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("radio").first.check()
    page.wait_for_load_state("networkidle")
    if step == "shipment":
        return
    page.get_by_role("button", name="Continue").click()
    page.wait_for_load_state("networkidle")
    page.get_by_label("Subject").fill("Walnut sideboard delivered with cracked top")
    page.get_by_label("What happened?").fill("The top has a crack about 30 cm long. The crate was open.")
    page.get_by_text("match what you write").wait_for()
    page.wait_for_load_state("networkidle")


def _take(browser: Browser, picture: Picture) -> None:
    page = _window(browser, picture)
    page.goto(picture.address)
    page.wait_for_load_state("networkidle")
    if picture.step:
        _go_on(page, picture.step)
    taken = Image.open(io.BytesIO(page.screenshot(caret="initial")))
    name = f"{picture.name}-{picture.width}-{picture.scheme}.png"
    taken.convert("P", palette=Image.Palette.ADAPTIVE, colors=128).save(FOLDER / name, optimize=True)
    page.context.close()


if __name__ == "__main__":
    main()
