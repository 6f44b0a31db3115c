"""Which words of a line somebody has typed: marked, so that a match explains itself."""

import re

from markupsafe import Markup, escape

_WORD = re.compile(r"[^\W_]+")
SHORTEST, STEM = 4, 5


def marked(line: str, typed: str) -> Markup:
    """The line with `<mark>` around words that `typed` has too, alike in their first five letters."""
    stems = {word.lower()[:STEM] for word in _WORD.findall(typed) if len(word) >= SHORTEST}
    parts, end = [], 0
    for word in _WORD.finditer(line):
        if len(word[0]) >= SHORTEST and word[0].lower()[:STEM] in stems:
            parts += [escape(line[end : word.start()]), Markup("<mark>{}</mark>").format(word[0])]
            end = word.end()
    return Markup("").join([*parts, escape(line[end:])])
