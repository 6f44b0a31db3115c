"""Writing and publishing: it works, strangers can't, nobody overwrites what they haven't read."""

from dataclasses import replace

import pytest

from caseway.core.errors import Invalid, NotAllowed, NotFound, Stale
from caseway.demo.cast import Cast
from caseway.guidance.actions import Written, publish, renew_meanings, rewrite, unpublish, write
from caseway.guidance.embedding import STORED_AS
from caseway.guidance.models import Guide
from caseway.guidance.tests.writing import guide_of, larkfields

pytestmark = pytest.mark.django_db
WRITTEN = Written(title="Report damage", body="Send photos.", language="en")


def test_a_guide_begins_as_a_draft_and_can_be_published_and_taken_back(cast: Cast) -> None:
    by = larkfields(cast)
    guide = write(WRITTEN, by=by)
    assert not guide.is_published
    assert guide.author == guide.updated_by == cast.admin
    first = publish(guide, by=by)
    assert first.is_published
    assert publish(guide, by=by).published_at == first.published_at
    assert not unpublish(guide, by=cast.at_desk(cast.lea)).is_published
    assert Guide.objects.get().updated_by == cast.lea


def test_agents_without_the_permission_and_customers_write_nothing(cast: Cast) -> None:
    guide = guide_of(larkfields(cast))
    for viewer in (cast.at_desk(cast.ana), cast.in_portal(cast.kim)):
        with pytest.raises(NotAllowed):
            write(WRITTEN, by=viewer)
        with pytest.raises(NotAllowed):
            rewrite(guide, WRITTEN, by=viewer, version=None)
        with pytest.raises(NotAllowed):
            unpublish(guide, by=viewer)
    assert Guide.objects.get().is_published


def test_another_organisations_guide_is_not_there(cast: Cast) -> None:
    guide, iris = guide_of(larkfields(cast)), cast.at_desk(cast.iris)
    for act in (publish, unpublish):
        with pytest.raises(NotFound):
            act(guide, by=iris)
    with pytest.raises(NotFound):
        rewrite(guide, WRITTEN, by=iris, version=None)


def test_of_two_who_change_one_version_the_second_reads_what_the_first_wrote(cast: Cast) -> None:
    guide = guide_of(larkfields(cast))
    rewrite(guide, replace(WRITTEN, body="First"), by=cast.at_desk(cast.lea), version=guide.version)
    with pytest.raises(Stale) as stale:
        rewrite(guide, replace(WRITTEN, body="Second"), by=larkfields(cast), version=guide.version)
    assert stale.value.current["body"] == "First"
    assert cast.lea.name in stale.value.message
    assert Guide.objects.get().body == "First"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": " "}, "title"),
        ({"title": "x" * 151}, "title"),
        ({"body": "\n"}, "body"),
        ({"body": "x" * 20_001}, "body"),
        ({"language": "tlh"}, "language"),
        ({"brand": 999_999}, "brand"),
        ({"original": 999_999}, "original"),
    ],
)
def test_what_can_not_be_taken_is_told_by_field(cast: Cast, changes: dict[str, object], field: str) -> None:
    with pytest.raises(Invalid) as invalid:
        write(replace(WRITTEN, **changes), by=larkfields(cast))  # type: ignore[arg-type]
    assert set(invalid.value.errors) == {field}


def test_brands_and_originals_of_others_are_refused(cast: Cast) -> None:
    theirs = guide_of(larkfields(cast))
    for changes in ({"brand": cast.garden_brand.pk}, {"original": theirs.pk}):
        with pytest.raises(Invalid):
            write(replace(WRITTEN, **changes), by=cast.at_desk(cast.iris))  # type: ignore[arg-type]


def test_a_language_has_one_translation_and_no_translation_has_translations(cast: Cast) -> None:
    by = larkfields(cast)
    original = guide_of(by)
    german = guide_of(by, "Schaden", language="de", original=original.pk)
    for written in (
        replace(WRITTEN, language="de", original=original.pk),
        replace(WRITTEN, language="en", original=original.pk),
        replace(WRITTEN, language="fr", original=german.pk),
    ):
        with pytest.raises(Invalid):
            write(written, by=by)
    with pytest.raises(Invalid):
        rewrite(original, replace(WRITTEN, original=guide_of(by, "Other").pk), by=by, version=None)


def test_what_another_model_made_is_made_anew(cast: Cast) -> None:
    guide = guide_of(larkfields(cast))
    made = bytes(Guide.objects.get().meaning)
    Guide.objects.filter(pk=guide.pk).update(meaning=b"", meaning_model="older")
    assert renew_meanings() == 1
    assert renew_meanings() == 0
    stored = Guide.objects.get()
    assert (bytes(stored.meaning), stored.meaning_model) == (made, STORED_AS)
