"""Rows of a JSON file: an array of shipments, an object that holds one, or one object per line."""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TextIO

from .columns import EVENT_FIELDS, event_field_of, field_of
from .rows import Refusal, Row, Unreadable, Value
from .source import Source

CHUNK = 1 << 16
LARGEST_RECORD = 1 << 22
"""Characters; a record that does not end by then is taken for a broken file."""
_BETWEEN = re.compile(r"[\s,]*")
_OPENING = re.compile(r'\s*(\{\s*"(?:shipments|items|data|records)"\s*:\s*)?\[')
_DECODER = json.JSONDecoder()


def json_rows(source: Source) -> Iterator[Row | Refusal]:
    """Each shipment of the file as a row. What follows a place that is not JSON is not read."""
    with source.open() as text:
        yield from (_row(line, found) for line, found in _Records(text))


class _Records:
    """Takes one record after the other from a stream, without holding more than one in memory."""

    def __init__(self, text: TextIO) -> None:
        self.text = text
        self.buffer = ""
        self.at = 0
        self.line = 1

    def __iter__(self) -> Iterator[tuple[int, Any]]:
        self._more()
        opening = _OPENING.match(self.buffer)
        if opening:
            self._pass(opening.end())
        while True:
            self._pass_between()
            rest = self.buffer[self.at : self.at + 1]
            if not rest or (opening and rest == "]"):
                return
            line = self.line
            try:
                found = self._next()
            except (ValueError, RecursionError) as problem:
                yield line, Unreadable(f"from here on the file is not JSON ({problem})")
                return
            yield line, found

    def _next(self) -> Any:
        while True:
            try:
                found, end = _DECODER.raw_decode(self.buffer, self.at)
            except ValueError:
                if len(self.buffer) - self.at > LARGEST_RECORD or not self._more():
                    raise
                continue
            # A number at the buffer's end may go on in the next chunk.
            if end == len(self.buffer) and not isinstance(found, dict | list) and self._more():
                continue
            self._pass(end)
            return found

    def _pass_between(self) -> None:
        while True:
            found = _BETWEEN.match(self.buffer, self.at)
            self._pass(found.end() if found else self.at)
            if self.at < len(self.buffer) or not self._more():
                return

    def _pass(self, end: int) -> None:
        self.line += self.buffer.count("\n", self.at, end)
        self.at = end

    def _more(self) -> bool:
        chunk = self.text.read(max(CHUNK, len(self.buffer) - self.at))
        self.buffer = self.buffer[self.at :] + chunk
        self.at = 0
        return bool(chunk)


class _Nested(Exception):
    """A list or an object where one value belongs; names the field."""


def _row(line: int, found: Any) -> Row | Refusal:
    if isinstance(found, Unreadable):
        return Refusal(line, "", f"{found}: what came before was read.")
    if not isinstance(found, dict):
        return Refusal(line, "", "a shipment is an object in braces, not " + _shown(found))
    events = found.get("events") or []
    if not isinstance(events, list) or not all(isinstance(event, dict) for event in events):
        return Refusal(line, "events", "must be a list of objects")
    try:
        values = _values(_flat({k: v for k, v in found.items() if k != "events"}), field_of)
        happened = tuple(_values(event.items(), event_field_of) for event in events)
    except _Nested as problem:
        return Refusal(line, str(problem), "must be one value, not a list or an object")
    flat_event = {name: values.pop(name) for name in EVENT_FIELDS if name in values}
    return Row(line, values, (*happened, flat_event) if flat_event else happened)


def _flat(found: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Names and values; `{"origin": {"name": …}}` becomes `origin_name`."""
    for name, value in found.items():
        if isinstance(value, dict):
            yield from ((f"{name}_{inner}", deeper) for inner, deeper in value.items())
        else:
            yield name, value


def _values(items: Iterable[tuple[str, Any]], field_of_name: Callable[[str], str | None]) -> dict[str, Value]:
    values: dict[str, Value] = {}
    for name, value in items:
        field = field_of_name(name)
        if field is None:
            continue
        if isinstance(value, list | dict):
            raise _Nested(name)
        if value is not None and value != "":
            values.setdefault(field, value)
    return values


def _shown(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 40 else text[:39] + "…"
