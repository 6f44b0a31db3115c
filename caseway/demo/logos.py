"""The demo brands' logos, drawn here: a lark over a field, and a leaf."""

import io

from PIL import Image, ImageChops, ImageDraw

from caseway.accounts.brands.actions import Face, NewLogo, change
from caseway.accounts.brands.drawing import BOUNDS, Picture, draw
from caseway.accounts.models import Brand
from caseway.accounts.viewer import Viewer

EDGE = 4 * BOUNDS[1]
"""Pixels of the canvas: smoothed when the picture is brought to its size."""
PAPER = "#ffffff"


def give_logos(larkfield: Brand, garden: Brand, *, by: Viewer) -> None:
    """Show the logos; doing it again changes nothing."""
    for brand, picture in ((larkfield, _lark(larkfield.colour)), (garden, _leaf(garden.colour))):
        change(brand, Face.of(brand), by=by, version=None, senders=(), logo=NewLogo(picture))


def _lark(colour: str) -> Picture:
    image, pen = _badge(colour)
    pen.polygon(_at((14, 36), (46, 40), (80, 18), (90, 24), (74, 32), (60, 58), (38, 54)), fill=PAPER)
    for height in (66, 76):
        pen.line(_at((18, height + 6), (50, height - 2), (82, height + 6)), fill=PAPER, width=EDGE // 24)
    return _drawn(image)


def _leaf(colour: str) -> Picture:
    image, pen = _badge(colour)
    halves = [Image.new("L", image.size, 0) for _side in range(2)]
    for half, corners in zip(halves, (((-28, -28), (76, 76)), ((24, 24), (128, 128))), strict=True):
        ImageDraw.Draw(half).ellipse(_at(*corners), fill=255)
    image.paste(PAPER, mask=ImageChops.darker(*halves))
    pen.line(_at((14, 86), (66, 34)), fill=colour, width=EDGE // 28)
    return _drawn(image)


def _badge(colour: str) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    image = Image.new("RGBA", (EDGE, EDGE), (0, 0, 0, 0))
    pen = ImageDraw.Draw(image)
    pen.rounded_rectangle((0, 0, EDGE - 1, EDGE - 1), radius=EDGE // 5, fill=colour)
    return image, pen


def _at(*points: tuple[int, int]) -> list[tuple[float, float]]:
    """Points in hundredths of the edge."""
    return [(x * EDGE / 100, y * EDGE / 100) for x, y in points]


def _drawn(image: Image.Image) -> Picture:
    stored = io.BytesIO()
    image.save(stored, "PNG")
    return draw(stored)
