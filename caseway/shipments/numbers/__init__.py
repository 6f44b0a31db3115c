"""Numbers of shipments: how they are compared, and which kind one is. Pure; nothing is stored here."""

from .kinds import NumberKind, SeenKind, StoredKind
from .normal import LONGEST, normal_number
from .recognition import Recognised, recognise
from .running_text import numbers_in

__all__ = [
    "LONGEST",
    "NumberKind",
    "Recognised",
    "SeenKind",
    "StoredKind",
    "normal_number",
    "numbers_in",
    "recognise",
]
