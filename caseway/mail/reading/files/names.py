"""Names of attachments that are safe to show and to save."""

import re
import unicodedata

from caseway.mail.reading.mime.characters import BIDIRECTIONAL, INVISIBLE, as_one_line

# Separators of paths and what Windows or a shell would read as something else.
UNSAFE = re.compile(r'[<>:"|?*\x00-\x1f\x7f]')
RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?=\.|\Z)", re.IGNORECASE)
LONGEST = 255
LONGEST_ENDING = 20


def safe_name(name: str, otherwise: str) -> str:
    """Give a name without path, control, direction and invisible characters.

    It has 255 bytes in UTF-8 at most and keeps its ending; an empty one becomes `otherwise`.
    """
    name = INVISIBLE.sub("", BIDIRECTIONAL.sub("", unicodedata.normalize("NFC", name[:20_000])))
    name = as_one_line(name).replace("\\", "/").rpartition("/")[2]
    name = UNSAFE.sub("_", name).strip(" .")
    if RESERVED.match(name):
        name = f"_{name}"
    return shortened(name) if name else otherwise


def shortened(name: str, room: int = LONGEST) -> str:
    """Cut a name to `room` bytes of UTF-8, before its ending."""
    if len(name.encode()) <= room:
        return name
    stem, dot, ending = name.rpartition(".")
    if not stem or len(ending.encode()) > LONGEST_ENDING:
        stem, dot, ending = name, "", ""
    tail = dot + ending
    kept = stem.encode()[: room - len(tail.encode())].decode("utf-8", "ignore")
    return kept.rstrip(" .") + tail


class UniqueNames:
    """Gives each name once: the second `a.pdf` becomes `a (2).pdf`."""

    def __init__(self) -> None:
        self._taken: dict[str, int] = {}

    def unique(self, name: str) -> str:
        """Give `name`, or one like it that wasn't given before (whatever the case)."""
        count = self._taken.get(name.casefold(), 0) + 1
        self._taken[name.casefold()] = count
        if count == 1:
            return name
        stem, dot, ending = name.rpartition(".")
        if not stem:
            stem, dot, ending = name, "", ""
        mark = f" ({count})"
        room = LONGEST - len(mark) - len((dot + ending).encode())
        return self.unique(f"{shortened(stem, room)}{mark}{dot}{ending}")
