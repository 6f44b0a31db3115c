"""Messages that are built to exhaust a reader: bounded time, and no text is lost."""

import base64
import gc
import json
import time
import tracemalloc

import pytest

from caseway.mail.reading import Note, as_json, content_hash, read

HTML = b"Content-Type: text/html\n\n"
MIXED = b"Content-Type: multipart/mixed; boundary=b\n\n"


def nested(levels: int, kind: bytes = b"multipart/mixed") -> bytes:
    opening = b"".join(b"Content-Type: %s; boundary=b%d\n\n--b%d\n" % (kind, i, i) for i in range(levels))
    return opening + b"Content-Type: text/plain\n\nTHE TEXT\n"


def encoded_messages(levels: int) -> bytes:
    raw = b"Subject: inner\n\nTHE TEXT"
    for _ in range(levels):
        raw = b"Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n" + base64.encodebytes(raw)
    return raw


HOSTILE = {
    "2,000 nested multiparts": nested(2_000),
    "2,000 nested alternatives": nested(2_000, b"multipart/alternative"),
    "300 nested messages": b"Content-Type: message/rfc822\n\n" * 300 + b"Subject: inner\n\nTHE TEXT",
    "10 nested messages in base64": encoded_messages(10),
    "20,000 text parts": MIXED + b"--b\n\nx\n" * 20_000 + b"--b\n\nTHE TEXT\n",
    "20,000 files": MIXED + b"--b\n\nTHE TEXT\n" + b"--b\nContent-Type: application/pdf\n\nx\n" * 20_000,
    "header line of 200,000 characters": b"Subject: " + b"x" * 200_000 + b"\n\nTHE TEXT",
    "20,000 encoded words": b"Subject: " + b"=?utf-8?q?x?= " * 20_000 + b"\n\nTHE TEXT",
    "50,000 headers": b"X-A: b\n" * 50_000 + b"\nTHE TEXT",
    "50,000 subjects": b"Subject: b\n" * 50_000 + b"\nTHE TEXT",
    "50,000 parameters": b"Content-Type: text/plain" + b"; a*0*=x" * 50_000 + b"\n\nTHE TEXT",
    "10,000 references": b"References:" + b"".join(b" <%d@x>\n" % i for i in range(10_000)) + b"\nTHE TEXT",
    "20,000 recipients": b"Cc: " + b", ".join(b"A <%d@x>" % i for i in range(20_000)) + b"\n\nTHE TEXT",
    "comments in comments": b"To: " + b"(" * 100_000 + b"\n\nTHE TEXT",
    "open quotes": b"To: " + b'"\\' * 100_000 + b"\n\nTHE TEXT",
    "6,000 links": HTML + b'<p>a <a href="http://x.example/y">link</a></p>' * 6_000 + b"THE TEXT",
    "400 HTML parts of 10,000 characters": MIXED
    + (b"--b\nContent-Type: text/html\n\n" + b"<p>x</p>" * 1_250 + b"\n") * 400
    + b"--b\nContent-Type: text/html\n\n<p>THE TEXT",
    "100,000 nested elements": HTML + b"<div>" * 100_000 + b"THE TEXT",
    "30,000 open formats": HTML + b"<b><i><a href=x>" * 30_000 + b"THE TEXT",
    "30,000 nested tables": HTML + b"<table><tr><td>" * 30_000 + b"THE TEXT",
    "100,000 attributes": HTML + b"<a " + b" ".join(b"a%d=1" % i for i in range(100_000)) + b">THE TEXT",
    "500,000 ampersands": HTML + b"THE TEXT " + b"&" * 500_000,
    "500,000 angles": HTML + b"THE TEXT " + b"<" * 500_000,
    "100,000 open scripts": HTML + b"THE TEXT" + b"<script" * 100_000,
    "100,000 open comments": HTML + b"THE TEXT" + b"<!--" * 100_000,
    "40,000 attributions": b"\nTHE TEXT\n" + b"On Mon 2024 a@b wrote:\n" * 40_000,
    "20,000 signatures": b"\nTHE TEXT\n" + b"--\nx\n" * 20_000,
    "20,000 long lines with colons": b"\nTHE TEXT\n" + (b"a " * 190 + b":\n") * 20_000,
    "header blocks": b"\nTHE TEXT\n" + b"From: a@b\n" * 40_000,
    "calendar of semicolons": MIXED
    + b"--b\n\nTHE TEXT\n--b\nContent-Type: text/calendar\n\nBEGIN:VEVENT\n"
    + b"A;;;;;" * 50_000,
    "1,000,000 boundaries": MIXED + b"--b\n\nTHE TEXT\n" + b"--b\n" * 1_000_000,
    "1,000,000 NULs": b"\nTHE TEXT" + b"\0" * 1_000_000,
    "results of nothing": b"Authentication-Results: " + b"(" * 100_000 + b"\n\nTHE TEXT",
    "100,000 recipients reported": b"Content-Type: multipart/report; boundary=b\n\n--b\n\nTHE TEXT\n"
    b"--b\nContent-Type: message/delivery-status\n\n"
    + b"Final-Recipient: rfc822; a@b\nAction: failed\n\n"
    * 100_000,
    "told bounces": b"From: mailer-daemon@x\nSubject: Undelivered\n\nTHE TEXT\n"
    + b"could not be delivered to " * 5_000,
}


@pytest.mark.parametrize("raw", HOSTILE.values(), ids=HOSTILE)
def test_hostile_message_is_read_in_bounded_time(raw):
    begun = time.process_time()
    found = read(raw)
    json.dumps(as_json(found)).encode()
    content_hash(raw)
    assert time.process_time() - begun < 10
    assert "THE TEXT" in found.text


@pytest.mark.endurance
def test_time_grows_with_size_and_not_with_its_square():
    def seconds(levels: int) -> float:
        raw = nested(levels)
        gc.collect()  # what other tests left is not this mail's
        begun = time.process_time()
        read(raw)
        return time.process_time() - begun

    gc.freeze()
    seconds(100)
    assert seconds(8_000) < 30 * max(seconds(800), 0.005)


def test_what_was_cut_is_noted():
    assert Note.DEEPLY_NESTED in read(HOSTILE["2,000 nested multiparts"]).notes
    assert Note.ATTACHMENTS_CUT in read(HOSTILE["20,000 files"]).notes
    assert Note.HEADERS_CUT in read(HOSTILE["50,000 subjects"]).notes
    assert Note.HTML_FLATTENED in read(HOSTILE["100,000 nested elements"]).notes
    assert Note.SUBJECT_CUT in read(HOSTILE["header line of 200,000 characters"]).notes
    assert Note.PARTS_CUT in read(HOSTILE["1,000,000 boundaries"]).notes
    assert read(b"Subject: x\n\nTHE TEXT").notes == ()


def test_many_headers_are_all_read():
    found = read(HOSTILE["10,000 references"])
    assert len(found.references) == 10_000
    assert len(read(HOSTILE["20,000 recipients"]).cc) == 20_000
    assert read(b"X-A: b\n" * 50_000 + b"Subject: late\n\nx").subject == "late"


def test_archive_is_not_unpacked():
    bomb = MIXED + b"--b\nContent-Type: application/zip; name=a.zip\n\nPK\x03\x04" + b"PK\x01\x02" * 500_000
    begun = time.process_time()
    assert read(bomb).attachments[0].type == "application/zip"
    assert time.process_time() - begun < 5


def test_a_mail_of_many_megabytes_takes_few_times_its_size():
    content = base64.encodebytes(bytes(range(256)) * 32_000)
    raw = MIXED + b"--b\n\nTHE TEXT\n--b\nContent-Type: application/pdf; name=a.pdf\n"
    raw += b"Content-Transfer-Encoding: base64\n\n" + content + b"\n--b--\n"
    tracemalloc.start()
    try:
        (file,) = read(raw).attachments
        _now, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert file.size == 256 * 32_000
    assert most < 10 * len(raw)


def test_five_hundred_files_are_all_read():
    parts = b"".join(
        b"--b\nContent-Type: application/pdf; name=a.pdf\n\n%%PDF-1.4 %d\n" % n for n in range(500)
    )
    files = read(MIXED + parts + b"--b--\n").attachments
    assert len({file.sha256 for file in files}) == len({file.name for file in files}) == 500
