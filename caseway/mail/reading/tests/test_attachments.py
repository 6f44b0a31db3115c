"""Files: safe names, types from content, dangers told."""

import base64
import hashlib
import io
import zipfile

import pytest

from caseway.mail.reading import ReadAttachment, read
from caseway.mail.reading.files.danger import EICAR
from caseway.mail.reading.files.names import UniqueNames, safe_name

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 30
PDF = b"%PDF-1.4\n1 0 obj\n"


def zipped(*names: str) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return data.getvalue()


def attached(content: bytes, name: str = "file", kind: str = "application/octet-stream") -> ReadAttachment:
    raw = (
        b"Content-Type: multipart/mixed; boundary=b\n\n--b\n\ntext\n--b\nContent-Type: %s\n"
        b'Content-Disposition: attachment; filename="%s"\nContent-Transfer-Encoding: base64\n\n%s\n--b--\n'
    ) % (kind.encode(), name.encode(), base64.encodebytes(content))
    (file,) = read(raw).attachments
    return file


def named(header: bytes) -> str:
    raw = b"Content-Type: multipart/mixed; boundary=b\n\n--b\n" + header + b"\n\nx\n--b--"
    return read(raw).attachments[0].name


def test_content_is_kept_to_the_byte():
    content = bytes(range(256)) * 100
    file = attached(content)
    assert file.content == content
    assert file.size == len(content)
    assert file.sha256 == hashlib.sha256(content).hexdigest()


@pytest.mark.parametrize(
    ("header", "name"),
    [
        (b'Content-Disposition: attachment; filename="a b.pdf"', "a b.pdf"),
        (b"Content-Disposition: attachment; filename=a.pdf", "a.pdf"),
        (b'Content-Disposition: attachment; filename="=?utf-8?q?Gr=C3=BC=C3=9Fe.pdf?="', "Grüße.pdf"),
        (b"Content-Disposition: attachment; filename*=utf-8'de'Gr%C3%BC%C3%9Fe.pdf", "Grüße.pdf"),
        (
            b"Content-Disposition: attachment; filename*0*=gb2312''%C4; filename*1*=%FA.p; filename*2=df",
            "您.pdf",
        ),
        (b'Content-Disposition: attachment; filename="\xc4\xfa\xba\xc3\xc4\xfa\xba\xc3.pdf"', "您好您好.pdf"),
        (b'Content-Type: application/pdf; name="b.pdf"\nContent-Disposition: attachment', "b.pdf"),
        (b'Content-Disposition: attachment; filename="../../etc/passwd"', "passwd"),
        (b'Content-Disposition: attachment; filename="C:\\\\evil\\\\a.doc"', "a.doc"),
        (b'Content-Disposition: attachment; filename="a=?utf-8?q?=0D=0AX:_y?=.pdf"', "a X_ y.pdf"),
        (b'Content-Disposition: attachment; filename="\xe2\x80\xaefdp.exe"', "fdp.exe"),
        (b'Content-Disposition: attachment; filename="a\x00b.pdf"', "a b.pdf"),
        (b'Content-Disposition: attachment; filename="con.txt"', "_con.txt"),
        (b'Content-Disposition: attachment; filename="..."', "attachment-1.txt"),
        (b"Content-Disposition: attachment", "attachment-1.txt"),
        (b'Content-Type: image/png\nContent-Disposition: attachment; filename=""', "attachment-1.txt"),
    ],
)
def test_name(header, name):
    assert named(header) == name


def test_long_name_keeps_its_ending():
    name = named(b'Content-Disposition: attachment; filename="' + "ü".encode() * 5_000 + b'.pdf"')
    assert len(name.encode()) <= 255
    assert name.endswith("ü.pdf")


def test_names_are_unique_whatever_their_case():
    names = UniqueNames()
    given = [names.unique(name) for name in ("a.pdf", "A.PDF", "a.pdf", "a (2).pdf", "x" * 255, "x" * 255)]
    assert given[:3] == ["a.pdf", "A (2).PDF", "a (3).pdf"]
    assert len({name.casefold() for name in given}) == len(given)
    assert all(len(name.encode()) <= 255 for name in given)
    assert safe_name("", "otherwise") == "otherwise"


@pytest.mark.parametrize(
    ("content", "declared", "name", "kind"),
    [
        (PNG, "application/octet-stream", "x", "image/png"),
        (b"\xff\xd8\xff\xe0" + b"\0" * 20, "image/png", "x.png", "image/jpeg"),
        (PDF, "text/plain", "x.txt", "application/pdf"),
        (b"<html><script>x</script>", "image/png", "x.png", "text/html"),
        (b"\xef\xbb\xbf <!DOCTYPE html><p>", "text/plain", "x.txt", "text/html"),
        ("<svg onload=x>".encode("utf-16"), "image/png", "x.png", "image/svg+xml"),
        (b'<?xml version="1.0"?><svg xmlns="x">', "image/jpeg", "x.jpg", "image/svg+xml"),
        (b"<?xml version='1.0'?><a/>", "text/plain", "x", "application/xml"),
        (b"a,b\n1,2\n", "text/csv", "x.csv", "text/csv"),
        (b"a,b\n1,2\n", "application/octet-stream", "x.csv", "text/csv"),
        (b"just text", "image/png", "x.png", "text/plain"),
        (b"\0\1\2\3" * 20, "image/png", "x.png", "application/octet-stream"),
        (b"\0\1\2\3" * 20, "application/x-carrier-label", "x.lbl", "application/x-carrier-label"),
        (b"MZ" + b"\0" * 80, "application/pdf", "x.pdf", "application/vnd.microsoft.portable-executable"),
        (zipped("a.txt"), "application/octet-stream", "x.zip", "application/zip"),
        (
            zipped("[Content_Types].xml", "word/document.xml"),
            "application/zip",
            "x.docx",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
        (b"BEGIN:VCARD\nVERSION:3.0\n", "text/plain", "x", "text/vcard"),
        (b"", "text/csv", "x.csv", "text/csv"),
    ],
)
def test_type_comes_from_content(content, declared, name, kind):
    assert attached(content, name, declared).type == kind


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"MZ" + b"\0" * 80, "invoice.pdf"),
        (b"x", "invoice.pdf.exe"),
        (b"x", "invoice.js"),
        (b"x", "invoice.JS."),
        (b"x", "a.docm"),
        (b"x", "a.lnk"),
        (b"x", "a.pht"),
        (b"<html>", "a.txt"),
        (b"<svg>", "a.png"),
        (b"#!/bin/sh\n", "a.txt"),
        (b"<?php x", "a.txt"),
        (EICAR, "a.txt"),
        (zipped("a.txt", "folder/invoice.exe"), "a.zip"),
        (zipped("[Content_Types].xml", "word/vbaProject.bin"), "a.docx"),
        (b"%PDF-1.4\n<</OpenAction<</JavaScript (app.alert(1))>>>>", "a.pdf"),
    ],
)
def test_dangerous_file_is_held(content, name):
    assert attached(content, name).quarantined


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (PNG, "a.png"),
        (PDF, "a.pdf"),
        (b"a,b\n", "a.csv"),
        (zipped("a.txt", "b.pdf"), "a.zip"),
        (zipped("[Content_Types].xml", "word/document.xml"), "a.docx"),
    ],
)
def test_harmless_file_is_not_held(content, name):
    assert not attached(content, name).quarantined


def test_picture_of_the_text_is_inline():
    raw = (
        b"Content-Type: multipart/related; boundary=b\n\n"
        b"--b\nContent-Type: text/html\n\n<img src=cid:logo@x>\n"
        b"--b\nContent-Type: image/png; name=logo.png\nContent-ID: <logo@x>\n\n" + PNG + b"\n--b--"
    )
    found = read(raw)
    (file,) = found.attachments
    assert (file.inline, file.content_id, file.name) == (True, "logo@x", "logo.png")
    assert 'data-cid="logo@x"' in found.html


def test_uuencoded_file_is_decoded():
    raw = (
        b"Content-Disposition: attachment; filename=a.txt\nContent-Transfer-Encoding: x-uuencode\n\n"
        b"begin 644 a.txt\n#0V%T\n`\nend\n"
    )
    assert read(raw).attachments[0].content == b"Cat"
