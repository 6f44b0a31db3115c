"""The same mail has one hash whatever way it came; another mail has another."""

import pytest

from caseway.mail.reading import content_hash

MAIL = (
    b"From: kim@orchid.example\nTo: support@larkfield.example\nSubject: A long\n subject\n"
    b"Date: Mon, 6 May 2024 10:30:00 +0200\nMessage-ID: <1@x>\n\nThe parcel\nhas not arrived.\n"
)
ON_THE_WAY = [
    b"Return-Path: <kim@orchid.example>\n" + MAIL,
    b"Delivered-To: support@larkfield.example\nX-Original-To: support@larkfield.example\n" + MAIL,
    b"Received: from a by b;\n\tMon, 6 May 2024 10:30:01 +0200\nReceived: from c by d; x\n" + MAIL,
    b"DKIM-Signature: v=1; a=rsa-sha256\nARC-Seal: i=1\nAuthentication-Results: mx; spf=pass\n" + MAIL,
    b"X-Spam-Score: 0\nX-Relay-Says: hello\n" + MAIL,
    b"From kim@orchid.example Mon May  6 10:30:00 2024\n" + MAIL,
    MAIL.replace(b"\n", b"\r\n"),
    MAIL.replace(b"long\n subject", b"long subject"),
    MAIL + b"\n\n",
]
OTHERS = [
    MAIL.replace(b"has not", b"has now"),
    MAIL.replace(b"<1@x>", b"<2@x>"),
    MAIL.replace(b"kim@", b"jo@"),
    MAIL.replace(b"A long", b"No long"),
    MAIL.replace(b"10:30:00", b"10:30:01"),
    b"In-Reply-To: <0@x>\n" + MAIL,
    b"Content-Type: text/html\n" + MAIL,
]


@pytest.mark.parametrize("raw", ON_THE_WAY)
def test_way_changes_nothing(raw):
    assert content_hash(raw) == content_hash(MAIL)


@pytest.mark.parametrize("raw", OTHERS)
def test_any_other_content_has_another_hash(raw):
    assert content_hash(raw) != content_hash(MAIL)


def test_hash_is_sha256_in_hex():
    assert len(content_hash(b"")) == 64
    assert int(content_hash(b"\xff\0"), 16)
