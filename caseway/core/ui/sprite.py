"""The address of a drawing in the sprite."""

from functools import cache

from django.templatetags.static import static


@cache
def symbol(name: str) -> str:
    """The address of symbol `name` of `sprite.svg`, as `i-search`; worked out once per process."""
    return f"{static('caseway/sprite.svg')}#{name}"
