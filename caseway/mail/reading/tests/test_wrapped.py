"""What comes wrapped: Outlook's winmail.dat, opaque signatures, and damage of both."""

import datetime as dt
import struct

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs7
from cryptography.x509.oid import NameOID
from hypothesis import given
from hypothesis import strategies as st

from caseway.mail.reading import read
from caseway.mail.reading.files.danger import EICAR
from caseway.mail.reading.mime.part import Part
from caseway.mail.reading.wrapped.making import file_part
from caseway.mail.reading.wrapped.signed import signed_content
from caseway.mail.reading.wrapped.tnef import MOST_FILES, unwrapped

PDF = b"%PDF-1.4\n1 0 obj\n"
SIGNATURE = b"\x78\x9f\x3e\x22\x01\x00"


def attribute(level: int, number: int, data: bytes) -> bytes:
    return (
        bytes([level]) + struct.pack("<II", number, len(data)) + data + struct.pack("<H", sum(data) & 0xFFFF)
    )


def padded(data: bytes) -> bytes:
    return data + b"\0" * (-len(data) % 4)


def text_property(number: int, text: str) -> bytes:
    data = text.encode("utf-16-le") + b"\0\0"
    return struct.pack("<HHII", 0x001F, number, 1, len(data)) + padded(data)


def bytes_property(number: int, data: bytes, kind: int = 0x0102) -> bytes:
    return struct.pack("<HHII", kind, number, 1, len(data)) + padded(data)


def named_property(name: str) -> bytes:
    data = name.encode("utf-16-le") + b"\0\0"
    named = struct.pack("<HH", 0x0003, 0x8001) + b"\0" * 16 + struct.pack("<II", 1, len(data)) + padded(data)
    return named + struct.pack("<I", 7)


def properties(*found: bytes) -> bytes:
    return struct.pack("<I", len(found)) + b"".join(found)


def attached(content: bytes, short: str, *more: bytes) -> bytes:
    return (
        attribute(2, 0x00069002, b"\x01\0" + b"\0" * 12)
        + attribute(2, 0x00018010, short.encode("cp1252") + b"\0")
        + (attribute(2, 0x0006800F, content) if content else b"")
        + (attribute(2, 0x00069005, properties(*more)) if more else b"")
    )


def winmail(*parts: bytes, message: bytes = b"") -> bytes:
    own = attribute(1, 0x00069003, message) if message else b""
    return SIGNATURE + attribute(1, 0x00069007, struct.pack("<II", 1252, 0)) + own + b"".join(parts)


def carrying(content: bytes, text: str = "See the file.") -> bytes:
    part = file_part(content, "winmail.dat", "application/ms-tnef")
    return (
        b"From: kim@orchid.example\nContent-Type: multipart/mixed; boundary=zz\n\n--zz\n\n"
        + text.encode()
        + b"\n--zz\n"
        + part.source
        + b"\n--zz--\n"
    )


def test_files_of_a_winmail_are_files_of_the_mail():
    content = winmail(
        attached(PDF, "ANGEBO~1.PDF", named_property("x"), text_property(0x3707, "Angebot für Kim.pdf")),
        attached(b"a;b\n1;2\n", "list.csv"),
        attached(EICAR, "harmless.txt"),
    )
    found = read(carrying(content))
    assert found.text == "See the file."
    assert [(file.name, file.type, file.quarantined) for file in found.attachments] == [
        ("Angebot für Kim.pdf", "application/pdf", False),
        ("list.csv", "text/csv", False),
        ("harmless.txt", "text/plain", True),
    ]
    assert found.attachments[0].content == PDF


def test_pictures_of_a_winmail_keep_their_identifier():
    png = b"\x89PNG\r\n\x1a\n" + b"\0" * 30
    found = read(carrying(winmail(attached(png, "p.png", text_property(0x3712, "one@orchid")))))
    assert found.attachments[0].content_id == "one@orchid"


@pytest.mark.parametrize(
    ("message", "text"),
    [
        (properties(bytes_property(0x1013, b"<p>Gr\xc3\xbc\xc3\x9fe<script>x</script></p>")), "Grüße"),
        (properties(text_property(0x1000, "Grüße")), "Grüße"),
    ],
)
def test_its_text_is_read_where_there_is_no_other(message, text):
    raw = b"Content-Type: application/ms-tnef; name=winmail.dat\nContent-Transfer-Encoding: binary\n\n"
    found = read(raw + winmail(message=message))
    assert (found.text, found.reply, found.attachments) == (text, text, ())
    assert "script" not in found.html
    assert read(carrying(winmail(attached(PDF, "a.pdf"), message=message))).text == "See the file."


def test_a_message_within_gives_its_files():
    inner = winmail(attached(PDF, "inner.pdf"))
    outer = winmail(attached(b"", "mail", bytes_property(0x3701, b"\0" * 16 + inner, kind=0x000D)))
    assert [file.name for file in read(carrying(outer)).attachments] == ["inner.pdf"]


def test_what_holds_nothing_that_can_be_read_stays_a_file():
    for content in (SIGNATURE, SIGNATURE + b"\xff" * 50, b"no winmail at all"):
        (file,) = read(carrying(content)).attachments
        assert (file.name, file.content) == ("winmail.dat", content)


def test_damage_costs_what_is_behind_it_alone():
    whole = winmail(attached(PDF, "a.pdf"), attached(PDF, "b.pdf"))
    assert "a.pdf" in [file.name for file in read(carrying(whole[:-60])).attachments]


def test_files_and_depth_are_limited():
    assert len(unwrapped(winmail(*[attached(b"x", "x")] * (MOST_FILES + 50))).files) == MOST_FILES
    content = winmail(attached(PDF, "deep.pdf"))
    for _ in range(40):
        content = winmail(attached(b"", "m", bytes_property(0x3701, b"\0" * 16 + content, kind=0x000D)))
    assert len(read(carrying(content)).attachments) == 1


@given(st.binary(max_size=400), st.integers(0, 600))
def test_any_bytes_of_a_winmail(data, at):
    whole = winmail(
        attached(PDF, "a.pdf", text_property(0x3707, "ä.pdf")), message=properties(text_property(0x1000, "x"))
    )
    at %= len(whole)
    unwrapped(SIGNATURE + data)
    unwrapped(whole[:at] + data + whole[at + len(data) :])


# S/MIME

INNER = (
    "Content-Type: multipart/mixed; boundary=in\r\n\r\n--in\r\n"
    "Content-Type: text/plain; charset=utf-8\r\n\r\n"
    "Das Paket fehlt. Grüße\r\n--in\r\nContent-Type: application/pdf; name=a.pdf\r\n"
    "Content-Disposition: attachment\r\n\r\n%PDF-1.4\r\n--in--\r\n"
).encode()


@pytest.fixture(scope="module")
def signing():
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "kim@orchid.example")])
    begins = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    certificate = (
        made.serial_number(1)
        .not_valid_before(begins)
        .not_valid_after(begins + dt.timedelta(days=9999))
        .sign(key, hashes.SHA256())
    )
    return pkcs7.PKCS7SignatureBuilder().set_data(INNER).add_signer(certificate, key, hashes.SHA256())


def opaque(data: bytes, kind: str = "signed-data") -> bytes:
    head = (
        f"From: kim@orchid.example\nSubject: x\nContent-Type: application/pkcs7-mime; smime-type={kind};"
        " name=smime.p7m\nContent-Transfer-Encoding: binary\n"
        "Content-Disposition: attachment; filename=smime.p7m\n\n"
    )
    return head.encode() + data


def element(tag: int, *inner: bytes) -> bytes:
    """An element whose length is left open, as programs that write as they read do."""
    return bytes([tag, 0x80]) + b"".join(inner) + b"\0\0"


def in_pieces() -> bytes:
    oid = bytes.fromhex("06092a864886f70d0107")
    pieces = [
        bytes([4, len(piece)]) + piece for piece in (INNER[n : n + 100] for n in range(0, len(INNER), 100))
    ]
    content = element(0x30, oid + b"\x01", element(0xA0, element(0x24, *pieces)))
    signed = element(0x30, b"\x02\x01\x01", element(0x31), content, element(0x31))
    return element(0x30, oid + b"\x02", element(0xA0, signed))


def read_as_if_unsigned(data: bytes) -> None:
    found = read(opaque(data))
    assert found.text == "Das Paket fehlt. Grüße"
    assert [file.name for file in found.attachments] == ["a.pdf"]


def test_an_opaque_signature_is_read_through(signing):
    read_as_if_unsigned(signing.sign(serialization.Encoding.DER, [pkcs7.PKCS7Options.Binary]))


def test_so_is_one_whose_lengths_are_open():
    read_as_if_unsigned(in_pieces())


def test_a_detached_signature_is_a_file_beside_the_text(signing):
    options = [pkcs7.PKCS7Options.DetachedSignature]
    found = read(b"From: kim@orchid.example\n" + signing.sign(serialization.Encoding.SMIME, options))
    assert found.text == "Das Paket fehlt. Grüße"
    assert [file.name for file in found.attachments] == ["a.pdf", "smime.p7s"]


def test_what_is_encrypted_or_damaged_stays_a_file():
    for data in (
        b"",
        b"\x30\x80",
        in_pieces().replace(b"\x07\x02", b"\x07\x03", 1),
        b"\x30" * 9_000,
        b"\xff" * 99,
    ):
        found = read(opaque(data, "enveloped-data"))
        assert found.text == ""
        assert [file.name for file in found.attachments] == ["smime.p7m"]


def test_signatures_around_signatures_end():
    data = INNER
    for _ in range(60):
        oid = bytes.fromhex("06092a864886f70d0107")
        entity = opaque(data) if data is not INNER else data
        octets = bytes([4, 0x84]) + len(entity).to_bytes(4, "big") + entity
        content = element(0x30, oid + b"\x01", element(0xA0, octets))
        signed = element(0x30, b"\x02\x01\x01", element(0x31), content, element(0x31))
        data = element(0x30, oid + b"\x02", element(0xA0, signed))
    assert len(read(opaque(data)).attachments) == 1


@given(st.binary(max_size=300), st.integers(0, 600))
def test_any_bytes_of_a_signature(data, at):
    whole = in_pieces()
    at %= len(whole)
    for content in (data, whole[:at] + data + whole[at + len(data) :]):
        part: Part = file_part(content, "smime.p7m", "application/pkcs7-mime")
        signed_content(part)
