"""Lines of a message, and what each of them is."""

from dataclasses import dataclass
from enum import Enum, auto


class Kind(Enum):
    """Whose words a line holds."""

    NEW = auto()
    QUOTED = auto()
    SIGNATURE = auto()


class Hint(Enum):
    """What the markup of a mail program says about a line."""

    HISTORY = auto()
    """From here on, all is quoted."""
    QUOTE = auto()
    ATTRIBUTION = auto()
    SIGNATURE = auto()


@dataclass(slots=True)
class Line:
    """One line; `token` is where it starts in the markup that it was read from."""

    text: str
    hint: Hint | None = None
    token: int = 0


MOST_LINES = 50_000


def lines_of(text: str) -> list[Line]:
    """Cut plain text into lines; a text of more than 50,000 lines stays in one piece."""
    if text.count("\n") > MOST_LINES:
        return [Line(text)]
    return [Line(line) for line in text.split("\n")]
