"""No bytes make the reader raise, and what it gives can always be stored."""

import json
import string
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from caseway.mail.reading import as_json, content_hash, read

NAMES = (
    "From To Cc Reply-To Subject Date Message-ID In-Reply-To References Return-Path Received Content-Type"
    " Content-Transfer-Encoding Content-Disposition Content-ID"
    " Authentication-Results Auto-Submitted Precedence"
    " X-Failed-Recipients"
)
SEEDS = [path.read_bytes() for path in sorted((Path(__file__).parent / "mails").glob("*.eml"))]
PIECES = st.sampled_from(
    [
        *(b"\n", b"\r\n", b"\r", b"\0", b"--b", b"--c--", b"\xff", b"\xed\xa0\x80", b"=?", b"?="),
        *(b"<", b">", b'"', b"(", b";", b",", b":", b"@", b"=", b"%", b"<blockquote>", b"</div>", b"<pre>"),
        *(b"&#0;", b"Content-Type: message/rfc822\n\n"),
    ]
)


def check(raw: bytes) -> None:
    found = read(raw)
    written = json.dumps(as_json(found), ensure_ascii=False)
    written.encode("utf-8")
    assert "\\u0000" not in written
    for half in (found.html_new, found.html_quoted, found.auto_reply_reason, *found.delivered_to):
        half.encode("utf-8")
        assert "\0" not in half
    for line in (found.subject, found.message_id, *(file.name for file in found.attachments)):
        assert not set(line) & set("\r\n\0")
    assert len({file.name.casefold() for file in found.attachments}) == len(found.attachments)
    if found.text.strip():
        assert found.reply.strip()
    assert content_hash(raw) == content_hash(b"Received: x\n" + raw)


@given(st.binary(max_size=2_000))
def test_random_bytes(raw):
    check(b"Subject: x\n\n" + raw)
    read(raw)


@given(
    st.lists(st.tuples(st.sampled_from(NAMES.split()), st.binary(max_size=80)), max_size=12),
    st.binary(max_size=300),
)
def test_random_headers(fields, body):
    head = b"".join(name.encode() + b": " + value.replace(b"\n", b"\n ") + b"\n" for name, value in fields)
    check(head + b"\n" + body)


@settings(max_examples=200)
@given(
    st.sampled_from(SEEDS),
    st.lists(st.tuples(st.floats(0, 1), st.integers(0, 40), PIECES | st.binary(max_size=4)), max_size=12),
)
def test_mutated_messages(seed, changes):
    raw = seed
    for place, removed, put in changes:
        at = int(place * len(raw))
        raw = raw[:at] + put + raw[at + removed :]
    check(b"X-First: x\n" + raw)


@given(st.text(alphabet=string.printable + "üß您好\u202e\ufeff\u2028", max_size=500))
def test_any_text_comes_back(text):
    found = read(b"Content-Type: text/plain; charset=utf-8\n\n" + text.encode())
    visible = [character for character in text if character.isalnum() or character in '<>-":']
    assert [character for character in found.text if character in visible] == visible


@given(st.text(max_size=300))
def test_any_html_is_harmless(text):
    found = read(b"Content-Type: text/html; charset=utf-8\n\n" + text.encode("utf-8", "replace"))
    assert "<script" not in found.html.lower()
