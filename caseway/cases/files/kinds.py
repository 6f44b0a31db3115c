"""What a file is, found from its content and never from its name alone.

Nothing is unpacked: of an archive only the list of names is read, so a zip bomb costs nothing.
"""

import zipfile
from dataclasses import dataclass
from pathlib import PurePath
from typing import BinaryIO

import filetype
from django.utils.translation import gettext as _

HEAD = 8192
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
OLE = bytes.fromhex("d0cf11e0a1b11ae1")

# What the content of a file with this ending must be found to be.
EXPECTED: dict[str, frozenset[str]] = {
    "jpg": frozenset({"image/jpeg"}),
    "jpeg": frozenset({"image/jpeg"}),
    "png": frozenset({"image/png", "image/apng"}),
    "gif": frozenset({"image/gif"}),
    "pdf": frozenset({"application/pdf"}),
    "doc": frozenset({"application/msword", "application/x-ole"}),
    "xls": frozenset({"application/vnd.ms-excel", "application/x-ole"}),
    "ppt": frozenset({"application/vnd.ms-powerpoint", "application/x-ole"}),
    "docx": frozenset({"application/vnd.openxmlformats-officedocument.wordprocessingml.document"}),
    "xlsx": frozenset({"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}),
    "pptx": frozenset({"application/vnd.openxmlformats-officedocument.presentationml.presentation"}),
    "txt": frozenset({"text/plain"}),
    "csv": frozenset({"text/plain"}),
    "eml": frozenset({"text/plain"}),
    "zip": frozenset({"application/zip"}),
}
OFFICE_PARTS = {
    "word/": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xl/": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ppt/": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
STORED_AS = {"csv": "text/csv", "eml": "message/rfc822"}
IMAGES = frozenset({"image/jpeg", "image/png", "image/gif"})


@dataclass(frozen=True)
class Kind:
    """The type found, and why the file must not be passed on (empty: it may)."""

    type: str
    objection: str = ""


def ending_of(name: str) -> str:
    """The lower-case ending of a name, without its dot."""
    return PurePath(name).suffix.lower().lstrip(".")


def find_type(content: BinaryIO, name: str) -> str:
    """The MIME type of the content; `application/octet-stream` where nothing is recognised."""
    content.seek(0)
    head = content.read(HEAD)
    guess = filetype.guess(head)
    found = guess.mime if guess else ""
    if head.startswith(b"PK\x03\x04"):
        found = _type_of_archive(content)
    elif head.startswith(OLE):
        found = "application/x-ole"
    elif not found and _is_text(head):
        found = "text/plain"
    content.seek(0)
    found = found or "application/octet-stream"
    return STORED_AS.get(ending_of(name), found) if found == "text/plain" else found


def _type_of_archive(content: BinaryIO) -> str:
    try:
        names = zipfile.ZipFile(content).namelist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return "application/zip"
    if "[Content_Types].xml" in names:
        for part, type_ in OFFICE_PARTS.items():
            if any(name.startswith(part) for name in names):
                return type_
    return "application/zip"


def _is_text(head: bytes) -> bool:
    return b"\0" not in head and not head.lstrip().lower().startswith(
        (b"<!doctype", b"<html", b"<svg", b"<?xml", b"<script")
    )


def objection_to_name(name: str, allowed: tuple[str, ...]) -> str:
    """What speaks against a name under a policy that allows these endings; empty: nothing.

    The last ending counts, as it does for whoever opens the file: `invoice.pdf.exe` is a program.
    """
    if ending_of(name) in allowed:
        return ""
    types = ", ".join(sorted({e.upper() for e in allowed}))
    return _("files of this type are not taken; allowed are %(types)s") % {"types": types}


def examine(content: BinaryIO, name: str, allowed: tuple[str, ...]) -> Kind:
    """What the file is, and what speaks against it under a policy that allows these endings."""
    found = find_type(content, name)
    ending = ending_of(name)
    if EICAR in content.read(len(EICAR) * 2):
        content.seek(0)
        return Kind(found, _("the virus scanner refuses it"))
    content.seek(0)
    if objection := objection_to_name(name, allowed):
        return Kind(found, objection)
    plain = "text/plain" if found in STORED_AS.values() else found
    if plain not in EXPECTED.get(ending, frozenset()):
        return Kind(found, _("its content is not what its name says"))
    return Kind(found)
