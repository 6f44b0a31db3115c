"""Addresses of routes, kept: a list has a hundred, and looking one up takes a third of finding it."""

from functools import lru_cache

from django.urls import get_resolver, get_script_prefix, get_urlconf, reverse

_SIZE = 8192
Pairs = tuple[tuple[str, object], ...]


def address_of(name: str, *args: object, **named: object) -> str:
    """The address of a named route, as `reverse` gives it. Raises NoReverseMatch."""
    return _address(get_resolver(get_urlconf()), get_script_prefix(), name, args, tuple(named.items()))


@lru_cache(_SIZE)
def _address(_resolver: object, _prefix: str, name: str, args: tuple[object, ...], named: Pairs) -> str:
    # Resolver and prefix only tell the entries of different installations and tests apart.
    return reverse(name, args=args or None, kwargs=dict(named) or None)
