"""Signs that a list repeats, drawn once."""

from collections.abc import Callable
from typing import Any

from markupsafe import Markup


class Drawn:
    """What macros gave on one page: `drawn(glyph, status)` draws each status once, however many rows.

    A macro takes some ten microseconds, and calls others; a list of fifty rows would call six hundred.
    Made for each page anew, so that nothing outlives its reader's language. Arguments are hashable.
    """

    def __init__(self) -> None:
        self._known: dict[object, Markup] = {}

    def __call__(self, macro: Callable[..., Markup], *args: Any, **named: Any) -> Markup:
        """What `macro` gives for these arguments."""
        key = (macro, args, *named.items())
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = macro(*args, **named)
        return found
