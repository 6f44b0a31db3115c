"""Mails that only say thanks: they join a closed case, and leave it closed."""

import re
from pathlib import Path

LONGEST = 160
LIST = Path(__file__).with_name("thanks.txt")
PHRASES = [
    line for line in LIST.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")
]
GREETING = (
    r"(?:hi|hello|hey|dear|hallo|guten (?:tag|morgen|abend)|hola|buenos días|buenas tardes|bonjour|bonsoir"
    r"|chào|xin chào|您好|你好|sehr geehrte(?:r|s)?|liebe(?:r|s)?|estimad[oa]|cher|chère)"
)
CLOSING = (
    r"(?:best|kind|warm)?(?:est)? ?(?:regards|wishes)|best|sincerely"
    r"|mit freundlichen grüßen|freundliche grüße|viele grüße|beste grüße|liebe grüße|lg|mfg"
    r"|saludos(?: cordiales)?|un saludo|cordialement|bien cordialement|trân trọng|此致|祝好"
)
# One phrase after the other: "great thanks a lot". Chinese needs no blank between two.
THANKS = re.compile(rf"(?:(?:{'|'.join(PHRASES)})(?:\s+|\Z|(?<=[\u4e00-\u9fff])))+", re.IGNORECASE)
GREETED = re.compile(rf"{GREETING}(?: \w+){{0,4}}", re.IGNORECASE)
CLOSED = re.compile(CLOSING, re.IGNORECASE)
PIECE = re.compile(r"[\n.,!?;:。，！？；、…()\-–—]+|\s(?:and|und|y|et|và)\s", re.IGNORECASE)
NO_WORD = re.compile(r"[^\w\s]|_", re.UNICODE)
MOST_NAME_WORDS = 3


def only_thanks(text: str) -> bool:
    """Whether the new text of a mail says thanks and nothing that somebody must act on.

    A question mark, a digit, or one piece that isn't on the list makes it a real message; two
    words after a closing or at the end count as the writer's name.
    """
    if not text.strip() or len(text) > LONGEST or "?" in text or "？" in text or re.search(r"\d", text):
        return False
    pieces = [piece for raw in PIECE.split(text) if (piece := _plain(raw))]
    said_thanks, closed = False, False
    for place, piece in enumerate(pieces):
        if THANKS.fullmatch(piece):
            said_thanks = True
        elif CLOSED.fullmatch(piece):
            closed = True
        elif not (GREETED.fullmatch(piece) and place == 0) and not _is_name(
            piece, last=place == len(pieces) - 1, after=closed or said_thanks
        ):
            return False
    return said_thanks


def _plain(piece: str) -> str:
    return " ".join(NO_WORD.sub(" ", piece).split())


def _is_name(piece: str, *, last: bool, after: bool) -> bool:
    words = piece.split()
    return last and after and len(words) <= MOST_NAME_WORDS and all(word[0].isupper() for word in words)
