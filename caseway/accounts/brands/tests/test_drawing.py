"""A logo is made anew from what came in, or refused with the reason."""

import io

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from caseway.accounts.brands.drawing import BOUNDS, MOST_BYTES, draw
from caseway.core.errors import Invalid

from .pictures import picture


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_every_kind_becomes_a_png_within_bounds(kind: str):
    made = draw(picture(2000, 1000, kind))
    image = opened(made.content)
    assert image.format == "PNG"
    assert (made.width, made.height) == image.size == (320, 160)
    assert image.width <= BOUNDS[0]
    assert image.height <= BOUNDS[1]


def test_a_small_picture_keeps_its_size():
    assert draw(picture(40, 60)).width == 40


def test_nothing_but_the_pixels_is_kept():
    told = PngInfo()
    told.add_text("Comment", "<script>alert(1)</script>")
    made = draw(picture(pnginfo=told)).content
    assert b"script" not in made
    assert draw(picture()).content == made


def test_what_hangs_on_a_picture_is_cut_off():
    both = io.BytesIO(picture().read() + b"<html><script>alert(1)</script>")
    assert b"script" not in draw(both).content


def test_the_right_way_up():
    turned = Image.Exif()
    turned[0x0112] = 6
    assert draw(picture(100, 50, "JPEG", exif=turned)).height == 100


def test_transparency_stays():
    content = io.BytesIO()
    Image.new("RGBA", (64, 64), (0, 0, 0, 0)).save(content, "PNG")
    assert opened(draw(content).content).getpixel((5, 5)) == (0, 0, 0, 0)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "SVG may hold scripts"),
        (b"\xef\xbb\xbf <!-- --><SVG onload=alert(1)>", "SVG may hold scripts"),
        (b"<?xml version='1.0'?><!DOCTYPE svg>", "SVG may hold scripts"),
        (b"<html><script>", "no picture"),
        (b"", "no picture"),
        (picture(64, 64, "GIF").getvalue(), "no picture"),
        (picture().getvalue()[:120], "broken"),
        (b"x" * (MOST_BYTES + 1), "2 MB at most"),
        (picture(20, 200).getvalue(), "too small"),
        (picture(800, 64).getvalue(), "too narrow"),
        (picture(5000, 4000, "JPEG", quality=1).getvalue(), "too many pixels"),
    ],
    ids=["svg", "svg later", "xml", "html", "nothing", "gif", "half", "large", "small", "narrow", "flood"],
)
def test_what_is_refused(content: bytes, why: str):
    with pytest.raises(Invalid) as refusal:
        draw(io.BytesIO(content))
    assert why in refusal.value.errors["logo"]
