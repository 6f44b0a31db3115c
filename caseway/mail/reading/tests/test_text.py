"""The text of a message: parts chosen, characters decoded, nothing lost."""

import pytest

from caseway.mail.reading import Note, read

CHARSETS = {
    ("utf-8", "Grüße 您好".encode()): "Grüße 您好",
    ("iso-8859-1", b"Gr\xfc\xdfe \x80"): "Grüße €",
    ("us-ascii", "Grüße".encode()): "Grüße",
    ("us-ascii", b"Gr\xfc\xdfe"): "Grüße",
    ("utf-8", b"Gr\xfc\xdfe"): "Grüße",
    ("utf-8", "Grüße ".encode() + b"\xff"): "Grüße \ufffd",
    ("gb2312", "您好，包裹还没到，镕".encode("gb18030")): "您好，包裹还没到，镕",
    ("big5", "您好，包裹還沒到".encode("big5")): "您好，包裹還沒到",
    ("iso-2022-jp", "日本語".encode("iso2022_jp")): "日本語",
    ("iso-2022-jp", b"\x1b$B\xff\xff broken"): "\ufffd",
    ("windows-1258", "Kiện".encode("cp1258", "replace")): "Ki?n",
    ("unknown-8bit", "您好，包裹还没到".encode("gb18030")): "您好，包裹还没到",
    ("", "Grüße".encode("cp1252")): "Grüße",
    ("x-none", "Grüße".encode()): "Grüße",
    ("utf-16", "Grüße".encode("utf-16")): "Grüße",
    ("utf-7", b"+2AA- ok"): "\ufffd ok",
    ("base64", b"R3J1"): "R3J1",
    ("unicode_escape", b"a\\x00b"): "a\\x00b",
    ("undefined", b"abc"): "abc",
    ('"utf-8"', "é".encode()): "é",
}


def part(content_type: str, body: str, *headers: str) -> str:
    return "\n".join(["--b", f"Content-Type: {content_type}", *headers, "", body])


def mixed(*parts: str, kind: str = "mixed") -> bytes:
    return "\n".join([f"Content-Type: multipart/{kind}; boundary=b", "", *parts, "--b--", ""]).encode()


@pytest.mark.parametrize(("charset", "body"), CHARSETS)
def test_charset(charset, body):
    raw = f"Content-Type: text/plain; charset={charset}\n\n".encode() + body
    text = read(raw).text
    text.encode()
    assert CHARSETS[charset, body] in text


def test_no_control_character_or_surrogate_is_left():
    raw = b"Content-Type: text/plain; charset=utf-8\n\na\x00b\x1b\x07\r\nc\x0bd\tx\xed\xa0\x80"
    assert read(raw).text == "ab\nc\nd\tx\ufffd\ufffd\ufffd"
    assert Note.CHARACTERS_REPLACED in read(raw).notes


def test_numeric_entities_bring_no_control_character():
    raw = b"Content-Type: text/html\n\n<p>a&#0;b&#7;c&#xD800;d&#x202e;</p>"
    found = read(raw)
    for text in (found.text, found.html, found.reply):
        assert not {"\0", "\x07"} & set(text)
        text.encode()


def test_plain_text_is_preferred_and_html_is_kept():
    found = read(mixed(part("text/plain", "plain"), part("text/html", "<p>rich</p>"), kind="alternative"))
    assert (found.text, found.html) == ("plain", "<p>rich</p>")


def test_html_speaks_where_the_plain_text_is_empty():
    raw = mixed(part("text/plain", " "), part("text/html", "<p>rich</p>"), kind="alternative")
    assert read(raw).text == "rich"


def test_every_text_part_is_read_in_order():
    found = read(
        mixed(part("text/plain", "one"), part("text/html", "<b>two</b>"), part("text/plain", "three"))
    )
    assert found.text == "one\n\ntwo\n\nthree"
    assert found.html == "<div>one<br></div><b>two</b><div>three<br></div>"


def test_text_file_is_an_attachment():
    found = read(
        mixed(part("text/plain", "body"), part("text/plain", "log", "Content-Disposition: attachment"))
    )
    assert found.text == "body"
    assert [file.content for file in found.attachments] == [b"log"]


@pytest.mark.parametrize(
    "raw",
    [
        b"Content-Type: multipart/mixed\n\nTHE TEXT",
        b"Content-Type: multipart/mixed; boundary=none\n\nTHE TEXT",
        b"Content-Type: multipart/mixed; boundary=b\n\n--b\n\nTHE TEXT",
        b"Content-Type: multipart/mixed; boundary=b\n\nTHE TEXT\n--b\n\n--b--\n",
        b"Content-Type: nonsense\n\nTHE TEXT",
        b"Content-Type: text/plain; charset=x\nContent-Transfer-Encoding: base64\n\nTHE TEXT is no base64",
        b"Content-Transfer-Encoding: base64\n\nVEhFI\n\tFRFWFQ\n",
        b"Content-Transfer-Encoding: quoted-printable\n\nTHE=20TE=\nXT =",
        b"Content-Transfer-Encoding: x-unknown\n\nTHE TEXT",
        b"Subject: a\rContent-Type: text/plain\r\rTHE TEXT",
        b"Content-Type: message/rfc822\n\nSubject: in\n\nTHE TEXT",
    ],
)
def test_broken_structure_loses_no_text(raw):
    assert "THE TEXT" in read(raw).text


def test_flowing_text_is_joined():
    head = b"Content-Type: text/plain; format=flowed; delsp=no\n\n"
    raw = head + b"One long \nline.\n> quoted \n> on\nNext\n-- \nKim\n"
    assert read(raw).text == "One long line.\n> quoted on\nNext\n-- \nKim"
    raw = b"Content-Type: text/plain; format=flowed; delsp=yes\n\n\xe6\x82\xa8 \n\xe5\xa5\xbd\n from\n"
    assert read(raw).text == "您好\nfrom"


def test_forwarded_message_is_an_attachment_and_can_be_read():
    inner = "From: omar@brightwater.example\nSubject: Delay\n\nThe trailer is late."
    found = read(mixed(part("text/plain", "See attached."), part("message/rfc822", inner)))
    assert found.text.startswith("See attached.\n\n---------- Forwarded message ----------\nFrom: omar@")
    assert "The trailer is late." in found.text
    assert found.reply == "See attached."
    (file,) = found.attachments
    assert (file.name, file.type, file.quarantined) == ("Delay.eml", "message/rfc822", False)
    assert file.content.decode() == inner


def test_invitation_without_text_is_told():
    source = (
        "BEGIN:VCALENDAR\nMETHOD:REQUEST\n"
        "BEGIN:VTIMEZONE\nDTSTART:19700101T000000\nEND:VTIMEZONE\nBEGIN:VEVENT\n"
        "SUMMARY:Delivery slot\\, dock 4\nDTSTART;TZID=Europe/Berlin:20240506T103000\n"
        "DTEND:20240506T093000Z\n"
        "LOCATION:Hamb\n urg\n"
        'ORGANIZER;CN="Omar: desk":mailto:omar@brightwater.example\nEND:VEVENT\nEND:VCALENDAR'
    )
    found = read(mixed(part("text/calendar; method=REQUEST", source)))
    assert found.text == (
        "Delivery slot, dock 4\n2024-05-06 10:30 Europe/Berlin (2024-05-06 08:30 UTC)\n"
        "2024-05-06 09:30 UTC\nHamburg\nomar@brightwater.example"
    )
    assert found.attachments[0].type == "text/calendar"
    assert read(mixed(part("text/plain", "Come."), part("text/calendar", source))).text == "Come."


@pytest.mark.parametrize(
    ("zone", "told"),
    [
        ("W. Europe Standard Time", " W. Europe Standard Time (2024-05-06 08:30 UTC)"),
        ("Asia/Ho_Chi_Minh", " Asia/Ho_Chi_Minh (2024-05-06 03:30 UTC)"),
        ("Omar's own", " Omar's own"),
        ("../../etc/passwd", " ../../etc/passwd"),
        ("/etc/localtime", " /etc/localtime"),
    ],
)
def test_times_of_an_invitation_are_told_in_utc_too(zone, told):
    source = (
        "BEGIN:VCALENDAR\nMETHOD:CANCEL\nBEGIN:VEVENT\nSUMMARY:Dock 4\n"
        f"DTSTART;TZID={zone}:20240506T103000\nATTENDEE;CN=Kim:mailto:kim@orchid.example\n"
        "ATTENDEE:mailto:jo@orchid.example\nEND:VEVENT\nEND:VCALENDAR"
    )
    found = read(mixed(part("text/calendar", source)))
    assert found.text == (f"CANCELLED\nDock 4\n2024-05-06 10:30{told}\nkim@orchid.example, jo@orchid.example")
