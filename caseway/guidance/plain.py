"""Markdown as somebody would type it into a letter: paragraphs, items with marks, links with addresses."""

from collections.abc import Callable

from markdown_it.token import Token

from .markup import parsed

INDENT = "  "
SAFE = ("https://", "http://", "mailto:", "tel:")


def as_plain(markdown: str) -> str:
    """The guide's text without its marks, as it can be sent in a plain mail."""
    page = _Page()
    for token in parsed(markdown):
        page.take(token)
    return "\n".join(page.lines).strip()


class _Page:
    """The lines so far, with the lists and the row of a table that are open."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.lists: list[int | None] = []
        """For each open list the number of its next item; None for bullets."""
        self.row: list[str] | None = None
        self.mark = ""

    def take(self, token: Token) -> None:
        """Go on with the next part of the text."""
        handler: Callable[[Token], None] | None = getattr(self, f"on_{token.type}", None)
        if handler is not None:
            handler(token)
        elif token.type in ("paragraph_close", "heading_close", "table_close") and not self.lists:
            self.gap()

    def on_bullet_list_open(self, token: Token) -> None:
        self.lists.append(None)

    def on_ordered_list_open(self, token: Token) -> None:
        self.lists.append(int(token.attrGet("start") or 1))

    def on_bullet_list_close(self, token: Token) -> None:
        self.lists.pop()
        if not self.lists:
            self.gap()

    on_ordered_list_close = on_bullet_list_close

    def on_list_item_open(self, token: Token) -> None:
        number = self.lists[-1]
        self.mark = INDENT * (len(self.lists) - 1) + ("- " if number is None else f"{number}. ")
        self.lists[-1] = None if number is None else number + 1

    def on_tr_open(self, token: Token) -> None:
        self.row = []

    def on_tr_close(self, token: Token) -> None:
        self.write(" | ".join(self.row or []))
        self.row = None

    def on_inline(self, token: Token) -> None:
        if self.row is None:
            self.write(_words(token))
        else:
            self.row.append(_words(token))

    def on_fence(self, token: Token) -> None:
        self.write(token.content.rstrip("\n"))
        self.gap()

    on_code_block = on_fence

    def gap(self) -> None:
        """One empty line, never two."""
        if self.lines and self.lines[-1]:
            self.lines.append("")

    def write(self, text: str) -> None:
        """A paragraph, heading, item or row; what goes on in an item stands below its beginning."""
        below = INDENT * len(self.lists)
        for place, line in enumerate(text.split("\n")):
            self.lines.append((self.mark if self.mark and place == 0 else below) + line)
        self.mark = ""


def _words(token: Token) -> str:
    """The text of a line; a link's address follows its words unless they are the same."""
    parts: list[str] = []
    begins, address = 0, ""
    for child in token.children or []:
        match child.type:
            case "softbreak":
                parts.append(" ")
            case "hardbreak":
                parts.append("\n")
            case "link_open":
                begins, address = len(parts), str(child.attrGet("href") or "")
            case "link_close":
                said = "".join(parts[begins:])
                if address.startswith(SAFE) and address not in (said, f"mailto:{said}"):
                    parts.append(f" ({address})")
            case _:
                parts.append(child.content)
    return "".join(parts)
