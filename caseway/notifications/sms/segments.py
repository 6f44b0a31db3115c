"""How long an SMS is: providers send, and charge, it in segments (3GPP TS 23.038 and 23.040)."""

from bisect import bisect_left
from dataclasses import dataclass
from string import ascii_letters, digits

BASIC = frozenset(
    ascii_letters + digits + "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./:;<=>?¡ÄÖÑÜ§¿äöñüà"
)
"""The GSM 7-bit default alphabet (TS 23.038, section 6.2.1), one septet each."""
EXTENDED = frozenset("\f^{}\\[~]|€")
"""Its extension (section 6.2.1.1): two septets each, which stay together in one segment."""
MOST_SEGMENTS = 4
"""Of what Caseway writes; longer texts are cut."""
_TYPOGRAPHY = str.maketrans(
    {"’": "'", "‘": "'", "“": '"', "”": '"', "„": '"', "–": "-", "—": "-", "…": "...", "•": "-"}
    | dict.fromkeys("\u00a0\u2009\u202f", " ")
)


@dataclass(frozen=True)
class Length:
    """`units` are septets of the GSM alphabet, or 16-bit units where one letter isn't of it."""

    units: int
    segments: int
    is_gsm: bool


def length_of(text: str) -> Length:
    """What the text takes: one segment of 160 or several of 153; with other letters 70 and 67."""
    is_gsm = BASIC.union(EXTENDED).issuperset(text)
    widths = [_septets(sign) if is_gsm else _units(sign) for sign in text]
    alone, joined = (160, 153) if is_gsm else (70, 67)
    units = sum(widths)
    if units <= alone:
        return Length(units, 1 if text else 0, is_gsm)
    segments, room = 1, joined
    for width in widths:
        if width > room:
            segments, room = segments + 1, joined
        room -= width
    return Length(units, segments, is_gsm)


def fitted(text: str, ending: str = "") -> str:
    """`text`, cut so that it goes into `MOST_SEGMENTS` together with `ending`, which stays whole.

    Typographic quotes, dashes and blanks become plain: one alone would more than double the length.
    """
    plain = text.translate(_TYPOGRAPHY)
    if length_of(plain + ending).segments <= MOST_SEGMENTS:
        return plain + ending
    kept = bisect_left(range(len(plain)), True, key=lambda n: _is_too_long(plain[:n] + "..." + ending)) - 1
    return plain[: max(0, kept)].rstrip() + "..." + ending


def _is_too_long(text: str) -> bool:
    return length_of(text).segments > MOST_SEGMENTS


def _septets(sign: str) -> int:
    return 2 if sign in EXTENDED else 1


def _units(sign: str) -> int:
    return 2 if ord(sign) > 0xFFFF else 1
