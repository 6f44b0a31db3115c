"""A guide put into a letter reads as somebody would have typed it."""

from caseway.guidance.plain import as_plain


def test_marks_become_what_a_letter_has() -> None:
    text = "# Damage\n\nSend **photos** of:\n\n1. the *crate*\n   - each side\n2. the label\n\nThank you."
    assert as_plain(text) == (
        "Damage\n\nSend photos of:\n\n1. the crate\n  - each side\n2. the label\n\nThank you."
    )


def test_an_address_follows_its_words_once() -> None:
    assert as_plain("See [our form](https://x.example/f) or <https://y.example>.") == (
        "See our form (https://x.example/f) or https://y.example."
    )
    assert as_plain("[write](mailto:a@b.example)") == "write (mailto:a@b.example)"


def test_an_address_that_could_do_something_is_left_out() -> None:
    assert as_plain("[x](ftp://a.example)") == "x"


def test_tables_keep_a_row_to_a_line_and_lines_that_were_broken_are_joined() -> None:
    assert as_plain("|Day|Until|\n|-|-|\n|Mon|17:00|\n\none\ntwo\n\n```\ncode\n```") == (
        "Day | Until\nMon | 17:00\n\none two\n\ncode"
    )


def test_what_goes_on_in_an_item_stands_below_it() -> None:
    assert as_plain("- one\n\n  more\n- two") == "- one\n  more\n- two"
