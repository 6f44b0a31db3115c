"""Logos are never the bytes that came in, but a new picture made from them."""

import hashlib
import io
from dataclasses import dataclass
from typing import BinaryIO

from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from caseway.core.errors import Invalid

MOST_BYTES = 2_000_000
MOST_PIXELS = 16_000_000
LEAST_EDGE = 32
BOUNDS = (480, 160)
"""Pixels: three times what the largest place shows, for sharp screens."""
MOST_RATIO = 8
FORMATS = ("PNG", "JPEG", "WEBP")


@dataclass(frozen=True)
class Picture:
    """A logo as it is kept: PNG, within `BOUNDS`."""

    content: bytes
    width: int
    height: int

    @property
    def digest(self) -> str:
        """The SHA-256 of the content, which is its name."""
        return hashlib.sha256(self.content).hexdigest()


def draw(content: BinaryIO) -> Picture:
    """A logo from an uploaded PNG, JPEG or WebP. Raises Invalid at `logo` with the reason."""
    if content.seek(0, io.SEEK_END) > MOST_BYTES:
        raise _refused(_("The picture is too large: 2 MB at most."))
    content.seek(0)
    _refuse_drawings(content.read(1024))
    content.seek(0)
    try:
        with Image.open(content, formats=FORMATS) as image:
            _refuse_measures(image.width, image.height)
            return _encoded(ImageOps.exif_transpose(image).convert("RGBA"))
    except UnidentifiedImageError as error:
        raise _refused(_("This is no picture that we can read. Send it as PNG, JPEG or WebP.")) from error
    except (OSError, SyntaxError, ValueError, EOFError, Image.DecompressionBombError) as error:
        raise _refused(_("The picture is broken. Save it again, then choose it anew.")) from error


def _refuse_drawings(beginning: bytes) -> None:
    """SVG is a document with scripts and addresses in it, not a picture."""
    if b"<svg" in beginning.lower() or beginning.lstrip().startswith(b"<?xml"):
        raise _refused(_("SVG may hold scripts and is not taken. Save the logo as PNG, JPEG or WebP."))


def _refuse_measures(width: int, height: int) -> None:
    if width * height > MOST_PIXELS:
        raise _refused(_("The picture has too many pixels: 16 million at most."))
    if min(width, height) < LEAST_EDGE:
        raise _refused(_("The picture is too small: 32 by 32 pixels at least."))
    if max(width, height) > MOST_RATIO * min(width, height):
        raise _refused(_("The picture is too narrow: eight times as long as wide at most."))


def _encoded(image: Image.Image) -> Picture:
    image.thumbnail(BOUNDS)
    made = io.BytesIO()
    # A new image has nothing of the old one but its pixels: no profile, no text, no place.
    bare = Image.new("RGBA", image.size)
    bare.paste(image)
    bare.save(made, "PNG", optimize=True)
    return Picture(made.getvalue(), image.width, image.height)


def _refused(words: str) -> Invalid:
    return Invalid({"logo": words})
