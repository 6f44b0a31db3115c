"""How many SMS a text is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseway.notifications.sms.segments import BASIC, EXTENDED, MOST_SEGMENTS, Length, fitted, length_of

GSM = st.text(st.sampled_from(sorted(BASIC | EXTENDED)), max_size=700)
LINK = "\nhttps://cases.example.com/desk/cases/CV00048213"


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("", Length(0, 0, True)),
        ("a" * 160, Length(160, 1, True)),
        ("a" * 161, Length(161, 2, True)),
        ("a" * 306, Length(306, 2, True)),
        ("a" * 307, Length(307, 3, True)),
        ("€" * 80, Length(160, 1, True)),
        ("€" * 81, Length(162, 2, True)),
        # 76 pairs fill 152 of 153 septets: a pair is never parted.
        ("€" * 153, Length(306, 3, True)),
        ("中" * 70, Length(70, 1, False)),
        ("中" * 71, Length(71, 2, False)),
        ("中" * 134, Length(134, 2, False)),
        ("中" * 135, Length(135, 3, False)),
        ("😀" * 35, Length(70, 1, False)),
        ("😀" * 36, Length(72, 2, False)),
        # 33 signs of two units fill 66 of 67.
        ("😀" * 67, Length(134, 3, False)),
        ("Ș" + "a" * 69, Length(70, 1, False)),
    ],
)
def test_a_segment_ends_where_the_standard_says(text: str, length: Length) -> None:
    assert length_of(text) == length


def test_the_alphabet_has_its_127_letters() -> None:
    # 128 places, one of which is the escape to the extension.
    assert (len(BASIC), len(EXTENDED)) == (127, 10)


@given(st.one_of(GSM, st.text(max_size=400)))
def test_no_segment_holds_more_than_fits(text: str) -> None:
    length = length_of(text)
    units = len(text.encode("utf-16-le", "surrogatepass")) // 2
    if not length.is_gsm:
        assert length.units == units
    alone, joined = (160, 153) if length.is_gsm else (70, 67)
    if length.units <= alone:
        assert length.segments == (1 if text else 0)
    else:
        assert -(-length.units // joined) <= length.segments <= -(-length.units // (joined - 1))


@given(st.one_of(GSM, st.text(max_size=900)), st.sampled_from(["", LINK]))
def test_what_is_sent_fits_and_keeps_its_address(text: str, ending: str) -> None:
    sent = fitted(text, ending)
    assert length_of(sent).segments <= MOST_SEGMENTS
    assert sent.endswith(ending)


@given(GSM)
def test_nothing_is_cut_that_need_not_be(text: str) -> None:
    if length_of(text + LINK).segments <= MOST_SEGMENTS:
        assert fitted(text, LINK) == text + LINK


def test_typographic_signs_do_not_double_the_price() -> None:
    assert fitted("“It’s late” – hurry…") == '"It\'s late" - hurry...'


def test_a_long_text_is_cut_as_late_as_it_can_be() -> None:
    sent = fitted("a" * 2000, LINK)
    assert length_of(sent) == Length(MOST_SEGMENTS * 153, MOST_SEGMENTS, True)
    assert sent.endswith("..." + LINK)
