"""Mobile numbers as people type them."""

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseway.core.errors import Invalid
from caseway.core.phones import read_mobile, shown


@pytest.mark.parametrize(
    ("typed", "region", "kept"),
    [
        ("+49 1512 3456789", "", "+4915123456789"),
        ("+49 (0) 1512 / 345-6789", "US", "+4915123456789"),
        ("01512 3456789", "DE", "+4915123456789"),
        ("0049 1512 3456789", "DE", "+4915123456789"),
        ("(202) 555-0123", "US", "+12025550123"),
        ("011 49 1512 3456789", "US", "+4915123456789"),
        ("091 234 56 78", "VN", "+84912345678"),
        ("  ", "DE", ""),
    ],
)
def test_a_number_is_read_as_it_is_dialled_there(typed: str, region: str, kept: str) -> None:
    assert read_mobile(typed, region) == kept


@pytest.mark.parametrize(
    ("typed", "region", "words"),
    [
        ("01512 3456789", "", "Begin with \\+"),
        ("01512 3456789", "XX", "Begin with \\+"),
        ("call me", "DE", "no such number"),
        ("+49 1512 34", "", "no such number"),
        ("+999 1512 345678", "", "Begin with \\+"),
        ("+49 30 1234567", "", "No SMS reaches"),
        ("+1 900 555 0123", "", "No SMS reaches"),
        ("+1 800 555 0123", "", "No SMS reaches"),
        ("+1 202 555 0123 ext. 4", "", "No SMS reaches"),
    ],
)
def test_what_no_sms_reaches_is_refused_with_what_to_do(typed: str, region: str, words: str) -> None:
    with pytest.raises(Invalid, match=words) as refused:
        read_mobile(typed, region)
    assert set(refused.value.errors) == {"mobile"}


def test_it_is_shown_as_people_read_it() -> None:
    assert shown("+4915123456789") == "+49 1512 3456789"
    assert shown("") == ""


@given(st.text(max_size=40), st.sampled_from(["", "DE", "US", "VN", "GB"]))
def test_any_text_is_a_number_or_refused(typed: str, region: str) -> None:
    try:
        kept = read_mobile(typed, region)
    except Invalid:
        return
    assert kept == "" or (kept[0] == "+" and kept[1:].isascii() and kept[1:].isdigit() and len(kept) <= 16)


def test_what_is_shown_reads_as_what_is_kept_in_every_country() -> None:
    without = set()
    for region in phonenumbers.SUPPORTED_REGIONS:
        example = phonenumbers.example_number_for_type(region, phonenumbers.PhoneNumberType.MOBILE)
        if example is None:
            without.add(region)
            continue
        kept = phonenumbers.format_number(example, phonenumbers.PhoneNumberFormat.E164)
        national = phonenumbers.format_number(example, phonenumbers.PhoneNumberFormat.NATIONAL)
        assert read_mobile(shown(kept)) == read_mobile(national, region) == kept
    assert without <= {"TA"}, "only Tristan da Cunha has no mobile network"
