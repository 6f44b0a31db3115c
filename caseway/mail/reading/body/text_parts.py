"""The characters of one text part."""

import re

from caseway.mail.reading.body.flowed import unflowed
from caseway.mail.reading.mime.characters import as_lines
from caseway.mail.reading.mime.charsets import text_of
from caseway.mail.reading.mime.part import Part

META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([A-Za-z0-9_:.-]{1,40})", re.IGNORECASE)
BYTE_ORDER_MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)


def plain_text_of(part: Part) -> str:
    """Give a plain-text part as lines, flowed text joined."""
    text = _characters_of(part)
    parameters = part.content_type
    if parameters.get("format").lower() == "flowed":
        return unflowed(text, delete_space=parameters.get("delsp").lower() == "yes")
    return text


def html_text_of(part: Part) -> str:
    """Give the source of an HTML part, not yet made safe."""
    return _characters_of(part)


def _characters_of(part: Part) -> str:
    data = part.content()
    charset = part.content_type.get("charset")
    for mark, name in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            data, charset = data[len(mark) :], name
            break
    if not charset and part.type == "text/html":
        declared = META_CHARSET.search(data[:4_000])
        charset = declared[1].decode("ascii") if declared else ""
    return as_lines(text_of(data, charset)).removeprefix("\ufeff")
