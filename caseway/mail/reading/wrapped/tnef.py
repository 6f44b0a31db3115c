"""Outlook's winmail.dat: files and text within a Transport Neutral Encapsulation (MS-OXTNEF).

Nothing in it is compressed but rich text, which is left alone: what is unpacked is never more than
what came.
"""

from dataclasses import dataclass, field

from caseway.mail.reading.mime.charsets import text_of
from caseway.mail.reading.mime.part import Part
from caseway.mail.reading.wrapped.making import file_part, text_part
from caseway.mail.reading.wrapped.properties import Property, Reader, properties_in

SIGNATURE = b"\x78\x9f\x3e\x22"
TYPES = frozenset({"application/ms-tnef", "application/vnd.ms-tnef"})
OF_ATTACHMENTS = 2
# Attributes, by the lower half of their number.
BEGIN, DATA, TITLE, OF_FILE, OF_MESSAGE, CODE_PAGE, BODY = (
    0x9002, 0x800F, 0x8010, 0x9005, 0x9003, 0x9007, 0x800C,
)  # fmt: skip
# Properties
FILE_DATA, NAME, LONG_NAME, KIND, CONTENT_ID, DISPLAY_NAME = 0x3701, 0x3704, 0x3707, 0x370E, 0x3712, 0x3001
TEXT, HTML = 0x1000, 0x1013
OBJECT = 0x000D
LENGTH_OF_OBJECTS_NAME = 16

MOST_FILES = 500
MOST_ATTRIBUTES = 20_000
DEEPEST = 5


@dataclass
class Unwrapped:
    """The files in their order, and the text where there is one."""

    files: list[Part] = field(default_factory=list)
    text: Part | None = None


@dataclass
class _File:
    title: bytes = b""
    content: bytes = b""
    properties: dict[int, Property] = field(default_factory=dict)


def is_tnef(part: Part) -> bool:
    """Say whether a part is such a file, by what it holds."""
    named = part.type in TYPES or part.file_name.lower() == "winmail.dat"
    return named and part.content().startswith(SIGNATURE)


def unwrapped(content: bytes) -> Unwrapped:
    """Unpack as far as it can be read, messages within messages too. Never raises."""
    result = Unwrapped()
    pending = [(content, 0)]
    while pending and len(result.files) < MOST_FILES:
        data, depth = pending.pop(0)
        stream = _Stream()
        stream.read(data)
        if depth == 0:
            result.text = stream.text()
        for file in stream.files[: MOST_FILES - len(result.files)]:
            inner = _message_within(file)
            if inner and depth < DEEPEST:
                pending.append((inner, depth + 1))
            else:
                result.files.append(_as_part(file, stream.charset))
    return result


class _Stream:
    """One encapsulated message: its attributes, read in one pass."""

    def __init__(self) -> None:
        self.files: list[_File] = []
        self.properties: dict[int, Property] = {}
        self.body = b""
        self.charset = "cp1252"

    def read(self, content: bytes) -> None:
        reader = Reader(content)
        try:
            if reader.take(4) != SIGNATURE:
                return
            reader.take(2)
            for _ in range(MOST_ATTRIBUTES):
                level, number, length = reader.number(1), reader.number(), reader.number()
                self.take(level, number & 0xFFFF, reader.take(length))
                reader.take(2)  # a checksum, which many writers get wrong
        except ValueError:
            return  # the end, or damage: what was read before it counts

    def take(self, level: int, attribute: int, data: bytes) -> None:
        if level == OF_ATTACHMENTS:
            self.take_of_file(attribute, data)
        elif attribute == OF_MESSAGE:
            self.properties = properties_in(data)
        elif attribute == BODY:
            self.body = data
        elif attribute == CODE_PAGE:
            self.charset = _charset(int.from_bytes(data[:4], "little"))

    def take_of_file(self, attribute: int, data: bytes) -> None:
        if attribute == BEGIN:
            self.files.append(_File())
        elif self.files and attribute == TITLE:
            self.files[-1].title = data
        elif self.files and attribute == DATA:
            self.files[-1].content = data
        elif self.files and attribute == OF_FILE:
            self.files[-1].properties = properties_in(data)

    def text(self) -> Part | None:
        html, plain = self.properties.get(HTML), self.properties.get(TEXT)
        if html and html.value.strip(b"\0 \r\n"):
            return text_part(text_of(html.value.strip(b"\0")), "text/html")
        text = plain.text(self.charset) if plain else text_of(self.body.strip(b"\0"), self.charset)
        return text_part(text, "text/plain") if text.strip() else None


def _charset(code_page: int) -> str:
    name = {65001: "utf-8", 936: "gb18030", 54936: "gb18030"}.get(code_page, f"cp{code_page}")
    try:
        "".encode(name)
    except LookupError:
        return "cp1252"
    return name


def _message_within(file: _File) -> bytes:
    """The stream of a message that is attached as an object; its first bytes name the interface."""
    data = file.properties.get(FILE_DATA)
    if data is None or data.kind != OBJECT:
        return b""
    inner = data.value[LENGTH_OF_OBJECTS_NAME:]
    return inner if inner.startswith(SIGNATURE) else b""


def _as_part(file: _File, charset: str) -> Part:
    def said(number: int) -> str:
        found = file.properties.get(number)
        return found.text(charset) if found else ""

    data = file.properties.get(FILE_DATA)
    title = text_of(file.title.partition(b"\0")[0], charset)
    name = said(LONG_NAME) or title or said(NAME) or said(DISPLAY_NAME)
    return file_part(
        file.content or (data.value if data else b""), name, said(KIND), content_id=said(CONTENT_ID)
    )
