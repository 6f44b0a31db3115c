"""The tree of a message, found in one pass over its boundary lines.

The standard library's parser recurses into each level and asks every open level about every
line: some thousand nested parts end in a RecursionError, and long before that in minutes.
Here each line that begins with two hyphens is looked up in one table of open boundaries, so
that time and memory grow with the size of the message alone.
"""

import re

from caseway.mail.reading.mime.headers import read_headers
from caseway.mail.reading.mime.part import Part

DASHES = re.compile(rb"^--", re.MULTILINE)
END_OF_LINE = re.compile(rb"\n|\Z")
MESSAGES = frozenset({"message/rfc822", "message/global", "message/news"})
PLAINLY_ENCODED = frozenset({"", "7bit", "8bit", "binary"})

MOST_PARTS = 25_000


def structure_of(raw: bytes) -> tuple[Part, bool]:
    """Split `raw` into its parts; also say whether some were left unsplit. Never raises."""
    if b"\r" in raw and b"\n" not in raw:
        raw = raw.replace(b"\r", b"\n")
    return _Splitting(raw).run()


class _Splitting:
    """The parts that are open at the present position, outermost first."""

    def __init__(self, raw: bytes) -> None:
        self.raw = raw
        self.open: list[Part] = []
        self.levels: dict[bytes, list[int]] = {}
        self.boundaries: list[bytes] = []
        self.count = 0

    def run(self) -> tuple[Part, bool]:
        position = self.enter(0, None)
        root = self.open[0]
        while self.count < MOST_PARTS:
            dashes = DASHES.search(self.raw, position)
            if not dashes:
                break
            position = self.pass_line(dashes.start())
        self.close_above(-1, len(self.raw))
        return root, self.count >= MOST_PARTS

    def enter(self, position: int, parent: Part | None) -> int:
        """Open the entity whose headers begin at `position`; give where to search on."""
        while True:
            headers, start = read_headers(self.raw, position, self.is_boundary)
            part = Part(self.raw, headers, position, start, len(self.raw), parent)
            if parent is not None:
                parent.children.append(part)
            self.count += 1
            self.push(part)
            is_message = part.type in MESSAGES and part.encoding in PLAINLY_ENCODED
            if not is_message or self.count >= MOST_PARTS:
                return start
            position, parent = start, part

    def push(self, part: Part) -> None:
        boundary = b""
        if part.type.startswith("multipart/"):
            boundary = part.content_type.get("boundary").encode("utf-8", "replace").rstrip()
        if boundary:
            self.levels.setdefault(boundary, []).append(len(self.open))
        self.open.append(part)
        self.boundaries.append(boundary)

    def pass_line(self, start: int) -> int:
        """Act on the line at `start`, which may be a boundary; give where to search on."""
        found = self.boundary_at(start)
        end = self.end_of_line(start)
        if found is None:
            return end
        level, closing = found
        self.close_above(level, self.without_line_break(start))
        parent = self.open[level]
        if closing:
            self.close_above(level - 1, end)
            return end
        return self.enter(end, parent)

    def boundary_at(self, start: int) -> tuple[int, bool] | None:
        line = self.raw[start + 2 : self.end_of_line(start)].rstrip()
        if line in self.levels:
            return self.levels[line][-1], False
        if line.endswith(b"--") and line[:-2] in self.levels:
            return self.levels[line[:-2]][-1], True
        return None

    def is_boundary(self, position: int) -> bool:
        return self.boundary_at(position) is not None

    def close_above(self, level: int, end: int) -> None:
        """Close every open part above `level`; what they hold ends at `end`."""
        while len(self.open) > level + 1:
            part = self.open.pop()
            part.end = max(part.start, end)
            boundary = self.boundaries.pop()
            if boundary:
                self.levels[boundary].pop()
                if not self.levels[boundary]:
                    del self.levels[boundary]

    def end_of_line(self, start: int) -> int:
        found = END_OF_LINE.search(self.raw, start)
        return found.end() if found else len(self.raw)

    def without_line_break(self, start: int) -> int:
        """The line break before a boundary belongs to the boundary (RFC 2046 section 5.1.1)."""
        if self.raw[start - 1 : start] == b"\n":
            start -= 1
        if self.raw[start - 1 : start] == b"\r":
            start -= 1
        return start
