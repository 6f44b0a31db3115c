"""Encoded words in headers (RFC 2047), as they are really written."""

import binascii
import re

from caseway.mail.reading.mime.charsets import text_of

WORD = re.compile(r"=\?([^?\s*]{1,64})(?:\*[^?\s]{0,64})?\?([bBqQ])\?([^?]*)\?=")
HEX_PAIR = re.compile(rb"=([0-9A-Fa-f]{2})")
NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/]")


def decoded_words(value: str) -> str:
    """Give `value` with its encoded words decoded; what isn't one stays as it is.

    Neighbours of one charset are joined before decoding, since senders split characters.
    """
    if "=?" not in value:
        return value
    pieces: list[str] = []
    pending: list[bytes] = []
    charset = ""
    end = 0
    for word in WORD.finditer(value):
        between = value[end : word.start()]
        end = word.end()
        apart = bool(between.strip()) or not pending
        if apart or word[1].lower() != charset:
            pieces.append(text_of(b"".join(pending), charset))
            pending = []
        if apart:
            pieces.append(between)
        charset = word[1].lower()
        pending.append(_bytes_of(word[2].lower(), word[3]))
    pieces.append(text_of(b"".join(pending), charset))
    pieces.append(value[end:])
    return "".join(pieces)


def _bytes_of(encoding: str, text: str) -> bytes:
    data = text.encode("utf-8", "replace")
    if encoding == "q":
        return HEX_PAIR.sub(lambda pair: bytes([int(pair[1], 16)]), data.replace(b"_", b" "))
    return from_base64(data)


def from_base64(data: bytes) -> bytes:
    """Decode base64 whatever stands between and whether or not it is padded. Never raises."""
    decoded = []
    for piece in re.split(rb"=+", data):
        alphabet = NOT_BASE64.sub(b"", piece)
        whole = len(alphabet) - (1 if len(alphabet) % 4 == 1 else 0)
        decoded.append(binascii.a2b_base64(alphabet[:whole] + b"=" * (-whole % 4)))
    return b"".join(decoded)
