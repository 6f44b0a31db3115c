"""Headers as they are really written, and what a reader should see."""

from datetime import UTC, datetime

import pytest

from caseway.mail.reading import Address, Note, read

SUBJECTS = {
    b"plain": "plain",
    b"=?utf-8?q?Wo_ist_mein_Paket=3F?=": "Wo ist mein Paket?",
    b"=?UTF-8?B?5oKo5aW9?=": "您好",
    b"=?utf-8?q?caf=C3?= =?utf-8?q?=A9?=": "café",
    b"=?utf-8?q?one?=\n =?utf-8?q?_two?=": "one two",
    b"=?utf-8?q?one?= two =?utf-8?q?three?=": "one two three",
    b"=?iso-8859-1*en?Q?caf=E9?=": "café",
    b"=?gb2312?B?xOO6ww==?=": "你好",
    b"=?iso-2022-jp?B?GyRCRnxLXDhsGyhC?=": "日本語",
    b"=?iso-2022-jp?B?GyRC?=": "",
    b"=?utf-8?B?5oKo5aW?=": "您\ufffd",
    b"=?unknown-8bit?q?caf=E9?=": "café",
    b"=?no-such-charset?q?caf=C3=A9?=": "café",
    b"caf\xc3\xa9 raw": "café raw",
    b"caf\xe9 raw": "café raw",
    b"\xc4\xfa\xba\xc3\xa3\xac\xb0\xfc\xb9\xfc\xc3\xbb\xb5\xbd": "您好，包裹没到",
    b"=?utf-8?q?a=0D=0ABcc:_x=40y?=": "a Bcc: x@y",
    b"a\x00b": "a b",
    b"folded\n over\n\tlines": "folded over lines",
    b"=?utf-8?q?=ED=A0=80?=": "\ufffd\ufffd\ufffd",
    b"=?utf-7?q?+2AA-?=": "\ufffd",
    b"=?hex?q?6162?=": "6162",
    b"=?": "=?",
}

ADDRESSES = {
    b"kim@orchid.example": [("", "kim@orchid.example")],
    b"Kim Lee <kim@orchid.example>": [("Kim Lee", "kim@orchid.example")],
    b'"Lee, Kim" <kim@orchid.example>, jo@orchid.example': [
        ("Lee, Kim", "kim@orchid.example"),
        ("", "jo@orchid.example"),
    ],
    b"Lee, Kim <kim@orchid.example>": [("Lee, Kim", "kim@orchid.example")],
    b"=?utf-8?q?M=C3=BCller=2C_Anna?= <anna@x.example>": [("Müller, Anna", "anna@x.example")],
    b"=?utf-8?q?=3Cevil=40x=2Eexample=3E?= <kim@orchid.example>": [
        ("<evil@x.example>", "kim@orchid.example")
    ],
    b"kim@orchid.example (Kim Lee (hotel))": [("Kim Lee hotel", "kim@orchid.example")],
    b"Team: a@x.example, B <b@x.example>;": [("", "a@x.example"), ("B", "b@x.example")],
    b"undisclosed-recipients:;": [],
    b"<@relay.example:kim@orchid.example>": [("", "kim@orchid.example")],
    b"'kim@orchid.example'": [("", "kim@orchid.example")],
    b'"Kim <kim@orchid.example>, jo@orchid.example': [
        ("Kim", "kim@orchid.example"),
        ("", "jo@orchid.example"),
    ],
    b"Kim <kim@orchid.example, jo@orchid.example": [
        ("Kim", "kim@orchid.example"),
        ("", "jo@orchid.example"),
    ],
    b"": [],
    b",,;": [],
}


@pytest.mark.parametrize(("written", "seen"), SUBJECTS.items())
def test_subject(written, seen):
    assert read(b"Subject: " + written + b"\n\nx").subject == seen


@pytest.mark.parametrize(("written", "seen"), ADDRESSES.items())
def test_addresses(written, seen):
    expected = tuple(Address(name, email) for name, email in seen)
    assert read(b"To: " + written + b"\n\nx").to == expected


def test_no_header_can_be_injected():
    found = read(b"From: =?utf-8?q?Kim=0D=0ABcc:_evil=40x?= <kim@x\r\n y>\nSubject: a\r\n b\n\nx")
    assert found.from_ == Address("Kim Bcc: evil@x", "kim@xy")
    assert found.subject == "a b"


def test_first_of_several_senders_counts_and_is_noted():
    found = read(b"From: a@x.example, b@x.example\n\nx")
    assert found.from_ == Address("", "a@x.example")
    assert Note.SEVERAL_SENDERS in found.notes


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        (b"Mon, 6 May 2024 10:30:00 +0200", datetime(2024, 5, 6, 8, 30, tzinfo=UTC)),
        (b"6 May 2024 10:30 EST", datetime(2024, 5, 6, 15, 30, tzinfo=UTC)),
        (b"Mon, 6 May 2024 10:30:00 -0000 (UTC)", datetime(2024, 5, 6, 10, 30, tzinfo=UTC)),
        (b"2024-05-06T10:30:00Z", datetime(2024, 5, 6, 10, 30, tzinfo=UTC)),
        (b"Mon, 99 May 2024 10:30:00 +0200", None),
        (b"Mon, 31 Feb 2024 10:30:00 +0200", None),
        (b"yesterday", None),
    ],
)
def test_date(written, moment):
    found = read(b"Date: " + written + b"\n\nx")
    assert found.date == moment
    assert (Note.UNREADABLE_DATE in found.notes) == (moment is None)


def test_identifiers():
    found = read(
        b"Message-ID: <1@x> (added)\nIn-Reply-To: Your message of Monday <0@x>\n"
        b"References: <a@x>\n <b@x><c@x>\n\t<a@x> garbage\n\nx"
    )
    assert found.message_id == "<1@x>"
    assert found.in_reply_to == "<0@x>"
    assert found.references == ("<a@x>", "<b@x>", "<c@x>")
    assert read(b"Message-ID: 1@x\n\nx").message_id == "<1@x>"
    assert read(b"Message-ID: \n\nx").message_id == ""


def test_hints_of_the_envelope():
    found = read(
        b"Return-Path: <kim@orchid.example>\nDelivered-To: support@larkfield.example\n"
        b"X-Original-To: cases@larkfield.example\n"
        b"Received: from a by b\n\tfor <reply+x@larkfield.example>; Mon, 6 May 2024\n\nx"
    )
    assert found.envelope_from == "kim@orchid.example"
    assert found.delivered_to == (
        "support@larkfield.example",
        "cases@larkfield.example",
        "reply+x@larkfield.example",
    )
    assert read(b"Return-Path: <>\n\nx").envelope_from == ""
    assert read(b"Subject: a\n\nx").envelope_from is None


def test_results_of_authentication_in_their_order():
    found = read(
        b"Authentication-Results: MX.larkfield.example (ours); spf=pass smtp.mailfrom=orchid.example;\n"
        b' dkim=fail (bad "signature") header.d=orchid.example header.i="@orchid.example"\n'
        b"Authentication-Results: mx.evil.example 1; dmarc=pass header.from=orchid.example\nX: y\n\nx"
    ).authentication_results
    assert [results.authserv_id for results in found] == ["mx.larkfield.example", "mx.evil.example"]
    spf, dkim = found[0].results
    assert (spf.method, spf.result, spf.properties) == (
        "spf",
        "pass",
        (("smtp.mailfrom", "orchid.example"),),
    )
    assert (dkim.method, dkim.result) == ("dkim", "fail")
    assert ("header.i", "@orchid.example") in dkim.properties


def test_header_of_a_mailbox_file_is_passed_over():
    assert read(b"From kim@x Mon May  6 10:30:00 2024\nSubject: a\n\nx").subject == "a"


def test_byte_order_mark_is_passed_over():
    assert read(b"\xef\xbb\xbfSubject: a\n\nx").subject == "a"


def test_header_line_without_its_indentation_is_mended():
    found = read(b"Subject: a long\nsubject, broken\nFrom: kim@orchid.example\n\nx")
    assert found.subject == "a long subject, broken"
    assert found.from_ == Address("", "kim@orchid.example")
    assert read(b"Subject: a\nno header follows\nhere").text == "no header follows\nhere"


def test_what_is_no_message_is_text():
    assert read(b"just some words\nof somebody").text == "just some words\nof somebody"
