"""One node of the tree that a message is."""

from dataclasses import dataclass, field
from functools import cached_property

from caseway.mail.reading.mime.headers import Headers
from caseway.mail.reading.mime.parameters import Parameterised, content_type, parameterised
from caseway.mail.reading.mime.transfer import decoded


@dataclass(eq=False)
class Part:
    """An entity: its headers, its place in the raw bytes, and the parts within.

    `begin` is where its headers start, `start` where its body starts, `end` where it ends.
    """

    raw: bytes
    headers: Headers
    begin: int
    start: int
    end: int
    parent: "Part | None" = None
    children: list["Part"] = field(default_factory=list)

    @cached_property
    def content_type(self) -> Parameterised:
        """The declared type; text/plain where none is declared (RFC 2045 section 5.2)."""
        in_digest = self.parent is not None and self.parent.type == "multipart/digest"
        default = "message/rfc822" if in_digest else "text/plain"
        return content_type(self.headers.raw("content-type"), default)

    @property
    def type(self) -> str:
        """The declared type without parameters, such as `text/html`."""
        return self.content_type.value

    @property
    def encoding(self) -> str:
        """The declared transfer encoding, lower case, without comments."""
        words = self.headers.raw("content-transfer-encoding").lower().split()
        return words[0].rstrip(";") if words else ""

    @cached_property
    def disposition(self) -> Parameterised:
        """The declared disposition; its value is "" where there is none."""
        return parameterised(self.headers.raw("content-disposition"))

    @property
    def file_name(self) -> str:
        """The name that the sender gave, decoded but not made safe."""
        return self.disposition.get("filename") or self.content_type.get("name")

    @property
    def content_id(self) -> str:
        """The Content-ID without its angle brackets."""
        return self.headers.text("content-id").strip("<> ")

    @cached_property
    def body(self) -> bytes:
        """The body as it stands in the message, still encoded."""
        return self.raw[self.start : self.end]

    @property
    def source(self) -> bytes:
        """Headers and body as they stand in the message."""
        return self.raw[self.begin : self.end]

    def content(self) -> bytes:
        """The body, decoded. Never raises."""
        return decoded(self.body, self.encoding, textual=self.type.startswith("text/"))
