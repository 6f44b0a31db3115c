"""Content-Transfer-Encoding, undone without ever losing what was written."""

import binascii
import re

from caseway.mail.reading.mime.words import from_base64

# A line that base64 never has: words with spaces between, or characters off the alphabet.
PROSE = re.compile(rb"^[ \t]*[^\s]+[ \t]+[^\s]+|[^A-Za-z0-9+/=\s\x00]", re.MULTILINE)
UU_BLOCK = re.compile(rb"^begin [0-7]{3,4} [^\n]*\n(.*?)^(?:end|\Z)", re.MULTILINE | re.DOTALL)


def decoded(body: bytes, encoding: str, *, textual: bool) -> bytes:
    """Undo `encoding`; an unknown one, or prose that claims to be base64, stays as it is."""
    if encoding == "base64":
        if textual and PROSE.search(body[:2_000]):
            return body
        return from_base64(body)
    if encoding == "quoted-printable":
        return binascii.a2b_qp(body)
    if encoding in {"x-uuencode", "uuencode", "x-uue", "uue"}:
        return _from_uuencode(body)
    return body


def _from_uuencode(body: bytes) -> bytes:
    block = UU_BLOCK.search(body)
    lines = block[1].splitlines() if block else body.splitlines()
    data = bytearray()
    for line in lines:
        try:
            data += binascii.a2b_uu(line)
        except binascii.Error:
            # Some encoders add a character; the first byte tells how much of the line counts.
            counted = (((line[0] - 32) & 63) * 4 + 5) // 3 if line else 0
            try:
                data += binascii.a2b_uu(line[:counted])
            except binascii.Error:
                return body
    return bytes(data)
