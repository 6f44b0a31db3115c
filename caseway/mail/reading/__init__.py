"""Reads one mail message: pure, without database, for any bytes.

`read(raw)` gives a `ReadMail`, `as_json` the JSON of the command line, `content_hash` what
tells two copies of one message from two messages.
"""

from caseway.mail.reading.fingerprint import content_hash
from caseway.mail.reading.model import (
    Address,
    AuthenticationResult,
    AuthenticationResults,
    Bounce,
    Note,
    ReadAttachment,
    ReadMail,
)
from caseway.mail.reading.presentation import as_json
from caseway.mail.reading.reader import read

__all__ = [
    "Address",
    "AuthenticationResult",
    "AuthenticationResults",
    "Bounce",
    "Note",
    "ReadAttachment",
    "ReadMail",
    "as_json",
    "content_hash",
    "read",
]
