"""Small filters: attributes, names, numbers, text."""

from zoneinfo import ZoneInfo

import pytest
from django.db.models import TextChoices
from django.utils import timezone, translation
from hypothesis import given
from hypothesis import strategies as st

from caseway.core.ui.attributes import attributes, token
from caseway.core.ui.brands import brand_stylesheet
from caseway.core.ui.numbers import capped, filesize, number
from caseway.core.ui.people import hue, initials
from caseway.core.ui.prose import prose
from caseway.core.ui.words import audience_label, portal_name, status_name


def test_attributes_are_escaped_and_hyphened() -> None:
    values = {"hx_get": '/x?a=1&b="', "disabled": True, "title": None, "hidden": False, "class_": "btn"}
    assert attributes(values) == ' hx-get="/x?a=1&amp;b=&#34;" disabled class="btn"'


@pytest.mark.parametrize(
    "name", ["style", "onclick", "ONCLICK", "hx_on_click", "hx-on::load", "a b", 'a"', "", "a>b"]
)
def test_attributes_that_the_policy_forbids(name: str) -> None:
    with pytest.raises(ValueError, match=r"attribute|Attribute"):
        attributes({name: "x"})


class Status(TextChoices):
    PENDING_AGENT = "pending_agent"


def test_enums_and_strings_are_tokens() -> None:
    assert token(Status.PENDING_AGENT) == token("pending_agent") == "pending-agent"
    assert status_name(Status.PENDING_AGENT) == "Pending from agent"


def test_portal_words_name_date_and_case() -> None:
    assert portal_name("on_hold", until="24 November") == "Paused until 24 November"
    assert portal_name("on_hold") == "Paused"
    assert portal_name("merged", into="CV1") == "Joined with CV1"
    assert portal_name("pending_customer") == "Waiting for your answer"


def test_audience_labels_name_the_organisation() -> None:
    assert audience_label("customer", "Kim", "Larkfield") == "To Kim"
    assert audience_label("customer", "Kim", "Larkfield", incoming=True) == "From the customer"
    assert audience_label("partner", "Brightwater", "Larkfield") == "To Brightwater"
    assert audience_label("partner", "Brightwater", "Larkfield", incoming=True) == "From Brightwater"
    assert audience_label("team", "", "Larkfield") == "Team note, Larkfield only"
    assert "administrators of Larkfield only" in audience_label("record", "", "Larkfield")


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (0, "0 B"),
        (999, "999 B"),
        (1000, "1 kB"),
        (2_100_000, "2.1 MB"),
        (40_000_000, "40 MB"),
        (3e12, "3,000 GB"),
    ],
)
def test_sizes(size: int, words: str) -> None:
    assert filesize(size) == words


def test_numbers_follow_the_language() -> None:
    assert number(12345) == "12,345"
    assert capped(999) == "999"
    assert capped(1000) == "999+"
    with translation.override("de"):
        assert number(12345.5) == "12.345,5"


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Ana Duarte", "AD"),
        ("Jo", "J"),
        ("max von löwe", "ML"),
        ("claims@x.example", "@"),
        ("", "?"),
        ("(x) y", "Y"),
    ],
)
def test_initials(name: str, letters: str) -> None:
    assert initials(name) == letters


@given(st.integers())
def test_a_hue_is_one_of_seven_and_stays(key: int) -> None:
    assert hue(key) == hue(str(key))
    assert 1 <= hue(key) <= 7


@given(st.text())
def test_prose_lets_no_markup_through(text: str) -> None:
    markup = prose(f"<script>{text}</script> <img src=x onerror=alert(1)>")
    assert "<script" not in markup
    assert "<img" not in markup


def test_prose_makes_paragraphs_and_quiet_links() -> None:
    markup = prose("One\ntwo\n\nhttps://example.com/?a=1&b=2")
    assert markup.startswith("<p>One<br>two</p>")
    assert 'href="https://example.com/?a=1&amp;b=2" rel="nofollow noopener noreferrer"' in markup
    assert "<a" not in prose("javascript:alert(1)")


def test_a_brand_keeps_the_contrast_of_its_roles() -> None:
    vivid = brand_stylesheet("ff0000")
    assert "--accent:light-dark(oklch(0.475 0.110 29.2)" in vivid
    assert "oklch(0.475 0.000" in brand_stylesheet("808080")


def test_a_moment_in_utc_is_told_in_the_readers_zone_too() -> None:
    with timezone.override(ZoneInfo("Asia/Ho_Chi_Minh")):
        told = prose("Dock 4\n2024-05-06 08:30 UTC\n2024-13-06 08:30 UTC <b>")
    assert "2024-05-06 08:30 UTC (<time " in told
    assert "15:30</time>)" in told
    assert "2024-13-06 08:30 UTC &lt;b&gt;" in told
    with timezone.override(ZoneInfo("UTC")):
        assert "<time" not in prose("2024-05-06 08:30 UTC")
