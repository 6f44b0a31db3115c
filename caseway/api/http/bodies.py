"""Reading bodies: strict JSON, nothing that the database can't store."""

import json
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja.parser import Parser

from .problems import Unreadable, UnsupportedType

DEEPEST = 50


class StrictParser(Parser):
    """Takes JSON in UTF-8 without NUL, without lone surrogates, without NaN."""

    def parse_body(self, request: HttpRequest) -> Any:
        """The value in the body. Raises UnsupportedType and Unreadable."""
        if request.content_type != "application/json":
            raise UnsupportedType(_("Send JSON, with Content-Type: application/json."))
        try:
            value = json.loads(request.body.decode("utf-8"), parse_constant=_refuse)
        except (ValueError, RecursionError):
            raise Unreadable(_("The body is not valid JSON in UTF-8.")) from None
        _check(value)
        return value


def _refuse(constant: str) -> None:
    raise ValueError(constant)


def _check(value: Any, depth: int = 0) -> None:
    """Refuse what no field of ours can hold, wherever in the value it stands."""
    if depth > DEEPEST:
        raise Unreadable(_("The body is nested too deeply."))
    match value:
        case str():
            if not is_storable(value):
                raise Unreadable(_("Text may hold neither NUL nor half of a surrogate pair."))
        case list():
            for item in value:
                _check(item, depth + 1)
        case dict():
            for name, item in value.items():
                _check(name, depth + 1)
                _check(item, depth + 1)


def is_storable(text: str) -> bool:
    """Whether PostgreSQL can keep the text: no NUL, no lone surrogate."""
    return "\0" not in text and not any("\ud800" <= letter <= "\udfff" for letter in text)
