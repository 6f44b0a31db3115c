"""Types of files that are text; what a browser could run is told first."""

import mimetypes
import re

SPACE = rb"(?:\xef\xbb\xbf)?[\s\x00]*"
COMMENTS = rb"(?:<!--.{0,2000}?-->\s*)*"
MARKUP = (
    (
        rb"<\?xml[^>]{0,500}>" + rb"\s*" + COMMENTS + rb"(?:<!doctype svg[^>]{0,500}>\s*)?<svg[\s>]",
        "image/svg+xml",
    ),
    (COMMENTS + rb"(?:<!doctype svg[^>]{0,500}>\s*)?<svg[\s>/]", "image/svg+xml"),
    (
        rb"<\?xml[^>]{0,500}>" + rb"\s*" + COMMENTS + rb"(?:<!doctype html[^>]{0,500}>\s*)?<html[\s>]",
        "application/xhtml+xml",
    ),
    (
        COMMENTS
        + rb"<(?:!doctype html|html|head|body|script|iframe|title|meta|style|table|a |p>|div|h1|img|br|b>"
        rb"|form)[^a-z]?",
        "text/html",
    ),
    (rb"<\?xml[\s?]", "application/xml"),
    (rb"<\?php", "application/x-php"),
    (rb"#!", "text/x-shellscript"),
)
PATTERNS = [(re.compile(SPACE + mark, re.IGNORECASE | re.DOTALL), kind) for mark, kind in MARKUP]
BEGINNINGS = (
    (b"BEGIN:VCALENDAR", "text/calendar"),
    (b"BEGIN:VCARD", "text/vcard"),
)
# What text may be called on its sender's word; anything else is plain text.
_BELIEVED = (
    "text/plain text/csv text/tab-separated-values text/markdown text/calendar text/vcard "
    "application/json application/edifact application/edi-x12 application/pgp-signature "
    "application/pgp-keys application/pgp-encrypted text/x-log"
)
BELIEVED = frozenset(_BELIEVED.split())
NOT_TEXT = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def looks_like_text(head: bytes) -> bool:
    """Say whether the first bytes of a file are text of some charset."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    return bool(head) and not NOT_TEXT.search(head)


def text_type(head: bytes, declared: str, name: str) -> str:
    """Give the type of text that begins with `head`."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head.replace(b"\0", b"")[2:]
    for pattern, kind in PATTERNS:
        if pattern.match(head):
            return kind
    beginning = head.lstrip(b"\xef\xbb\xbf\r\n\t ")[:20].upper()
    for mark, kind in BEGINNINGS:
        if beginning.startswith(mark):
            return kind
    by_name = mimetypes.guess_type(name)[0] or ""
    return next((kind for kind in (declared, by_name) if kind in BELIEVED), "text/plain")
