"""What a file is, is found in its content; what it is called is only a claim."""

import io
import zipfile

import pytest
from PIL import Image

from caseway.accounts.policy import DOCUMENTS, PORTAL_TYPES
from caseway.cases.files.kinds import EICAR, examine, find_type


def image(format_: str) -> bytes:
    content = io.BytesIO()
    Image.new("RGB", (8, 8), "teal").save(content, format_)
    return content.getvalue()


def archive(*names: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as packed:
        for name in names:
            packed.writestr(name, "x")
    return content.getvalue()


OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600)
GOOD = [
    ("a.jpg", image("JPEG"), "image/jpeg"),
    ("a.JPEG", image("JPEG"), "image/jpeg"),
    ("a.png", image("PNG"), "image/png"),
    ("a.gif", image("GIF"), "image/gif"),
    ("a.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "application/pdf"),
    ("a.doc", OLE, "application/x-ole"),
    (
        "a.docx",
        archive("[Content_Types].xml", "word/document.xml"),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    (
        "a.xlsx",
        archive("[Content_Types].xml", "xl/workbook.xml"),
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    ("a.zip", archive("inside.txt"), "application/zip"),
    ("a.txt", "Grüße".encode(), "text/plain"),
    ("a.csv", b"a;b\n1;2\n", "text/csv"),
    ("a.eml", b"From: a@b.example\n\nHello", "message/rfc822"),
]


@pytest.mark.parametrize(("name", "content", "type_"), GOOD, ids=[name for name, _c, _t in GOOD])
def test_what_policy_allows_is_taken_and_named_by_its_content(name: str, content: bytes, type_: str) -> None:
    kind = examine(io.BytesIO(content), name, PORTAL_TYPES)
    assert (kind.type, kind.objection) == (type_, "")


REFUSED = [
    ("page.png", b"<!doctype html><script>alert(1)</script>", "not what its name says"),
    ("picture.png", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "not what its name says"),
    ("note.pdf", image("PNG"), "not what its name says"),
    ("photo.jpg", b"MZ\x90\x00" + bytes(200), "not what its name says"),
    ("table.docx", archive("evil.exe"), "not what its name says"),
    ("notes.txt", b"\x00\x01\x02binary", "not what its name says"),
    ("run.exe", b"MZ\x90\x00" + bytes(200), "not taken"),
    ("page.html", b"<html></html>", "not taken"),
    ("drawing.svg", b"<svg/>", "not taken"),
    ("noending", b"hello", "not taken"),
    ("double.pdf.exe", b"%PDF-1.7", "not taken"),
    ("virus.txt", EICAR, "virus scanner"),
]


@pytest.mark.parametrize(("name", "content", "why"), REFUSED, ids=[name for name, _c, _w in REFUSED])
def test_what_is_not_what_it_says_is_refused_with_the_reason(name: str, content: bytes, why: str) -> None:
    assert why in examine(io.BytesIO(content), name, PORTAL_TYPES).objection


def test_the_desk_takes_fewer_kinds_than_the_portal() -> None:
    assert examine(io.BytesIO(archive("a.txt")), "a.zip", DOCUMENTS).objection


def test_nothing_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: object, **_kwargs: object) -> None:
        raise AssertionError("an archive was unpacked")

    bomb = archive("[Content_Types].xml", "word/document.xml")
    for reader in ("open", "read", "extract", "extractall"):
        monkeypatch.setattr(zipfile.ZipFile, reader, refuse)
    assert find_type(io.BytesIO(bomb), "a.docx").endswith("wordprocessingml.document")


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04", b"PK\x03\x04" + bytes(50), b"\xff" * 9000, b"\n" * 9000]
)
def test_broken_files_never_break_the_reader(content: bytes) -> None:
    find_type(io.BytesIO(content), "a.zip")
