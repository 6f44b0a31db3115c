"""Parts of what was unwrapped, as if the sender had written them as MIME."""

from urllib.parse import quote

from caseway.mail.reading.mime.characters import as_one_line
from caseway.mail.reading.mime.headers import read_headers
from caseway.mail.reading.mime.part import Part


def file_part(content: bytes, name: str, kind: str, *, content_id: str = "") -> Part:
    """A file of this name; `kind` is what it was declared as, "" for nothing."""
    fields = [
        f"Content-Type: {as_one_line(kind)[:200] or 'application/octet-stream'}",
        f"Content-Disposition: attachment; filename*=utf-8''{quote(as_one_line(name)[:1_000], safe='')}",
    ]
    if content_id:
        fields.append(f"Content-ID: <{as_one_line(content_id)[:500]}>")
    return _part(fields, content)


def text_part(text: str, kind: str) -> Part:
    """Text to be read; `kind` is text/plain or text/html."""
    return _part([f"Content-Type: {kind}; charset=utf-8"], text.encode("utf-8", "replace"))


def _part(fields: list[str], content: bytes) -> Part:
    head = ("\n".join(fields) + "\n\n").encode("utf-8", "replace")
    headers, _end = read_headers(head, 0, _no_boundary)
    return Part(head + content, headers, 0, len(head), len(head) + len(content))


def _no_boundary(position: int) -> bool:
    return False
