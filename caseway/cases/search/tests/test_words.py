"""How text becomes words: the same for what is stored and what is asked for."""

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from caseway.cases.search.asking import asked_for
from caseway.cases.search.words import LONGEST_WORD, MOST_BYTES, searchable


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Café ŁÓDŹ", "cafe lodz"),
        ("Đà Nẵng, Straße, Smørrebrød", "da nang strasse smorrebrod"),
        ("cafe\u0301 und Übergröße", "cafe und ubergrosse"),
        ("SHP-2209417/2, jo@orchid.example", "shp 2209417 2 jo orchid example"),
        ("ＡＢ１２ don't 3,50", "ab12 don t 3 50"),
        ("货物 lost 运输途", "货物 lost 运输 输途"),
        ("配送が遅れて", "配送 送が が遅 遅れ れて"),
        ("がっこう", "がっ っこ こう"),
        ("ёлка Ёлка", "елка елка"),
        ("_a_ \x00 !!! 🚚", "a"),
    ],
)
def test_text_becomes_words(text: str, words: str) -> None:
    assert searchable(text) == words


def test_what_postgresql_could_not_keep_is_left_out() -> None:
    assert len(searchable("x" * 5000)) == LONGEST_WORD
    assert (
        len(searchable(" ".join(chr(0x4E00 + n % 20000) * 3 for n in range(60_000))).encode()) <= MOST_BYTES
    )


@pytest.mark.parametrize(
    ("typed", "tsquery"),
    [
        ("Late Pallet late", "('late') & ('pallet')"),
        ('"the Top is" cracked', "('the' <-> 'top' <-> 'is') & ('cracked')"),
        ("cracked -damaged", "('cracked') & !('damaged')"),
        ('cracked -"wet box', "('cracked') & !('wet' <-> 'box')"),
        ("cv-12 x-ray", "('cv' <-> '12') & ('x' <-> 'ray')"),
        ("运输途中", "('运输' <-> '输途' <-> '途中')"),
        ("货", "'货':*"),
        ("-damaged", ""),
        ("' \" & | ! ( ) :* <->", ""),
    ],
)
def test_what_is_typed_is_taken_apart(typed: str, tsquery: str) -> None:
    assert asked_for(typed).tsquery == tsquery


@pytest.mark.django_db
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=80))
def test_every_word_of_a_text_finds_it(text: str) -> None:
    """PostgreSQL's own parser changes nothing of what we make of a text."""
    asked = asked_for(text.replace('"', " ").replace("-", " "))
    if not asked.terms:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT to_tsvector('simple', %s) @@ to_tsquery('simple', %s)", [searchable(text), asked.tsquery]
        )
        assert cursor.fetchone() == (True,)
