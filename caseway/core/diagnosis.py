"""What `caseway doctor` finds, and how to mend it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong, and the command or step that mends it."""

    wrong: str
    mend: str


# A check has a docstring, whose first line is what it looks at, and yields what is wrong there.
Check = Callable[[], Iterable[Finding]]
