"""Images shown inline: never the bytes that came in, but a new picture made from them."""

import io

from PIL import Image, UnidentifiedImageError

from caseway.cases.models import Attachment
from caseway.core.errors import NotFound

from .kinds import IMAGES
from .storing import open_stored

MOST_PIXELS = 40_000_000
LONGEST_EDGE = 1600


def is_shown_inline(attachment: Attachment) -> bool:
    """Whether a picture of the attachment may be shown in a page."""
    return attachment.file.type in IMAGES and not attachment.quarantined


def picture_of(attachment: Attachment) -> bytes:
    """A WebP picture of an image, 1600 px at its longest edge.

    Raises NotFound for what isn't an image, is held back, is broken, or has too many pixels, and
    Unavailable where the storage doesn't answer.
    """
    if not is_shown_inline(attachment):
        raise NotFound
    try:
        with open_stored(attachment.file) as content, Image.open(content) as image:
            if image.width * image.height > MOST_PIXELS:
                raise NotFound
            image.thumbnail((LONGEST_EDGE, LONGEST_EDGE))
            picture = io.BytesIO()
            image.convert("RGBA").save(picture, "WEBP", quality=82)
            return picture.getvalue()
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise NotFound from error
