"""Cuts markup in two: what is new, and what a page folds away."""

from caseway.mail.reading.markup.tokens import Token
from caseway.mail.reading.reply.lines import Kind, Line
from caseway.mail.reading.reply.strip import Told


def folded(tokens: list[Token], lines: list[Line], told: Told) -> tuple[str, str]:
    """Give the HTML of the new lines and that of the others, each well formed.

    Where answers stand between quotes, the quotes stay with them; then only the signature is
    folded.
    """
    hidden = _hidden_tokens(tokens, lines, told)
    if not any(hidden):
        return _Writing.of(tokens, hidden, False), ""
    return _Writing.of(tokens, hidden, False), _Writing.of(tokens, hidden, True)


def _hidden_tokens(tokens: list[Token], lines: list[Line], told: Told) -> list[bool]:
    """Say of each token whether it belongs to a line that is folded away."""
    hidden = [False] * len(tokens)
    shown_kinds = {Kind.NEW, Kind.QUOTED} if told.interleaved else {Kind.NEW}
    start, hide = 0, False
    for line, kind in zip(lines, told.kinds, strict=True):
        hides = kind not in shown_kinds
        if hides == hide or not line.text.strip():
            continue
        begin = _with_opening_tags(tokens, line.token, start)
        hidden[start:begin] = [hide] * (begin - start)
        start, hide = begin, hides
    hidden[start:] = [hide] * (len(tokens) - start)
    return hidden


def _with_opening_tags(tokens: list[Token], index: int, least: int) -> int:
    """Move back over the tags that open right before a line: they belong to it."""
    while index > least:
        before = tokens[index - 1]
        if not before.opens and (before.name or before.text.strip()):
            break
        index -= 1
    return index


class _Writing:
    """HTML of chosen tokens; elements around them are opened and closed as needed."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.open: list[Token] = []

    @classmethod
    def of(cls, tokens: list[Token], hidden: list[bool], chosen: bool) -> str:
        writing = cls()
        around: list[Token] = []
        active = False
        for token, is_hidden in zip(tokens, hidden, strict=True):
            if (is_hidden == chosen) != active:
                active = not active
                if active:
                    writing.enter(around)
            if active:
                writing.write(token)
            if token.closes:
                if around:
                    around.pop()
            elif token.opens:
                around.append(token)
        writing.enter([])
        return "".join(writing.pieces)

    def enter(self, around: list[Token]) -> None:
        """Close and open elements until those of `around` are open."""
        common = 0
        for ours, theirs in zip(self.open, around, strict=False):
            if ours is not theirs:
                break
            common += 1
        while len(self.open) > common:
            self.pieces.append(f"</{self.open.pop().name}>")
        for token in around[common:]:
            self.pieces.append(token.source)
            self.open.append(token)

    def write(self, token: Token) -> None:
        self.pieces.append(token.source)
        if token.closes:
            if self.open:
                self.open.pop()
        elif token.opens:
            self.open.append(token)
