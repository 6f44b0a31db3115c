"""The way out for markup that is too deep or too long to be laid out: text in paragraphs."""

import html
import re

TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)[^<>]*>")
ANY_TAG = re.compile(r"<[/!?a-zA-Z][^<>]*>?")
INLINE_TAG = re.compile(r"</?(?:a|abbr|b|big|em|font|i|small|span|strong|sub|sup|u)\b[^<>]*>?", re.IGNORECASE)
LONG_TAG = re.compile(r"<[^<>]{20000}")
HIDDEN = ("script", "style", "title", "template", "svg", "math")
# Tags that need no closing one: they don't nest by themselves.
_SELF_CLOSING = "area base br col dd dt embed hr img input li link meta option p source td th tr wbr"
SELF_CLOSING = frozenset(_SELF_CLOSING.split())

DEEPEST = 500
MOST_ENTITIES = 20_000
MOST_SIGNS = 120_000
MOST_CHARACTERS = 2_000_000


def signs_in(source: str) -> int:
    """Count what makes markup slow to lay out: tags and entities."""
    return source.count("<") + source.count("&")


def is_too_much(source: str, room: int) -> bool:
    """Say whether a tree of this markup would be too deep or too large to build quickly.

    `room` is how many tags and entities may be laid out.
    """
    if len(source) > MOST_CHARACTERS or signs_in(source) > room or source.count("&") > MOST_ENTITIES:
        return True
    if LONG_TAG.search(source):
        return True
    depth = 0
    for tag in TAG.finditer(source):
        if tag[2].lower() not in SELF_CLOSING:
            depth = max(0, depth - 1) if tag[1] else depth + 1
        if depth > DEEPEST:
            return True
    return False


def flattened(source: str) -> str:
    """Give the text of markup, a line for each block, in time linear in its length."""
    text = ANY_TAG.sub("\n", INLINE_TAG.sub(" ", _without_hidden(source)))
    lines = (html.unescape(line).strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def _without_hidden(source: str) -> str:
    """Leave out what is never shown: scripts, styles, titles, comments."""
    lower = source.lower() if source.isascii() else re.sub("[A-Z]+", lambda m: m[0].lower(), source)
    for opening, closing in [("<!--", "-->"), *((f"<{name}", f"</{name}") for name in HIDDEN)]:
        source, lower = _without(source, lower, opening, closing)
    return source


def _without(source: str, lower: str, opening: str, closing: str) -> tuple[str, str]:
    kept: list[slice] = []
    position = 0
    while (start := lower.find(opening, position)) >= 0:
        end = lower.find(closing, start)
        if end < 0:
            break
        kept.append(slice(position, start))
        position = end + (len(closing) if closing == "-->" else 0)
    kept.append(slice(position, None))
    return "".join(source[part] for part in kept), "".join(lower[part] for part in kept)
