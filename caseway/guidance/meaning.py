"""The meaning of a guide: of the whole, and of each of its parts, so that a detail is found too."""

from .embedding import LANGUAGES, MODEL, meaning_of, stored
from .markup import as_text

MOST_PARTS = 12


def meaning_of_guide(title: str, body: str, language: str) -> tuple[bytes, str]:
    """The stored meaning of a guide and the model it was made with; nothing for languages it can't read."""
    if language not in LANGUAGES:
        return b"", MODEL
    text = as_text(body)
    parts = [title, *(f"{title}. {as_text(part)}" for part in body.split("\n\n") if part.strip())]
    return stored([meaning_of(part) for part in (f"{title}. {title}. {text}", *parts[:MOST_PARTS])]), MODEL
