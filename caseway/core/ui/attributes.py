"""HTML attributes from keyword arguments, and words from enums."""

from collections.abc import Mapping
from enum import Enum

from markupsafe import Markup, escape

_UNSAFE = set(" \t\n\r\f\"'<>/=")


def attributes(values: Mapping[str, object]) -> Markup:
    """`{"hx_get": "/x", "disabled": True}` as ` hx-get="/x" disabled`.

    False and None leave an attribute out. Handlers and inline styles raise ValueError:
    the content security policy would silently ignore them.
    """
    return Markup("").join(
        _attribute(name.strip("_").replace("_", "-"), value)
        for name, value in values.items()
        if value is not None and value is not False
    )


def token(value: object) -> str:
    """A value of an enum, or a string, as the stylesheet writes it: `pending-agent`."""
    plain = value.value if isinstance(value, Enum) else value
    return str(plain).replace("_", "-")


def _attribute(name: str, value: object) -> Markup:
    if not name or _UNSAFE.intersection(name):
        raise ValueError(f"{name!r} cannot be the name of an attribute")
    if name == "style" or name.lower().startswith(("on", "hx-on")):
        raise ValueError(f"Attribute {name!r} is forbidden by the content security policy")
    if value is True:
        return Markup(" ") + escape(name)
    return Markup(f' {name}="{escape(value)}"')  # noqa: S704 - the name is checked above
