"""What stays of a message on its way: the same mail through two servers has one hash."""

import hashlib
import re

from caseway.mail.reading.mime.headers import read_headers

# What its sender wrote. Servers add and change any other field on the way.
WRITTEN = (
    "from",
    "to",
    "cc",
    "reply-to",
    "subject",
    "date",
    "message-id",
    "in-reply-to",
    "references",
    "content-type",
    "content-disposition",
    "auto-submitted",
)
SPACE_BEFORE_LINE_END = re.compile(rb"[ \t]+\n")


def content_hash(raw: bytes) -> str:
    """Give the SHA-256, in hex, of a message without its trace headers.

    Folding of headers, line endings and blank lines at the end don't count: servers and
    mailboxes change them. Any difference in what was written gives another hash.
    """
    headers, start = read_headers(raw, 0, _no_boundary)
    digest = hashlib.sha256()
    for name in WRITTEN:
        for value in headers.raw_values(name):
            digest.update(f"{name}:{' '.join(value.split())}\n".encode())
    digest.update(b"\n")
    body = raw[start:].replace(b"\r\n", b"\n")
    digest.update(SPACE_BEFORE_LINE_END.sub(b"\n", body).rstrip())
    return digest.hexdigest()


def _no_boundary(position: int) -> bool:
    return False
