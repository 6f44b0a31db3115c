"""What was asked for is marked where the search finds it, and nothing else is changed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from caseway.cases.search.marking import LENGTH, Marker
from caseway.core.ui.prose import prose


@pytest.mark.parametrize(
    ("typed", "text", "marked"),
    [
        ("cafe", "The Café & cafés", "The <mark>Café</mark> &amp; cafés"),
        ("cafe", "cafe\u0301!", "<mark>cafe\u0301</mark>!"),
        ('"top is"', "top, is the top", "<mark>top, is</mark> the top"),
        ("PO-88213", "po 88213; PO-88213", "<mark>po 88213</mark>; <mark>PO-88213</mark>"),
        ("输途中", "运输途中损坏", "运<mark>输途中</mark>损坏"),
        ("late -box", "late box", "<mark>late</mark> box"),
        ("<b>", "<b>b</b>", "&lt;<mark>b</mark>&gt;<mark>b</mark>&lt;/<mark>b</mark>&gt;"),
        ("", "late", "late"),
    ],
)
def test_a_text_is_marked_and_escaped(typed: str, text: str, marked: str) -> None:
    assert Marker.of(typed).text(text) == marked


def test_tags_attributes_and_named_signs_of_markup_stay() -> None:
    html = Markup('<p title="late > late">late &amp; <a href="/late?amp">amp late</a></p>')
    assert Marker.of("late amp").markup(html) == (
        '<p title="late > late"><mark>late</mark> &amp; '
        '<a href="/late?amp"><mark>amp</mark> <mark>late</mark></a></p>'
    )


@given(st.text(max_size=200), st.text(max_size=30))
def test_marks_are_all_that_is_added(text: str, typed: str) -> None:
    html = prose(text)
    marked = Marker.of(typed).markup(html)
    assert str(marked).replace("<mark>", "").replace("</mark>", "") == str(html)


@given(text=st.text("ab _-", max_size=40), typed=st.text('ab "', max_size=8))
def test_plain_text_is_marked_as_any_other(text: str, typed: str) -> None:
    """Reading begins where a term may begin; a sign that isn't plain makes it begin at the start."""
    marker = Marker.of(typed)
    assert list(marker.spans(text)) == list(marker.spans(f"{text} 中"))


def test_a_snippet_is_the_stretch_around_the_first_match() -> None:
    text = "It rained.\n\n" + "Nothing else happened. " * 20 + "Then the zeppelin came. " + "Quiet. " * 50
    snippet = Marker.of("zeppelin").snippet(text)
    assert snippet is not None
    assert snippet.startswith("…")
    assert "Then the <mark>zeppelin</mark> came. Quiet." in snippet
    assert snippet.endswith("…")
    assert len(snippet.striptags()) <= LENGTH + 2
    assert Marker.of("zeppelin").snippet("A zeppelin.") == "A <mark>zeppelin</mark>."
    assert Marker.of("zeppelin").snippet("A balloon.") is None
