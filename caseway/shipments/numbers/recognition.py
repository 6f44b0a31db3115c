"""Which kind of number somebody typed."""

import re
from dataclasses import dataclass

from .kinds import NumberKind, SeenKind
from .labels import LABEL, kind_named
from .normal import normal_number
from .shapes import LABELLED_SHAPES, Shape, shape_of

_LEADING = re.compile(r"(PO|BOL|RMA|RA|PRO|SHP|ORD|REF)\d{3,}", re.ASCII)
_BETWEEN = re.compile(r"[\s:#]")


@dataclass(frozen=True)
class Recognised:
    """A number and what it was taken for: the number normalised, its kind (None: it may be any),
    whether its check digit fits (None: that kind has none), and other ways it may be stored."""

    value: str
    kind: NumberKind | None = None
    fits: bool | None = None
    others: tuple[str, ...] = ()

    @property
    def spellings(self) -> tuple[str, ...]:
        """Every normalised form under which it may be stored, as typed first."""
        return (self.value, *self.others)


def recognise(typed: str) -> Recognised:
    """What was typed into a search for one number, which a word such as "PO" may precede."""
    value = normal_number(typed)
    label = LABEL.match(typed.strip())
    if label and _BETWEEN.search(label[0]) and (rest := normal_number(typed.strip()[label.end() :])):
        named = of_kind(rest, kind_named(label["label"]))
        others = dict.fromkeys((*named.spellings, value))
        return Recognised(value, named.kind, named.fits, tuple(one for one in others if one != value))
    return of_kind(value)


def of_kind(value: str, said: NumberKind | None = None) -> Recognised:
    """A normalised number: its shape tells its kind, else its first letters do, else what was `said`."""
    if shape := _shape_of(value, said):
        return Recognised(value, shape.kind, shape.fits(shape.core_of(value)), _without_prefix(value, shape))
    leading = _LEADING.fullmatch(value)
    return Recognised(value, kind_named(leading[1]) if leading else said)


def _shape_of(value: str, said: NumberKind | None) -> Shape | None:
    labelled = LABELLED_SHAPES.get(said) if said else None
    return labelled if labelled and labelled.pattern.fullmatch(value) else shape_of(value)


def _without_prefix(value: str, shape: Shape) -> tuple[str, ...]:
    """The number without a prefix that labels carry, or for an SSCC with the one that it lacks."""
    core = shape.core_of(value)
    if core != value:
        return (core,)
    return (f"00{value}",) if shape.kind is SeenKind.SSCC else ()
