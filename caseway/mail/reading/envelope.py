"""What the mail servers on the way say about sender and recipient of the envelope."""

import re

from caseway.mail.reading.mime.addresses import addresses_of
from caseway.mail.reading.mime.headers import Headers

RECIPIENT_HEADERS = (
    "delivered-to",
    "x-delivered-to",
    "x-original-to",
    "envelope-to",
    "x-envelope-to",
    "apparently-to",
)
RECEIVED_FOR = re.compile(r"\sfor\s+<?([^\s<>;]{1,320}@[^\s<>;]{1,255})>?[\s;]", re.IGNORECASE)

MOST_HINTS = 50


def delivered_to(headers: Headers) -> tuple[str, ...]:
    """Give the addresses that servers say they delivered to, the surest first, each once."""
    hints: dict[str, None] = {}
    for name in RECIPIENT_HEADERS:
        for value in headers.raw_values(name):
            hints.update(dict.fromkeys(found.email for found in addresses_of(value[:10_000])))
    for value in headers.raw_values("received"):
        if found := RECEIVED_FOR.search(value[:10_000]):
            hints.setdefault(found[1])
    return tuple(email for email in hints if email)[:MOST_HINTS]


def envelope_from(headers: Headers) -> str | None:
    """Give the address of Return-Path, "" for the null sender, None where there is none."""
    if "return-path" not in headers:
        return None
    value = headers.raw("return-path").strip()[:10_000]
    if value in {"", "<>"}:
        return ""
    found = addresses_of(value)
    return found[0].email if found else ""
