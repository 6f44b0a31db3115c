"""Tells new text from quotes and signatures, line by line and in one pass."""

import re
from dataclasses import dataclass

from caseway.mail.reading.reply.attribution import attribution_ending_at, is_certain
from caseway.mail.reading.reply.history import (
    is_forward_line,
    is_rule,
    is_separator,
    starts_header_block,
)
from caseway.mail.reading.reply.lines import Hint, Kind, Line
from caseway.mail.reading.reply.signature import mark_signatures

QUOTE_MARK = re.compile(r"\s{0,2}>")
BLANK_LINES = re.compile(r"\n{3,}")

MOST_LINES = 50_000


@dataclass(frozen=True, slots=True)
class Told:
    """What each line is, and whether new lines stand between quoted ones."""

    kinds: list[Kind]
    interleaved: bool


def told_apart(lines: list[Line], *, forwarded: bool) -> Told:
    """Say of each line whose words it holds.

    `forwarded` says that the message passes another one on; that one is news then. Where
    nothing new would be left, all lines are new: an empty answer helps nobody. A text of
    more than 50,000 lines is not searched.
    """
    everything = Told([Kind.NEW] * len(lines), interleaved=False)
    if len(lines) > MOST_LINES:
        return everything
    kinds = _quoted(lines, forwarded=forwarded)
    _fill_gaps(lines, kinds)
    for first, last in _runs_of_new(kinds):
        mark_signatures(lines, kinds, first, last)
    if not any(_is_new(line, kind) for line, kind in zip(lines, kinds, strict=True)):
        return everything
    return Told(kinds, interleaved=_is_interleaved(lines, kinds))


def new_text(lines: list[Line], told: Told) -> str:
    """Give the new lines as text."""
    kept = (line.text for line, kind in zip(lines, told.kinds, strict=True) if kind is Kind.NEW)
    return BLANK_LINES.sub("\n\n", "\n".join(kept)).strip()


def _quoted(lines: list[Line], *, forwarded: bool) -> list[Kind]:
    texts = [line.text for line in lines]
    kinds = [Kind.NEW] * len(lines)
    for index, line in enumerate(lines):
        if QUOTE_MARK.match(line.text):
            kinds[index] = Kind.QUOTED
        elif is_forward_line(line.text):
            break
        elif not forwarded and _starts_history(lines, texts, index):
            _quote_rest(texts, kinds, index)
            break
        elif (first := attribution_ending_at(texts, index)) is not None:
            following = _next_filled(texts, index)
            joined = " ".join(texts[first : index + 1])
            if following is None or QUOTE_MARK.match(texts[following]):
                kinds[first : index + 1] = [Kind.QUOTED] * (index + 1 - first)
            elif is_certain(joined) and not forwarded:
                _quote_rest(texts, kinds, first)
                break
    return kinds


def _starts_history(lines: list[Line], texts: list[str], index: int) -> bool:
    if not texts[index].strip():
        return False
    return (
        lines[index].hint is Hint.HISTORY or is_separator(texts[index]) or starts_header_block(texts, index)
    )


def _quote_rest(texts: list[str], kinds: list[Kind], first: int) -> None:
    """Quote all from `first` on, and the line drawn above it."""
    above = first
    while above and (not texts[above - 1].strip() or is_rule(texts[above - 1])):
        above -= 1
    if any(is_rule(text) for text in texts[above:first]):
        first = above
    kinds[first:] = [Kind.QUOTED] * (len(kinds) - first)


def _next_filled(texts: list[str], index: int) -> int | None:
    return next((i for i in range(index + 1, len(texts)) if texts[i].strip()), None)


def _fill_gaps(lines: list[Line], kinds: list[Kind]) -> None:
    """Blank lines between quoted lines belong to the quote."""
    before: int | None = None
    for index, line in enumerate(lines):
        if not line.text.strip():
            continue
        if kinds[index] is Kind.QUOTED and before is not None and kinds[before] is Kind.QUOTED:
            kinds[before:index] = [Kind.QUOTED] * (index - before)
        before = index


def _runs_of_new(kinds: list[Kind]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    first = 0
    for index in range(len(kinds) + 1):
        if index == len(kinds) or kinds[index] is not Kind.NEW:
            if index > first:
                runs.append((first, index))
            first = index + 1
    return runs


def _is_new(line: Line, kind: Kind) -> bool:
    return kind is Kind.NEW and bool(line.text.strip())


def _is_interleaved(lines: list[Line], kinds: list[Kind]) -> bool:
    filled = [kind for line, kind in zip(lines, kinds, strict=True) if line.text.strip()]
    quoted = [index for index, kind in enumerate(filled) if kind is Kind.QUOTED]
    if not quoted:
        return False
    return Kind.NEW in filled[quoted[0] : quoted[-1]]
