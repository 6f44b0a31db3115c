"""The guides of the demo world, read from `guides/*.toml`, and how customers have used them."""

import random
import tomllib
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from caseway.accounts.models import Organisation
from caseway.accounts.viewer import Viewer
from caseway.cases.guides.actions import write
from caseway.cases.models import Category, GuideUse
from caseway.core.clock import standing_at
from caseway.demo.cast import Cast
from caseway.guidance.actions import Written, publish
from caseway.guidance.models import Guide

FOLDER = Path(__file__).parent / "guides"
OF_LARKFIELD = ("delivery", "goods", "papers")
DRAFTS = frozenset({"surcharges", "care"})
Row = dict[str, Any]


def rows_of(name: str) -> list[Row]:
    """The guides of one file; `key` is its name in tests and for translations."""
    with (FOLDER / f"{name}.toml").open("rb") as file:
        rows: list[Row] = tomllib.load(file)["guide"]
    return rows


def make_guides(cast: Cast, chance: random.Random, today: datetime) -> None:
    """Store all guides and three months of use; customers read Larkfield's."""
    lea, pia, iris = cast.at_desk(cast.admin), _writing(cast, "pia"), cast.at_desk(cast.iris)
    written = larkfields_guides(cast, lea, today)
    for name, author in (("quillon", pia), ("brightwater", iris)):
        for row in rows_of(name):
            _make(row, author, today, {})
    _use([guide for guide in written.values() if guide.is_published], chance, today)


def larkfields_guides(cast: Cast, author: Viewer, today: datetime) -> dict[str, Guide]:
    """Larkfield's guides by key, then the translations of some."""
    brands = {"garden": cast.garden_brand.pk}
    made = {
        row["key"]: _make(row, author, today, brands, draft=row["key"] in DRAFTS)
        for name in OF_LARKFIELD
        for row in rows_of(name)
    }
    for row in rows_of("translations"):
        _make(row, author, today, brands, original=made[row["of"]])
    return made


def _writing(cast: Cast, name: str) -> Viewer:
    """Quillon has an agent only: somebody must have written its guides."""
    viewer = cast.at_desk(getattr(cast, name))
    return Viewer(viewer.seat, viewer.person, viewer.organisation, frozenset({"guidance.write"}))


def _make(
    row: Row,
    author: Viewer,
    today: datetime,
    brands: dict[str, int],
    *,
    original: Guide | None = None,
    draft: bool = False,
) -> Guide:
    written = Written(
        title=row["title"],
        body=row["body"],
        language=row.get("language", "en"),
        brand=brands.get(row.get("brand", "")),
        original=original.pk if original else None,
    )
    age = timedelta(days=20 + sum(map(ord, row["title"])) % 300)
    with standing_at(today - age):
        guide = write(written, _items(author.organisation, row.get("items", [])), by=author)
        return guide if draft else publish(guide, by=author)


def _items(organisation: Organisation | None, names: list[str]) -> list[int]:
    found = Category.objects.filter(organisation=organisation, name__en__in=names)
    return list(found.values_list("pk", flat=True))


def _use(guides: list[Guide], chance: random.Random, today: datetime) -> None:
    """More is shown than opened, more opened than solved; the first of a file are needed most."""
    uses = []
    for place, guide in enumerate(guides):
        category = guide.topics.first()
        for visit in range(max(8, round(240 / (1 + place % 14)))):
            at = today - timedelta(days=chance.random() * 90)
            kinds = ["shown"] + ["opened"] * (chance.random() < 0.45)
            kinds += ["solved"] * (len(kinds) == 2 and chance.random() < 0.4)
            uses += [
                GuideUse(
                    guide=guide,
                    kind=kind,
                    visit=f"demo-{guide.pk}-{visit}",
                    category_id=category.category_id if category else None,
                    at=at,
                )
                for kind in kinds
            ]
    GuideUse.objects.bulk_create(uses)
