"""Guides of a synthetic organisation: sentences of the world's own words, ready to be suggested."""

from django.utils.translation import override

from caseway.accounts.models import Organisation, Person
from caseway.cases.models import Category, GuideTopic
from caseway.core.clock import now
from caseway.guidance.markup import as_text
from caseway.guidance.meaning import meaning_of_guide
from caseway.guidance.models import Guide
from caseway.guidance.wording import words_of

from .words import Writer

MOST = 2_000
LENGTH = 110
"""Words of a guide."""
CHUNK = 500


def guides_for(cases: int) -> int:
    """How many guides the largest organisation of a world of so many cases has."""
    return min(MOST, cases // 5)


def make_guides(organisation: Organisation, count: int, seed: int) -> None:
    """Store published guides until the organisation has `count`, each filed under one topic or item."""
    writer = Writer(seed)
    author = Person.objects.filter(memberships__organisation=organisation).earliest("pk")
    have = Guide.objects.filter(organisation=organisation).count()
    categories = list(Category.objects.filter(organisation=organisation).values_list("pk", flat=True))
    with override("en"):
        for first in range(have, count, CHUNK):
            guides = [
                _guide(organisation, author, number, writer)
                for number in range(first, min(count, first + CHUNK))
            ]
            Guide.objects.bulk_create(guides)
            GuideTopic.objects.bulk_create(
                GuideTopic(guide=guide, category_id=categories[guide.pk % len(categories)])
                for guide in guides
            )


def _guide(organisation: Organisation, author: Person, number: int, writer: Writer) -> Guide:
    title = f"{writer.subject()} {number}"
    body = writer.text(LENGTH)
    meaning, model = meaning_of_guide(title, body, "en")
    return Guide(
        organisation=organisation,
        language="en",
        title=title[:150],
        body=body,
        author=author,
        updated_by=author,
        published_at=now(),
        words=words_of(title, as_text(body), "en"),
        meaning=meaning,
        meaning_model=model,
    )
