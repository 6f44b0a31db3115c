"""Pictures as people send them."""

import io
from typing import Any

from PIL import Image


def picture(
    width: int = 200, height: int = 200, kind: str = "PNG", colour: str = "red", **more: Any
) -> io.BytesIO:
    """An uploaded picture of one colour; `more` goes to the encoder."""
    content = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(content, kind, **more)
    content.seek(0)
    return content
