"""Whatever colour a brand has, text can be read on it and in it (WCAG 2.2, 1.4.3: 4.5:1)."""

import re
from math import cos, radians, sin

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from caseway.core.ui.brands import brand_stylesheet, preview_stylesheet, readable_on_white
from caseway.core.ui.bundles import STATIC

COLOURS = st.integers(0, 0xFFFFFF).map("{:06x}".format)
WHITE = 1.0
# The surfaces on which the accent stands as text; tests/kit measures whole pages in a browser.
SURFACES = ("canvas", "sunken", "surface", "raised")


def contrast(one: float, other: float) -> float:
    low, high = sorted((one, other))
    return (high + 0.05) / (low + 0.05)


def of_hex(colour: str) -> float:
    """The relative luminance of #rrggbb."""
    values = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in values)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def of_oklch(lightness: float, chroma: float, hue: float) -> float:
    """The relative luminance of what a screen of sRGB shows, which clips what it can't."""
    a, b = chroma * cos(radians(hue)), chroma * sin(radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    red = 4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short
    green = -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short
    blue = -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short
    red, green, blue = (min(1.0, max(0.0, value)) for value in (red, green, blue))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def roles_of(stylesheet: str, scheme: int) -> dict[str, float]:
    """The luminance of each role in light (0) or dark (1)."""
    number = r"oklch\(([\d.]+) ([\d.]+) ([\d.]+)\)"
    found = re.findall(rf"--([\w-]+): ?light-dark\({number}, ?{number}\);", stylesheet)
    assert found
    return {one[0]: of_oklch(*map(float, one[1 + 3 * scheme : 4 + 3 * scheme])) for one in found}


TOKENS = (STATIC / "css" / "tokens.css").read_text()


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@given(colour=COLOURS)
@example(colour="ffffff")
@example(colour="000000")
@example(colour="ffff00")
@example(colour="00ffff")
@example(colour="ff00ff")
def test_pages_can_be_read(scheme: int, colour: str) -> None:
    roles, grounds = roles_of(brand_stylesheet(colour), scheme), roles_of(TOKENS, scheme)
    for ground in ("accent", "accent-hover"):
        assert contrast(roles[ground], roles["on-accent"]) >= 4.5
    for ground in SURFACES:
        assert contrast(roles["accent"], grounds[ground]) >= 4.5
        assert contrast(roles["focus"], grounds[ground]) >= 3
    assert contrast(roles["accent"], roles["accent-tint"]) >= 4.5


@given(colour=COLOURS)
@example(colour="ffffff")
@example(colour="ffff00")
@example(colour="00ff00")
def test_mails_can_be_read(colour: str) -> None:
    taken = readable_on_white("#" + colour)
    assert re.fullmatch(r"#[0-9a-f]{6}", taken)
    assert contrast(of_hex(taken), WHITE) >= 4.5
    if contrast(of_hex("#" + colour), WHITE) >= 4.51:
        assert taken == "#" + colour
    else:
        assert contrast(of_hex(taken), WHITE) < 4.8  # no darker than need be


def test_a_preview_touches_its_own_part_of_the_page_only() -> None:
    sheet = preview_stylesheet("ffff00")
    assert sheet.startswith(".brandface.is-ffff00{--accent:")
    assert "--mail:" + readable_on_white("#ffff00") in sheet
    assert ":root" not in sheet
