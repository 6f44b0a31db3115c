"""Small signs for people: initials and the colour of an avatar."""

from zlib import crc32

HUES = 7


def initials(name: str) -> str:
    """At most two capitals: first and last word's; "@" for a bare address, "?" for nothing."""
    if "@" in name:
        return "@"
    words = [word for word in name.split() if word[0].isalnum()]
    if not words:
        return "?"
    letters = words[0][0] + (words[-1][0] if len(words) > 1 else "")
    return letters.upper()


def hue(key: object) -> int:
    """One of the seven avatar colours, always the same one for the same key (an id or address)."""
    return crc32(str(key).encode()) % HUES + 1
