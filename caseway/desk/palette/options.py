"""What the palette lists."""

from collections.abc import Sequence
from dataclasses import dataclass

EACH = 5
"""How many of one kind are listed."""


@dataclass(frozen=True)
class Option:
    """One line: its words, where it leads, and what tells it from others of its name."""

    label: str
    url: str
    icon: str
    detail: str = ""
    keys: Sequence[str] = ()


@dataclass(frozen=True)
class OptionGroup:
    """Options of one kind."""

    key: str
    title: str
    options: Sequence[Option]
