"""A brand's own accent, from one colour, without inline styles and without losing contrast."""

from math import atan2, cbrt, degrees, hypot

# Lightness and the most chroma of each role in light and dark; the stylesheet's own contrast
# rests on these (see tokens.css), so a brand chooses its hue and no more than this chroma.
ROLES = {
    "accent": ((0.475, 0.110), (0.785, 0.100)),
    "accent-hover": ((0.415, 0.100), (0.840, 0.090)),
    "accent-tint": ((0.966, 0.014), (0.262, 0.028)),
    "accent-line": ((0.830, 0.052), (0.420, 0.056)),
    "on-accent": ((1.0, 0.0), (0.195, 0.030)),
    "focus": ((0.550, 0.110), (0.800, 0.100)),
}
LUMINANCE = (0.2126, 0.7152, 0.0722)
MOST_BRIGHT = 1.05 / 4.5 - 0.05
"""The relative luminance at which white is 4.5 times as bright."""


def brand_stylesheet(colour: str) -> str:
    """A stylesheet that gives the accent's roles the hue of `colour`, six hex digits."""
    return "@layer tokens{:root{" + _roles(colour) + "}}\n"


def preview_stylesheet(colour: str) -> str:
    """The same for what stands in a `.brandface`, with the colour of mails as `--mail`."""
    mail = f"--mail:{readable_on_white('#' + colour)};--on-mail:#ffffff;"
    return f".brandface.is-{colour}{{{_roles(colour)}{mail}}}\n"


def readable_on_white(colour: str) -> str:
    """`colour` (#rrggbb), as dark as it must be to reach 4.5:1 with white, as text or under it.

    All channels dim alike, so the hue stays (WCAG 2.2, success criterion 1.4.3).
    """
    channels = [_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5)]
    bright = sum(weight * value for weight, value in zip(LUMINANCE, channels, strict=True))
    if bright <= MOST_BRIGHT:
        return colour
    dimmed = (int(255 * _companded(value * MOST_BRIGHT / bright)) for value in channels)
    return "#" + "".join(f"{value:02x}" for value in dimmed)


def _roles(colour: str) -> str:
    chroma, hue = _chroma_and_hue(colour)
    lines = [
        f"--{role}:light-dark({_oklch(*light, chroma, hue)},{_oklch(*dark, chroma, hue)});"
        for role, (light, dark) in ROLES.items()
    ]
    return "".join(lines)


def _oklch(lightness: float, most: float, chroma: float, hue: float) -> str:
    return f"oklch({lightness:g} {min(most, chroma):.3f} {hue:.1f})"


def _chroma_and_hue(colour: str) -> tuple[float, float]:
    """Of sRGB in OKLCH, after Björn Ottosson, "A perceptual color space" (2020)."""
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (0, 2, 4))
    long = cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    medium = cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    a = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
    return hypot(a, b), degrees(atan2(b, a)) % 360


def _companded(value: float) -> float:
    return value * 12.92 if value <= 0.0031308 else 1.055 * value ** (1 / 2.4) - 0.055


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
