"""The page of threats names tests that exist."""

import re
from pathlib import Path

import pytest

from config.values import ROOT

PAGE = (ROOT / "docs/contributors/threats.md").read_text()
NAMED = sorted(set(re.findall(r"`([\w/]+\.py)::(test_\w+)`", PAGE)))


@pytest.mark.parametrize(("file", "name"), NAMED, ids=[name for _file, name in NAMED])
def test_a_named_test_exists(file: str, name: str) -> None:
    assert re.search(rf"^def {name}\(", Path(ROOT, file).read_text(), re.MULTILINE), f"{file} has no {name}"


def test_every_line_says_where_it_is_tested_or_what_it_comes_with() -> None:
    lines = [line for line in PAGE.splitlines() if re.match(r"\| \d", line)]
    numbers = {int(n) for line in lines for n in _numbers(line.split("|")[1])}
    assert numbers == set(range(1, 63))
    assert all("::test_" in line or "come" in line for line in lines)


def _numbers(cell: str) -> range | list[str]:
    first, dash, last = cell.strip().partition("–")
    return range(int(first), int(last) + 1) if dash else cell.split(",")
