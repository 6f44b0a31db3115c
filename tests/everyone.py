"""What shuts people out of a page: axe's findings, faint text, and what opens out of sight."""

from pathlib import Path
from typing import Literal

import axe_core_python
from playwright.sync_api import Page

AXE = Path(axe_core_python.__file__).with_name("axe.min.js").read_text("utf-8")
CONTRAST = Path(__file__).parent.joinpath("kit", "contrast.js").read_text("utf-8")
WIDTHS = (1440, 1024, 390, 320)
OUT_OF_SIGHT = """() => [...document.querySelectorAll(":popover-open, dialog[open]")]
    .map((opened) => [opened.getAttribute("aria-label") ?? opened.id, opened.getBoundingClientRect()])
    .filter(([, box]) => box.top < 0 || box.left < 0 || box.bottom > innerHeight || box.right > innerWidth)
    .map(([name]) => name)"""


def objections(page: Page, within: str = "") -> list[tuple[str, list[str]]]:
    """What axe finds wrong (in the element that `within` selects, else everywhere), and what is too
    faint in either scheme: axe can't weigh colours in OKLCH. Opened things must lie in the window."""
    page.evaluate(AXE)
    looked_at = page.locator(within).first.element_handle() if within else None
    found = page.evaluate("within => axe.run(within || document, {resultTypes: ['violations']})", looked_at)[
        "violations"
    ]
    wrong = [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found]
    schemes: tuple[Literal["dark", "light"], ...] = ("dark", "light")
    for scheme in schemes:
        page.emulate_media(color_scheme=scheme)
        wrong += [(f"faint in {scheme}", [str(text)]) for text in page.evaluate(CONTRAST)]
    return wrong + [("out of sight", [name]) for name in page.evaluate(OUT_OF_SIGHT)]
