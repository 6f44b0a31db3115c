"""Pictures and papers of the demo world, drawn when it is loaded: photos, delivery notes, receipts."""

import io
import random
from functools import cache

from PIL import Image, ImageDraw, ImageFilter, ImageFont

PAPER = (620, 877)
PHOTO = (960, 640)
WOOD = ((150, 102, 62), (128, 84, 50), (168, 120, 78), (110, 72, 44))
LINES = {
    "delivery-note.pdf": (
        "Delivery note",
        "2 crates, walnut sideboards",
        "Remark of the driver: carton damaged",
    ),
    "delivery-receipt.pdf": ("Delivery receipt", "Cartons shipped: 5", "Cartons received: 3"),
    "freight-invoice.pdf": ("Freight invoice", "Linehaul   412.00 USD", "Lift gate delivery   85.00 USD"),
}


@cache
def paper(name: str) -> bytes:
    """The file of this name: a PDF by its ending, else a JPEG. The same name gives the same bytes."""
    out = io.BytesIO()
    if name.endswith(".pdf"):
        _page(LINES[name]).save(out, "PDF", resolution=75)
    else:
        _photo(random.Random(name)).save(out, "JPEG", quality=78)  # noqa: S311 - a drawing, not a secret
    return out.getvalue()


def _page(lines: tuple[str, ...]) -> Image.Image:
    page = Image.new("RGB", PAPER, "white")
    pen = ImageDraw.Draw(page)
    title, *rest = lines
    pen.text((60, 60), title, fill="black", font=ImageFont.load_default(30))
    for row, text in enumerate(("Larkfield Home, warehouse 2, Reno NV", *rest, "Signed at the dock")):
        y = 150 + row * 70
        pen.text((60, y), text, fill=(50, 50, 50), font=ImageFont.load_default(19))
        pen.line((60, y + 42, PAPER[0] - 60, y + 42), fill=(190, 190, 190))
    pen.line(
        [(80, 560), (130, 520), (150, 575), (210, 530), (240, 565), (330, 535)], fill=(30, 40, 120), width=3
    )
    return page


def _photo(chance: random.Random) -> Image.Image:
    """Wooden boards in soft light with a crack across them."""
    photo = Image.new("RGB", PHOTO)
    pen = ImageDraw.Draw(photo)
    for board in range(0, PHOTO[1], 80):
        tone = chance.choice(WOOD)
        pen.rectangle((0, board, PHOTO[0], board + 78), fill=tone)
        for _grain in range(14):
            y = board + chance.randint(2, 76)
            darker = tuple(max(part - chance.randint(6, 26), 0) for part in tone)
            pen.line((0, y, PHOTO[0], y + chance.randint(-6, 6)), fill=darker, width=chance.randint(1, 2))
    at = [(chance.randint(60, 200), chance.randint(60, 580))]
    while at[-1][0] < chance.randint(560, 900):
        at.append((at[-1][0] + chance.randint(14, 46), at[-1][1] + chance.randint(-26, 26)))
    photo = photo.filter(ImageFilter.GaussianBlur(1.2))
    pen = ImageDraw.Draw(photo)
    pen.line(at, fill=(34, 20, 12), width=chance.randint(4, 8), joint="curve")
    return photo.filter(ImageFilter.GaussianBlur(0.6))
