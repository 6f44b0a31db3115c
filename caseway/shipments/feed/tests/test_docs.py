"""The documentation of the feed names what the feed reads."""

import json
import re

import pytest

from caseway.shipments.feed.columns import FIELDS
from config.values import ROOT

from .feeds import Feed, stored

PAGE = (ROOT / "docs/operators/order-feed.md").read_text("utf-8")


@pytest.mark.parametrize("field", FIELDS)
def test_every_field_and_its_names_are_there(field: str) -> None:
    assert f"| `{field}` | {', '.join(FIELDS[field]) or '–'} |" in PAGE


def test_the_example_can_be_read(feed: Feed) -> None:
    example = re.search(r"```json\n(.*?)```", PAGE, re.DOTALL)
    assert example
    assert json.loads(example.group(1))
    assert feed.counts(example.group(1)) == "1 created, 0 updated, 0 unchanged, 0 refused"
    assert stored("LK-240117").status == "exception"
