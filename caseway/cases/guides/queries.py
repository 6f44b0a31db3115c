"""Which guides belong to which topic, and which to suggest."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q

from caseway.accounts.models import Brand
from caseway.accounts.viewer import Viewer
from caseway.cases.models import Category, GuideTopic, GuideUse
from caseway.core.errors import NotFound
from caseway.guidance.models import Guide
from caseway.guidance.suggesting import offered_to, suggest

UNFILED = ""


@dataclass(frozen=True)
class Shelf:
    """A topic (its name in the reader's language, "" for none) with its guides."""

    name: str
    guides: Sequence[Guide]


def guide_visible_to(viewer: Viewer, key: int) -> Guide:
    """The guide with this id. Raises NotFound for anything that the viewer may not see."""
    seen = Guide.objects.visible_to(viewer).select_related("brand", "original", "author", "updated_by")
    found = seen.filter(pk=key).first()
    if found is None:
        raise NotFound
    return found


def categories_of(viewer: Viewer) -> list[Category]:
    """The active topics of the viewer's organisation, each followed by its active items. One query."""
    own = Category.objects.filter(organisation=viewer.us, is_active=True).select_related("parent")
    rows = list(own)
    topics = [row for row in rows if row.parent_id is None]
    return [one for topic in topics for one in (topic, *(r for r in rows if r.parent_id == topic.pk))]


def category_named(viewer: Viewer, key: str) -> Category | None:
    """The active topic or item of the viewer's organisation with this id; None where there is none."""
    if not (key.isascii() and key.isdecimal()) or len(key) > 18:
        return None
    return Category.objects.filter(organisation=viewer.us, is_active=True, pk=int(key)).first()


def topics_of(guides: Iterable[Guide]) -> Mapping[int, list[Category]]:
    """By the guide's id: what it is filed under. One query."""
    found: dict[int, list[Category]] = {guide.pk: [] for guide in guides}
    links = GuideTopic.objects.filter(guide__in=found).select_related("category__parent")
    for link in links.order_by("category__position", "pk"):
        found[link.guide_id].append(link.category)
    return found


def guides_about(category: Category) -> list[int]:
    """Ids of the guides filed under an item or its topic: the item's first, the most helpful first."""
    links = GuideTopic.objects.filter(Q(category=category) | Q(category=category.parent_id))
    solved = Count("guide__uses", filter=Q(guide__uses__kind=GuideUse.Kind.SOLVED))
    rows = links.annotate(solved=solved).values_list("guide_id", "category_id", "solved")
    ranked = sorted(rows, key=lambda row: (row[1] != category.pk, -row[2], row[0]))
    return list(dict.fromkeys(key for key, _category, _solved in ranked))


def suggestions_for(
    viewer: Viewer,
    *,
    text: str = "",
    category: Category | None = None,
    brand: Brand | None = None,
    language: str | None = None,
    limit: int = 3,
) -> list[Guide]:
    """The guides that may answer what is chosen (`category`) and written (`text`), best first.

    `language` is the reader's, the viewer's own unless told otherwise.
    """
    about = guides_about(category) if category else []
    # A translation is filed with its original.
    if about:
        about = _with_translations(about)
    return suggest(viewer, text=text, about=about, brand=brand, language=language, limit=limit)


def shelves_for(viewer: Viewer, brand: Brand | None = None) -> list[Shelf]:
    """All guides for the reader by topic, the unfiled ones last. Three queries."""
    guides = list(offered_to(viewer, brand).defer("words", "meaning").by_title())
    originals = {guide.pk: guide.original_id or guide.pk for guide in guides}
    links = GuideTopic.objects.filter(guide__in=set(originals.values())).values_list("guide", "category")
    filed: dict[int, set[int]] = {}
    for guide_id, category_id in links:
        filed.setdefault(guide_id, set()).add(category_id)
    shelves, shelved = [], set()
    categories = categories_of(viewer)
    for topic in (one for one in categories if one.parent_id is None):
        within = {topic.pk, *(one.pk for one in categories if one.parent_id == topic.pk)}
        rows = [guide for guide in guides if filed.get(originals[guide.pk], set()) & within]
        shelved |= {guide.pk for guide in rows}
        shelves.append(Shelf(topic.label, rows))
    shelves.append(Shelf(UNFILED, [guide for guide in guides if guide.pk not in shelved]))
    return [shelf for shelf in shelves if shelf.guides]


def _with_translations(keys: list[int]) -> list[int]:
    """The same guides, each followed by its translations."""
    translated: dict[int, list[int]] = {}
    rows = Guide.objects.filter(original__in=keys).order_by("pk").values_list("original", "pk")
    for original, key in rows:
        translated.setdefault(original or 0, []).append(key)
    return [one for key in keys for one in (key, *translated.get(key, []))]
