"""The stories of the demo world, read from `stories.toml`."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Story:
    """One kind of case. `lines` are (who, text) in order; `partner` is what a partner would be told."""

    item: str
    subject: str
    opening: str
    closing: str
    lines: tuple[tuple[str, str], ...]
    partner: tuple[str, str] | None
    by_mail: bool


def _story(table: dict[str, Any]) -> Story:
    partner = (table["partner_subject"], table["partner_text"]) if "partner_text" in table else None
    return Story(
        item=table["item"],
        subject=table["subject"],
        opening=table["opening"],
        closing=table["closing"],
        lines=tuple((line["who"], line["text"]) for line in table["line"]),
        partner=partner,
        by_mail=table.get("by_mail", False),
    )


STORIES = tuple(
    _story(table) for table in tomllib.loads(Path(__file__).with_suffix(".toml").read_text())["story"]
)
