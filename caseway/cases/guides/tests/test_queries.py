"""Topics bring their guides, translations come with their originals, and nobody finds others'."""

import pytest
from django.utils import translation

from caseway.accounts.models import Organisation
from caseway.cases.guides.actions import rewrite, write
from caseway.cases.guides.counting import record_solved
from caseway.cases.guides.queries import guides_about, shelves_for, suggestions_for, topics_of
from caseway.cases.models import Category
from caseway.core.errors import Invalid, Stale
from caseway.demo.cast import Cast
from caseway.guidance.actions import Written, publish
from caseway.guidance.models import Guide
from caseway.guidance.tests.writing import guide_of, larkfields, titles

pytestmark = pytest.mark.django_db


def item(cast: Cast, name: str, organisation: Organisation | None = None) -> Category:
    return Category.objects.get(organisation=organisation or cast.larkfield, name__en=name)


def filed(cast: Cast, title: str, *names: str, **more: object) -> Guide:
    written = Written(**({"title": title, "body": "Text.", "language": "en"} | more))  # type: ignore[arg-type]
    guide = write(written, [item(cast, name).pk for name in names], by=larkfields(cast))
    return publish(guide, by=larkfields(cast))


def test_an_item_brings_its_own_guides_first_then_those_of_its_topic_the_helpful_before_others(
    cast: Cast,
) -> None:
    kim, damaged = cast.in_portal(cast.kim), item(cast, "Something is damaged")
    general, first, helpful = (
        filed(cast, "General", "Goods"),
        filed(cast, "First", "Something is damaged"),
        filed(cast, "Helpful", "Something is damaged"),
    )
    filed(cast, "Of another item", "Proof of delivery")
    record_solved(helpful, by=kim)
    assert guides_about(damaged) == [helpful.pk, first.pk, general.pk]
    assert titles(suggestions_for(kim, category=damaged)) == ["Helpful", "First", "General"]


def test_a_translation_is_suggested_for_the_topic_of_its_original(cast: Cast) -> None:
    original = filed(cast, "Damage", "Something is damaged")
    guide_of(larkfields(cast), "Schaden", language="de", original=original.pk)
    kim, damaged = cast.in_portal(cast.kim), item(cast, "Something is damaged")
    with translation.override("de"):
        assert titles(suggestions_for(kim, category=damaged)) == ["Schaden"]
        assert [titles(list(shelf.guides)) for shelf in shelves_for(kim)] == [["Schaden"]]


def test_secret_words_of_others_find_only_ones_own(cast: Cast) -> None:
    guide_of(cast.at_desk(cast.iris), "Zeppelin hangars", "Zeppelins wait in hangars.")
    guide_of(larkfields(cast), "Zeppelin draft", draft=True)
    own = filed(cast, "Parcels")
    for viewer in (cast.in_portal(cast.kim), cast.in_portal(cast.max)):
        assert set(titles(suggestions_for(viewer, text="zeppelin hangars"))) <= {own.title}
        assert [titles(list(shelf.guides)) for shelf in shelves_for(viewer)] == [["Parcels"]]


def test_guides_are_filed_under_ones_own_topics_only(cast: Cast) -> None:
    foreign = item(cast, "Something is damaged", cast.brightwater)
    with pytest.raises(Invalid) as invalid:
        write(Written(title="x", body="y", language="en"), [foreign.pk], by=larkfields(cast))
    assert set(invalid.value.errors) == {"categories"}
    assert not Guide.objects.exists()


def test_filing_anew_replaces_and_a_stale_change_files_nothing(cast: Cast) -> None:
    guide = filed(cast, "Damage", "Goods")
    new = [item(cast, "Delivery").pk]
    with pytest.raises(Stale):
        rewrite(guide, Written.of(guide), new, by=larkfields(cast), version=1)
    assert topics_of([guide])[guide.pk] == [item(cast, "Goods")]
    rewrite(guide, Written.of(guide), new, by=larkfields(cast), version=2)
    assert topics_of([guide])[guide.pk] == [item(cast, "Delivery")]
