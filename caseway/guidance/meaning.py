"""The meaning of a guide: of the whole, and of each of its parts, so that a detail is found too."""

from .embedding import LANGUAGES, STORED_AS, meaning_of, stored
from .markup import as_text

MOST_PARTS = 12


def meaning_of_guide(title: str, body: str, language: str) -> tuple[bytes, str]:
    """The stored meaning of a guide and the model it was made with; nothing for languages it can't read."""
    if language not in LANGUAGES:
        return b"", STORED_AS
    text = as_text(body)
    parts = [title, *(f"{title}. {as_text(part)}" for part in body.split("\n\n") if part.strip())]
    whole = f"{title}. {title}. {text}"
    return stored([meaning_of(part) for part in (whole, *parts[:MOST_PARTS])]), STORED_AS
