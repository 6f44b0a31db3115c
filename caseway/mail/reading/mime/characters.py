"""Characters that must not reach a database, a header or a reader's eye."""

import re

# C0 and C1 controls without tab and newline; noncharacters that JSON and XML readers refuse.
CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
LINE_BREAKS = re.compile("\r\n?|\x0b|\x0c|\x85|\u2028|\u2029")
BREAKS = re.compile("[\n\r\x0b\x0c\x85\u2028\u2029]+|\t")
# Marks that turn the direction of text; invisible ones that hide a difference.
BIDIRECTIONAL = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]")


def as_lines(text: str) -> str:
    """Text of several lines: newlines as "\\n", no other control character than tab."""
    return CONTROLS.sub("", LINE_BREAKS.sub("\n", text))


def as_one_line(text: str) -> str:
    """Text of one line: line breaks, tabs and control characters are spaces."""
    return CONTROLS.sub(" ", BREAKS.sub(" ", text)).strip()
