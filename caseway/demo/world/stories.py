"""The stories of the demo world, read from `stories.toml`."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Line:
    """What somebody says, and the files that come with it."""

    who: str
    text: str
    files: tuple[str, ...] = ()


@dataclass(frozen=True)
class Story:
    """One kind of case. `lines` come in order; `partner` is what a partner would be told.

    `nudge` is what the customer asks when it takes too long; `type` is what an agent makes of a mail.
    """

    item: str
    subject: str
    opening: str
    closing: str
    nudge: str
    lines: tuple[Line, ...]
    partner: tuple[str, str] | None
    files: tuple[str, ...]
    by_mail: bool
    type: str


def _story(table: dict[str, Any]) -> Story:
    partner = (table["partner_subject"], table["partner_text"]) if "partner_text" in table else None
    return Story(
        item=table["item"],
        subject=table["subject"],
        opening=table["opening"],
        closing=table["closing"],
        nudge=table["nudge"],
        lines=tuple(Line(line["who"], line["text"], tuple(line.get("files", ()))) for line in table["line"]),
        partner=partner,
        files=tuple(table.get("files", ())),
        by_mail=table.get("by_mail", False),
        type=table.get("type", ""),
    )


STORIES = tuple(
    _story(table) for table in tomllib.loads(Path(__file__).with_suffix(".toml").read_text())["story"]
)
