"""The kit as people meet it: reachable to everyone, in light and dark, wide and narrow."""

from pathlib import Path
from typing import Literal

import axe_core_python
import pytest
from playwright.sync_api import Browser, Page

AXE = Path(axe_core_python.__file__).with_name("axe.min.js").read_text("utf-8")
CONTRAST = Path(__file__).with_name("contrast.js").read_text("utf-8")
PAGES = ["/dev/components", "/dev/components/portal"]


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
def test_nobody_is_shut_out(
    browser: Browser, kit: str, address: str, scheme: Literal["light", "dark"], width: int
) -> None:
    context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 900})
    page = context.new_page()
    answer = page.goto(kit + address)
    assert answer
    assert answer.ok
    page.evaluate(AXE)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    # axe can't weigh colours in OKLCH, so contrast is measured apart.
    faint = page.evaluate(CONTRAST)
    context.close()
    assert [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found] == []
    assert faint == []


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("width", [1440, 1024, 390, 320])
def test_no_page_scrolls_sideways(page: Page, address: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(address)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_who_will_read_is_plain_in_the_readers_own_colours(browser: Browser, kit: str) -> None:
    """Forced colours take every background away but those that stand for a choice."""
    context = browser.new_context(forced_colors="active")
    page = context.new_page()
    page.goto(f"{kit}/dev/components")
    grounds = page.evaluate(
        """() => [...document.querySelectorAll(".to-tabs label")]
            .map((tab) => [tab.control.checked, getComputedStyle(tab).backgroundColor])"""
    )
    context.close()
    chosen = {ground for checked, ground in grounds if checked}
    others = {ground for checked, ground in grounds if not checked}
    assert len(chosen) == 1
    assert not chosen & others


@pytest.mark.parametrize("address", PAGES)
def test_targets_are_large_enough(page: Page, address: str) -> None:
    """WCAG 2.2, 2.5.8: 24 by 24 pixels, but for links within text and what is out of sight."""
    page.goto(address)
    small = page.evaluate(
        """() => [...document.querySelectorAll("button, .btn, .nav-item, summary, input:not([type=hidden])")]
            .filter((element) => element.checkVisibility() && !element.matches(".sr-only"))
            .filter((element) => !element.closest("label") && !element.matches(".checkbox, .radio"))
            .map((element) => [element.outerHTML.slice(0, 90), element.getBoundingClientRect()])
            .filter(([, box]) => box.width < 24 || box.height < 24)
            .map(([html]) => html)"""
    )
    assert small == []


def test_every_icon_is_drawn(page: Page) -> None:
    """The sprite is one file of its own: the policy lets it in, and its symbols have a size."""
    loaded: list[int] = []
    page.on("response", lambda answer: loaded.append(answer.status) if "sprite" in answer.url else None)
    page.goto("/dev/components")
    page.wait_for_load_state("networkidle")
    assert loaded == [200]
    empty = page.evaluate(
        """() => [...document.querySelectorAll(".icon use, .glyph use, .priority use")]
            .filter((use) => use.checkVisibility() && use.getBBox().width === 0)
            .map((use) => use.getAttribute("href"))"""
    )
    assert empty == []
