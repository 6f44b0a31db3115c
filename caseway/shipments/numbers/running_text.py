"""Numbers of shipments in what somebody writes: rather one too few than a date taken for one.

A number counts where its check digit proves it, where a word before it names it ("order 4471902"),
or where it begins with letters as shippers' own numbers do ("SHP-2209417").
"""

import re
import unicodedata
from collections.abc import Iterator

from .labels import LABEL, kind_named
from .normal import normal_number
from .recognition import Recognised, of_kind
from .shapes import SHAPES

MOST = 10
LONGEST_TEXT = 5_000
_FEWEST_DIGITS, _SHORTEST, _LONGEST = 3, 4, 40
_LETTERS = 3

_WITH_DIGITS = r"(?=[^\W_]{0,19}\d|[A-Za-z]{1,6}[-/.])[A-Za-z0-9]{1,40}(?:[-/.][A-Za-z0-9]{1,40}){0,5}"
_GROUP = rf"(?:[A-Z]{{2,4}}(?= \d)|{_WITH_DIGITS})"
_NAMED = re.compile(rf"{_GROUP}(?: (?=[A-Za-z0-9]{{3}})[A-Z]{{0,3}}\d[A-Za-z0-9]{{0,20}}){{0,6}}", re.ASCII)
_LETTERED = re.compile(
    r"(?<![A-Za-z0-9+.,/-])(?:[A-Z]{3,5}-?\d{5,12}|(?:PO|RA|BOL|RMA)[- ]?\d{4,12})(?![A-Za-z0-9]|[-.,/]\d)",
    re.ASCII,
)
# What begins with letters, too, and is no shipment's: amounts, articles, tax and case numbers.
_NOT_OURS = re.compile(
    r"EUR|USD|GBP|CHF|CNY|RMB|JPY|VND|SKU|EAN|UPC|ISBN|ISO|VAT|TIN|IBAN|TEL|FAX|ZIP|CVE?|RFC"
)
_ELSE = re.compile(
    r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}(?:[-/.]\d{2,4})?"  # dates
    r"|(?:19|20)\d\d|\d{1,3}(?:\.\d{3})+|\d+\.\d{1,2}"  # years and amounts
    r"|\d{2,4}[-. ]\d{3}[-. ]\d{3,4}",  # telephone numbers
    re.ASCII,
)
_MEASURED = re.compile(
    r",\d|\s?(?:[€$£¥₫°%:]|(?:eur|usd|kg|kgs|lbs?|cm|mm|m|km|pcs?|pieces|units|boxes|cartons|pallets|crates|items"
    r"|street|st|stück|paletten|kartons|cajas|cartons|hours|days|am|pm)\b)",
    re.IGNORECASE,
)


def numbers_in(text: str) -> list[Recognised]:
    """The numbers of shipments that `text` names, in their order, each once; `MOST` at most.

    Only the first `LONGEST_TEXT` characters are read.
    """
    plain = unicodedata.normalize("NFKC", text[:LONGEST_TEXT])
    found: dict[str, Recognised] = {}
    for _place, one in sorted(_all_in(plain), key=lambda hit: hit[0]):
        if not any(one.value in other.spellings for other in found.values()):
            found.setdefault(one.value, one)
    return list(found.values())[:MOST]


def _all_in(plain: str) -> Iterator[tuple[int, Recognised]]:
    proven = list(_proven(plain))
    taken = [span for span, _ in proven]
    yield from ((start, one) for (start, _end), one in proven)
    for (start, end), one in (*_named(plain), *_lettered(plain)):
        if not any(start < other_end and other_start < end for other_start, other_end in taken):
            taken.append((start, end))
            yield start, one


def _proven(plain: str) -> Iterator[tuple[tuple[int, int], Recognised]]:
    """What has the shape of a kind, and a check digit that fits."""
    for shape in SHAPES:
        for match in shape.running.finditer(plain) if shape.running else ():
            one = of_kind(normal_number(match[0]))
            if one.fits:
                yield match.span(), one


def _named(plain: str) -> Iterator[tuple[tuple[int, int], Recognised]]:
    """What a word before it names."""
    for label in LABEL.finditer(plain):
        if match := _NAMED.match(plain, label.end()):
            spellings = _spellings(match[0])
            if spellings and not _is_else(match[0], plain[match.end() :][:12]):
                yield match.span(), _as_named(label, spellings)


def _as_named(label: re.Match[str], spellings: list[str]) -> Recognised:
    """The number that a label names. The letters of a short one may belong to it: PO-4711 and PO 4711."""
    one = of_kind(spellings[0], kind_named(label["label"]))
    letters = normal_number(label["label"])
    together = [letters + one.value] if len(letters) <= _LETTERS and letters.isascii() else []
    attached = label[0].rstrip("-") == label["label"]
    readings = [*together, one.value] if attached else [one.value, *together]
    first, *others = dict.fromkeys([*readings, *one.others, *spellings])
    return Recognised(first, one.kind, one.fits, tuple(others))


def _spellings(typed: str) -> list[str]:
    """The number in all of its groups, then in fewer: a blank may end it. Only those that are long enough."""
    groups = typed.split(" ")
    readings = (normal_number("".join(groups[:count])) for count in range(len(groups), 0, -1))
    return [value for value in readings if _is_long_enough(value)]


def _is_long_enough(value: str) -> bool:
    digits = sum(sign.isdigit() for sign in value)
    return digits >= _FEWEST_DIGITS and _SHORTEST <= len(value) <= _LONGEST


def _is_else(typed: str, after: str) -> bool:
    """Whether this is a date, an amount, a telephone number or a case's number."""
    return bool(_ELSE.fullmatch(typed) or _MEASURED.match(after) or re.match(r"(?i)cv\d{8}", typed))


def _lettered(plain: str) -> Iterator[tuple[tuple[int, int], Recognised]]:
    """What begins with letters as shippers' own numbers do."""
    for match in _LETTERED.finditer(plain):
        if not _NOT_OURS.match(match[0]):
            yield match.span(), of_kind(normal_number(match[0]))
