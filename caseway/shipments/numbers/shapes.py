"""Numbers that are told by their shape."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from . import check_digits
from .kinds import NumberKind
from .kinds import SeenKind as Kind


@dataclass(frozen=True)
class Shape:
    """A kind of number as it looks when normalised. `running` is how it stands in a sentence.

    A `telling` shape is that of no other kind, so that with a check digit that doesn't fit it is
    still taken for this kind, and the check digit for a slip. Else the check digit must fit.
    """

    kind: Kind
    pattern: re.Pattern[str]
    fits: Callable[[str], bool]
    running: re.Pattern[str] | None = None
    telling: bool = True
    core: int = 0
    """How many of the last characters name the thing; what stands before them may be left out."""

    def core_of(self, number: str) -> str:
        """The number without a prefix that labels carry and people leave out."""
        return number[-self.core :] if self.core else number


def _shape(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.ASCII)


def _running(pattern: str) -> re.Pattern[str]:
    """`~` stands for where a blank or a dash may come."""
    gaps = pattern.replace("~", "[ -]?")
    return re.compile(rf"(?<![A-Za-z0-9+.,-])(?:{gaps})(?![A-Za-z0-9]|[-.,]\d)", re.ASCII)


SHAPES = (
    # ISO 6346: owner, category (U freight, J equipment, Z trailer, R reefer by usage), serial, check digit.
    Shape(
        Kind.CONTAINER,
        _shape(r"[A-Z]{3}[UJZR]\d{7}"),
        check_digits.container,
        # In small letters without a gap only, so that "your 1234567" is none.
        _running(r"(?:[A-Z]{3}[UJZ]~|[A-Za-z]{3}[UJZujz])\d{3}~\d{3}~\d"),
    ),
    # GS1 General Specifications 3.3.1: application identifier 00 and 18 digits; people leave the 00 out.
    Shape(
        Kind.SSCC,
        _shape(r"(?:00)?\d{18}"),
        check_digits.gs1,
        _running(r"(?:\(00\)~|00~)\d(?:~\d){17}|\d{18}"),
        core=18,
    ),
    Shape(Kind.UPS, _shape(r"1Z[A-Z0-9]{15}\d"), check_digits.ups, _running(r"1[Zz](?:~[A-Za-z0-9]){15}~\d")),
    # UPU S10: service, eight digits, check digit, country.
    Shape(
        Kind.POSTAL,
        _shape(r"[A-Z]{2}\d{9}[A-Z]{2}"),
        check_digits.postal,
        _running(r"[A-Za-z]{2}\d{9}[A-Za-z]{2}|[A-Z]{2} (?:\d{3} ?\d{3} ?\d{3}|\d{4} \d{4} \d) [A-Z]{2}"),
    ),
    # USPS Publication 199: the parcel's number of 22 digits, on labels after 420 and the ZIP code.
    Shape(
        Kind.USPS,
        _shape(r"(?:420\d{5}(?:\d{4})?)?9[1-5]\d{20}"),
        check_digits.gs1,
        _running(r"(?:420~\d{5}~(?:\d{4}~)?)?9~[1-5](?:~\d){20}"),
        core=22,
    ),
    Shape(
        Kind.USPS,
        _shape(r"(?:03|7[0137]|81)\d{18}"),
        check_digits.gs1,
        _running(r"(?:03|7[0137]|81)\d{2}(?:~\d{4}){4}"),
        telling=False,
    ),
    # Twelve and fifteen digits may be anything, so they count in a sentence only where a word says so.
    Shape(Kind.FEDEX, _shape(r"\d{12}"), check_digits.fedex_express, telling=False),
    Shape(Kind.FEDEX, _shape(r"\d{15}"), check_digits.gs1, telling=False),
)
LABELLED_SHAPES: dict[NumberKind, Shape] = {
    Kind.DHL: Shape(Kind.DHL, _shape(r"\d{10}"), check_digits.dhl_express, telling=False)
}
"""Shapes so common that only a word before the number makes it one of these."""


def shape_of(number: str) -> Shape | None:
    """The shape of a normalised number; None where it may be anything."""
    shapes = (shape for shape in SHAPES if shape.pattern.fullmatch(number))
    return next((shape for shape in shapes if shape.telling or shape.fits(number)), None)
