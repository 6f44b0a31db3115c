"""Numbers and sizes in the reader's way of writing."""

from babel.numbers import format_decimal

from caseway.core.ui.locales import reader_locale

_STEP = 1000


def number(value: float) -> str:
    """A number with the reader's separators, as "12,345"."""
    return format_decimal(value, locale=reader_locale())


def capped(count: int, limit: int = 999) -> str:
    """A count that stops at `limit`, as "999+": lists never count further."""
    return f"{number(limit)}+" if count > limit else number(count)


def filesize(size: int) -> str:
    """A size given in bytes, as "2.1 MB" (decimal units, as file managers show them)."""
    if size < _STEP:
        return f"{number(size)} B"
    value = float(size)
    for unit in ("kB", "MB", "GB"):
        value /= _STEP
        if value < _STEP or unit == "GB":
            break
    return f"{number(round(value, 1 if value < 10 else 0))} {unit}"
