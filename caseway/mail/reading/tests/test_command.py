"""`mail read`: the interface's JSON, one message or thousands."""

import base64
import hashlib
import io
import json
from typing import Any

from caseway.mail.reading import as_json, read
from caseway.mail.reading.command import main

KEYS = (
    "outcome reason message_id in_reply_to references from to cc reply_to subject date text html reply"
    " attachments auto_reply bounce"
)
MAIL = (
    "From: Kim Lee <kim@orchid.example>\nTo: support@larkfield.example\nCc: jo@orchid.example\n"
    "Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=\nDate: Mon, 6 May 2024 10:30:00 +0200\nMessage-ID: <1@x>\n"
    "Content-Type: multipart/mixed; boundary=b\n\n--b\n"
    "Content-Type: text/plain; charset=utf-8\n\n您好\n-- \nKim\n"
    "--b\nContent-Type: application/pdf; name=a.pdf\nContent-ID: <c@x>\n\n%PDF-1.4\n--b--\n"
).encode()


def run(stdin: bytes, *arguments: str) -> list[dict[str, Any]]:
    stdout = io.StringIO()
    assert main(arguments, io.BytesIO(stdin), stdout) == 0
    return [json.loads(line) for line in stdout.getvalue().split("\n")[:-1]]


def test_one_message():
    (found,) = run(MAIL)
    assert list(found) == KEYS.split()
    assert found == {
        "outcome": None,
        "reason": None,
        "message_id": "<1@x>",
        "in_reply_to": None,
        "references": [],
        "from": {"name": "Kim Lee", "address": "kim@orchid.example"},
        "to": [{"name": "", "address": "support@larkfield.example"}],
        "cc": [{"name": "", "address": "jo@orchid.example"}],
        "reply_to": [],
        "subject": "Grüße",
        "date": "2024-05-06T08:30:00Z",
        "text": "您好\n-- \nKim",
        "html": "",
        "reply": "您好",
        "attachments": [
            {
                "name": "a.pdf",
                "type": "application/pdf",
                "size": 8,
                "sha256": hashlib.sha256(b"%PDF-1.4").hexdigest(),
                "inline": True,
                "content_id": "c@x",
                "quarantined": False,
            }
        ],
        "auto_reply": False,
        "bounce": None,
    }


def test_lines_answer_in_order_and_never_stop():
    lines = [
        base64.b64encode(MAIL),
        b"not base64!",
        b"",
        base64.b64encode(b"\0\n"),
        base64.b64encode(b"x" * 9),
    ]
    found = run(b"\n".join(lines) + b"\n", "--lines")
    assert [one["outcome"] for one in found] == [None, "rejected", "rejected", "rejected", None]
    assert all(list(one) == KEYS.split() for one in found)
    assert all(one["reason"] for one in found[1:4])
    assert found[0]["message_id"] == "<1@x>"
    assert found[4]["text"] == "x" * 9


def test_last_line_needs_no_line_end():
    assert len(run(base64.b64encode(MAIL), "--lines")) == 1


def test_output_is_the_same_in_every_locale():
    stdout = io.StringIO()
    main([], io.BytesIO(MAIL), stdout)
    assert stdout.getvalue().isascii()


def test_bounce_has_the_four_keys():
    raw = (
        b"Content-Type: multipart/report; boundary=b\n\n--b\nContent-Type: message/delivery-status\n\n"
        b"Final-Recipient: rfc822; kim@orchid.example\nAction: failed\nStatus: 5.1.1\n--b--\n"
    )
    assert as_json(read(raw))["bounce"] == {
        "recipient": "kim@orchid.example",
        "status": "5.1.1",
        "diagnostic": "",
        "permanent": True,
    }
