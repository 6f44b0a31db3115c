"""MAPI properties as TNEF writes them (MS-OXTNEF section 2.1.3.4)."""

import struct
from dataclasses import dataclass

LENGTH_OF = {
    0x0002: 2, 0x0003: 4, 0x0004: 4, 0x0005: 8, 0x0006: 8, 0x0007: 8, 0x000A: 4, 0x000B: 2, 0x0014: 8,
    0x0040: 8, 0x0048: 16,
}  # fmt: skip
OF_ANY_LENGTH = frozenset({0x000D, 0x001E, 0x001F, 0x0102})
SEVERAL = 0x1000
NAMED = 0x8000
NAMED_BY_STRING = 1

MOST_PROPERTIES = 2_000
MOST_VALUES = 1_000


@dataclass(frozen=True, slots=True)
class Property:
    """The first value of a property; `kind` is its MAPI type."""

    kind: int
    value: bytes

    def text(self, charset: str) -> str:
        """The value as characters, without the zero at the end."""
        name = "utf-16-le" if self.kind == 0x001F else charset
        return self.value.decode(name, "replace").partition("\0")[0]


class Reader:
    """Bytes that are read from the front; asking for more than there is raises ValueError."""

    def __init__(self, data: bytes) -> None:
        self.data = memoryview(data)
        self.at = 0

    def take(self, length: int) -> bytes:
        """The next bytes."""
        if length < 0 or self.at + length > len(self.data):
            raise ValueError("the data ends within a value")
        self.at += length
        return bytes(self.data[self.at - length : self.at])

    def number(self, length: int = 4) -> int:
        """The next number, the lowest byte first."""
        return int.from_bytes(self.take(length), "little")

    def padded(self, length: int) -> bytes:
        """The next bytes, and those that fill their last group of four."""
        found = self.take(length)
        self.at = min(self.at + -length % 4, len(self.data))
        return found


def properties_in(data: bytes) -> dict[int, Property]:
    """Read the properties by their number, as far as they can be read; named ones are left out."""
    found: dict[int, Property] = {}
    reader = Reader(data)
    try:
        for _ in range(min(reader.number(), MOST_PROPERTIES)):
            kind, number = struct.unpack("<HH", reader.take(4))
            if number >= NAMED:
                _skip_name(reader)
            value = _value(reader, kind)
            if number < NAMED and value is not None:
                found.setdefault(number, Property(kind & ~SEVERAL, value))
    except ValueError:
        pass  # what was read before the damage counts
    return found


def _skip_name(reader: Reader) -> None:
    reader.take(16)
    if reader.number() == NAMED_BY_STRING:
        reader.padded(reader.number())
    else:
        reader.take(4)


def _value(reader: Reader, kind: int) -> bytes | None:
    plain = kind & ~SEVERAL
    any_length = plain in OF_ANY_LENGTH
    if not any_length and plain not in LENGTH_OF:
        raise ValueError("a property of an unknown type")
    count = reader.number() if any_length or kind & SEVERAL else 1
    first: bytes | None = None
    for number in range(min(count, MOST_VALUES)):
        value = reader.padded(reader.number() if any_length else LENGTH_OF[plain])
        first = value if number == 0 else first
    return first
