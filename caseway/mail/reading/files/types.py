"""The type of a file, found from what it holds."""

import mimetypes
import re

import filetype

from caseway.mail.reading.files.text_types import looks_like_text, text_type

UNKNOWN = "application/octet-stream"
ZIP = "application/zip"
OFFICE = "application/vnd.openxmlformats-officedocument."
INSIDE_ZIP = (
    (b"word/", OFFICE + "wordprocessingml.document"),
    (b"xl/", OFFICE + "spreadsheetml.sheet"),
    (b"ppt/", OFFICE + "presentationml.presentation"),
)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OLE_TYPES = (
    (b"W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t", "application/msword"),
    (b"W\0o\0r\0k\0b\0o\0o\0k", "application/vnd.ms-excel"),
    (b"P\0o\0w\0e\0r\0P\0o\0i\0n\0t", "application/vnd.ms-powerpoint"),
    (b"_\0_\0p\0r\0o\0p\0e\0r\0t\0i\0e\0s", "application/vnd.ms-outlook"),
)
SIGNATURES = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"BM", "image/bmp"),
    (b"II*\0", "image/tiff"),
    (b"MM\0*", "image/tiff"),
    (b"MZ", "application/vnd.microsoft.portable-executable"),
    (b"\x7fELF", "application/x-elf"),
    (b"\xca\xfe\xba\xbe", "application/java-vm"),
    (b"{\\rtf", "application/rtf"),
    (b"\x78\x9f\x3e\x22", "application/vnd.ms-tnef"),
    (b"L\0\0\0\x01\x14\x02\0", "application/x-ms-shortcut"),
    (b"ITSF", "application/vnd.ms-htmlhelp"),
    (b"\xe4\x52\x5c\x7b\x8c\xd8\xa7\x4d", "application/onenote"),
)
# Types that content would have shown, so that a mere declaration isn't believed.
RECOGNISABLE = re.compile(
    r"(?:image|audio|video|text|multipart|message)/|application/(?:pdf|zip|x-zip|msword|rtf|gzip"
    r"|vnd\.ms-|vnd\.openxmlformats|vnd\.oasis|x-(?:msdownload|dosexec|executable|rar|7z|tar))"
)
CHECKED = 8_192


def type_of(content: bytes, declared: str, name: str) -> str:
    """Give the type that `content` shows; the declared one counts only where it shows none."""
    head = content[:CHECKED]
    found = _by_signature(content, head)
    if found:
        return found
    if looks_like_text(head):
        return text_type(head, declared, name)
    if head:
        guess = filetype.guess(head)
        if guess is not None:
            return str(guess.mime)
    elif declared:
        return mimetypes.guess_type(name)[0] or declared
    return UNKNOWN if not declared or RECOGNISABLE.match(declared) else declared


def _by_signature(content: bytes, head: bytes) -> str:
    if head.startswith(b"PK\x03\x04"):
        return _inside_zip(content)
    if head.startswith(OLE):
        return next((kind for mark, kind in OLE_TYPES if mark in content), "application/x-ole-storage")
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "image/webp"
    return next((kind for mark, kind in SIGNATURES if head.startswith(mark)), "")


def _inside_zip(content: bytes) -> str:
    """Tell office files from other archives by the names inside; nothing is unpacked."""
    if content[30:38] == b"mimetype":
        stated = re.match(rb"[a-z0-9.+/-]{1,100}", content[38:140])
        if stated and stated[0].startswith(b"application/"):
            return stated[0].decode("ascii")
    if b"[Content_Types].xml" in content:
        for mark, kind in INSIDE_ZIP:
            if mark in content:
                return kind
    return ZIP
