"""What a browser would send of the forms of a page, for tests of pages."""

from html.parser import HTMLParser
from typing import Any

Sent = dict[str, Any]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[tuple[str, Sent]] = []
        self._select = self._text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name = given.get("name") or ""
        match tag:
            case "form":
                self.forms.append((given.get("action") or "", {}))
            case "input" if name:
                self._input(name, given)
            case "select":
                self._select = name
            case "option" if self._select and ("selected" in given or self._select not in self.fields):
                self.fields[self._select] = given.get("value") or ""
            case "textarea":
                self._text = name
                self.fields[name] = ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = ""
        if tag == "textarea":
            self._text = ""

    def handle_data(self, data: str) -> None:
        if self._text:
            self.fields[self._text] += data.lstrip("\n")

    @property
    def fields(self) -> Sent:
        return self.forms[-1][1] if self.forms else {}

    def _input(self, name: str, given: dict[str, str | None]) -> None:
        if "disabled" in given:
            return
        kind = given.get("type") or "text"
        value = given.get("value") or ""
        if kind == "checkbox":
            if "checked" in given:
                self.fields.setdefault(name, []).append(value or "on")
        elif kind != "radio" or "checked" in given:
            self.fields[name] = value


def form_on(page: Any, action: str) -> Sent:
    """The fields of the form that the page (an answer of the test client) sends to `action`, by name."""
    reader = _Reader()
    reader.feed(page.content.decode())
    return next(fields for address, fields in reader.forms if address == action)
