"""Which of a shipment's numbers somebody found it by. Pure."""

from dataclasses import dataclass

from .feed.numbers import COLUMNS
from .models import Shipment
from .numbers import Recognised, StoredKind, normal_number


@dataclass(frozen=True)
class Match:
    """A number of a shipment as the feed wrote it, and its kind; `exact` or only its beginning."""

    kind: StoredKind
    number: str
    exact: bool


def match_of(shipment: Shipment, wanted: Recognised) -> Match | None:
    """The number by which `wanted` finds the shipment: an exact one first; None where none fits."""
    matches = [match for kind in COLUMNS if (match := _match(shipment, kind, wanted))]
    return next((match for match in matches if match.exact), matches[0] if matches else None)


def _match(shipment: Shipment, kind: StoredKind, wanted: Recognised) -> Match | None:
    written = getattr(shipment, COLUMNS[kind])
    value = normal_number(written)
    if not value or not value.startswith(wanted.spellings):
        return None
    return Match(kind, written, exact=value in wanted.spellings)
