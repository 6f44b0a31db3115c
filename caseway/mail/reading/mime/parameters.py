"""Values with parameters: Content-Type and Content-Disposition (RFC 2045, 2183, 2231)."""

import re
from dataclasses import dataclass, field
from urllib.parse import unquote_to_bytes

from caseway.mail.reading.mime.characters import as_one_line
from caseway.mail.reading.mime.charsets import text_of
from caseway.mail.reading.mime.words import decoded_words

PARAMETER = re.compile(r';\s*([^\s=;"]+)\s*=\s*("(?:[^"\\]|\\.)*(?:"|\Z)|[^;]*)', re.DOTALL)
SECTION = re.compile(r"([^*]+)\*(?:(\d{1,4})(\*?))?\Z")
TYPE = re.compile(r"[a-z0-9!#$&^_.+-]+/[a-z0-9!#$&^_.+-]+\Z")
ESCAPE = re.compile(r"\\(.)")

MOST_PARAMETERS = 500


@dataclass(frozen=True, slots=True)
class Parameterised:
    """A lower-case value such as `text/plain`, with its parameters decoded."""

    value: str
    parameters: dict[str, str] = field(default_factory=dict)

    def get(self, name: str) -> str:
        """Give a parameter, "" if it isn't there."""
        return self.parameters.get(name, "")


def parameterised(value: str) -> Parameterised:
    """Read a value with parameters, however badly quoted. Never raises."""
    main = value.partition(";")[0].strip().lower()
    plain: dict[str, str] = {}
    sections: dict[str, dict[int, tuple[str, bool]]] = {}
    for count, found in enumerate(PARAMETER.finditer(value)):
        if count == MOST_PARAMETERS:
            break
        name, text = found[1].lower(), _unquoted(found[2])
        section = SECTION.match(name)
        if section:
            number = int(section[2] or 0)
            encoded = section[2] is None or bool(section[3])
            sections.setdefault(section[1], {}).setdefault(number, (text, encoded))
        else:
            plain.setdefault(name, as_one_line(decoded_words(text)))
    joined = {name: _joined(pieces) for name, pieces in sections.items()}
    return Parameterised(main, {**plain, **joined})


def content_type(value: str, default: str) -> Parameterised:
    """Read a Content-Type; one that is no type at all counts as `default`."""
    found = parameterised(value)
    if TYPE.match(found.value):
        return found
    return Parameterised(default, found.parameters)


def _unquoted(text: str) -> str:
    text = text.strip()
    if not text.startswith('"'):
        return text
    return ESCAPE.sub(r"\1", text[1:].removesuffix('"'))


def _joined(pieces: dict[int, tuple[str, bool]]) -> str:
    """Join numbered sections; the first may name the charset (RFC 2231 section 4.1)."""
    charset = ""
    data = b""
    for number in sorted(pieces):
        text, encoded = pieces[number]
        if encoded and not data and text.count("'") >= 2:
            charset, _, text = text.split("'", 2)
        data += unquote_to_bytes(text) if encoded else text.encode("utf-8", "replace")
    return as_one_line(text_of(data, charset or "utf-8"))
