"""Opaque signatures: a message within PKCS #7 signed data (RFC 8551 section 3.5.2, RFC 5652).

The message is read, the signature is not judged: nobody is trusted more for it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from caseway.mail.reading.mime.part import Part

TYPES = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime"})
SIGNED_DATA = bytes.fromhex("2a864886f70d010702")
SEQUENCE, OBJECT_IDENTIFIER, OCTETS, EXPLICIT = 0x30, 0x06, 0x04, 0xA0
CONSTRUCTED, LONG_TAG, LONG_LENGTH = 0x20, 0x1F, 0x80
# Where the message stands: ContentInfo, its content, SignedData, EncapsulatedContentInfo, its content.
PATH = [SEQUENCE, EXPLICIT, SEQUENCE, SEQUENCE, EXPLICIT]

MOST_ELEMENTS = 200_000
DEEPEST = 20


@dataclass(frozen=True, slots=True)
class _Primitive:
    """A value, and the tags of what it stands in."""

    tag: int
    path: list[int]
    value: slice


def signed_content(part: Part) -> bytes:
    """Give the MIME entity that a part carries in signed data, b"" where it is none. Never raises."""
    if part.type not in TYPES:
        return b""
    data = part.content()
    pieces: list[bytes] = []
    try:
        for found in _primitives(data):
            if found.tag == OBJECT_IDENTIFIER and found.path == PATH[:1] and data[found.value] != SIGNED_DATA:
                return b""
            if found.tag == OCTETS and found.path[: len(PATH)] == PATH:
                pieces.append(data[found.value])
            elif pieces:
                break
    except (IndexError, ValueError):
        pass  # damaged behind the message, or no such data at all
    return b"".join(pieces)


def _primitives(data: bytes) -> Iterator[_Primitive]:
    """The values of BER in their order; constructed ones may leave their length open (X.690 section 8.1)."""
    ends: list[int | None] = []
    path: list[int] = []
    at = 0
    for _ in range(MOST_ELEMENTS):
        while ends and (end := ends[-1]) is not None and at >= end:
            ends.pop()
            path.pop()
        if at >= len(data):
            return
        if ends and ends[-1] is None and data[at : at + 2] == b"\0\0":
            ends.pop()
            path.pop()
            at += 2
            continue
        tag, start, end = _head(data, at)
        at = start
        if tag & CONSTRUCTED and len(path) < DEEPEST:
            ends.append(end)
            path.append(tag)
        elif end is None or end > len(data):
            raise ValueError("a value without an end")
        else:
            yield _Primitive(tag, path, slice(start, end))
            at = end


def _head(data: bytes, at: int) -> tuple[int, int, int | None]:
    """Tag, where the value starts, and where it ends: None where its end is marked instead."""
    tag, length = data[at], data[at + 1]
    if tag & LONG_TAG == LONG_TAG:
        raise ValueError("a tag that none of these structures has")
    start = at + 2
    if length == LONG_LENGTH:
        return tag, start, None
    if length > LONG_LENGTH:
        size = length - LONG_LENGTH
        length = int.from_bytes(data[start : start + size], "big")
        start += size
    return tag, start, start + length
