"""Suggestions: by words of every language, by meaning, and never somebody else's."""

import pytest
from django.utils import translation

from caseway.accounts.models import Organisation
from caseway.demo.cast import Cast
from caseway.guidance.ranking import fused
from caseway.guidance.suggesting import suggest
from caseway.guidance.tests.writing import guide_of, larkfields, titles

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("language", "title", "body", "typed"),
    [
        ("en", "Correct an address", "House numbers can be changed.", "changing my house number"),
        ("de", "Anschrift ändern", "Hausnummern werden berichtigt.", "die Hausnummer ist falsch"),
        ("es", "Cambiar la dirección", "Se corrigen los números.", "el número está mal"),
        ("fr", "Corriger l'adresse", "Les numéros sont corrigés.", "corriger un numéro"),
        ("vi", "Sửa địa chỉ", "Số nhà có thể thay đổi.", "địa chỉ giao hàng sai"),
        ("zh-hans", "更改送货地址", "门牌号可以更正。", "我的送货地址写错了"),
    ],
)
def test_words_are_found_in_every_language(
    cast: Cast, language: str, title: str, body: str, typed: str
) -> None:
    Organisation.objects.filter(pk=cast.larkfield.pk).update(language=language)
    cast.larkfield.language = language
    guide_of(larkfields(cast), title, body, language=language)
    guide_of(larkfields(cast), "XYZ", "QQQ", language=language)
    with translation.override(language):
        found = suggest(cast.in_portal(cast.kim), text=typed, by_meaning=False)
    assert titles(found) == [title]


def test_what_is_meant_is_found_without_a_common_word(cast: Cast) -> None:
    guide_of(larkfields(cast), "How long a refund takes", "Card payments appear after a week.")
    guide_of(larkfields(cast), "Clean oiled wood", "Dust with a dry cloth.")
    kim, typed = cast.in_portal(cast.kim), "when will I have my money back"
    assert titles(suggest(kim, text=typed, by_meaning=False)) == []
    assert titles(suggest(kim, text=typed))[0] == "How long a refund takes"


def test_a_rare_word_counts_more_than_common_ones(cast: Cast) -> None:
    by = larkfields(cast)
    for number in range(6):
        guide_of(by, f"Order and shipment {number}", "Order, shipment, delivery.")
    guide_of(by, "Duties", "Your order may need an EORI.")
    found = suggest(cast.in_portal(cast.kim), text="my order shipment needs an eori", by_meaning=False)
    assert found[0].title == "Duties"


def test_nothing_of_others_and_no_draft_is_suggested(cast: Cast) -> None:
    guide_of(cast.at_desk(cast.iris), "Zeppelin storage", "Zeppelins wait in halls.")
    guide_of(larkfields(cast), "Zeppelin draft", "Zeppelins.", draft=True)
    kim = cast.in_portal(cast.kim)
    theirs = guide_of(cast.at_desk(cast.iris), "More of theirs")
    assert suggest(kim, text="zeppelin storage") == []
    assert suggest(kim, text="", about=[theirs.pk]) == []
    assert suggest(cast.at_desk(cast.pia), text="zeppelin storage") == []


def test_the_topic_alone_suggests_and_words_decide_among_equals(cast: Cast) -> None:
    by = larkfields(cast)
    first, second = guide_of(by, "First", "Alpha"), guide_of(by, "Second", "Beta")
    kim = cast.in_portal(cast.kim)
    assert titles(suggest(kim, text="", about=[second.pk, first.pk])) == ["Second", "First"]
    assert titles(suggest(kim, text="alpha", about=[second.pk, first.pk], by_meaning=False))[0] == "First"


@pytest.mark.parametrize("typed", ["", "  ", "a", "'", "!&|():*<->", "\\", "a" * 5000, "''||'", "\x00abc"])
def test_whatever_is_typed_is_no_error(cast: Cast, typed: str) -> None:
    guide_of(larkfields(cast))
    assert isinstance(suggest(cast.in_portal(cast.kim), text=typed), list)


def test_it_costs_few_queries(cast: Cast, django_assert_max_num_queries) -> None:
    for number in range(20):
        guide_of(larkfields(cast), f"Guide {number}")
    kim = cast.in_portal(cast.kim)
    with django_assert_max_num_queries(3):
        assert len(suggest(kim, text="report the damage with photos")) == 3


def test_ranks_are_fused_by_weight() -> None:
    assert fused([(1, [1, 2, 3]), (1, [3, 2])])[0] in (2, 3)
    assert fused([(1, [1, 2]), (3, [2, 1])]) == [2, 1]
    assert fused([]) == []
