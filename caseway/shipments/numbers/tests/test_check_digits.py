"""Check digits notice what their standards promise."""

import random
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseway.shipments.numbers import check_digits

DIGITS = "0123456789"
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def digits(count: int) -> st.SearchStrategy[str]:
    return st.text(DIGITS, min_size=count, max_size=count)


def completed(body: str, fits: Callable[[str], bool], end: str = "") -> str:
    """The body with the one digit that fits."""
    fitting = [digit for digit in DIGITS if fits(body + digit + end)]
    assert len(fitting) == 1, (body, fitting)
    return body + fitting[0] + end


def wrong_by_one(number: str, at: int, step: int) -> str:
    return number[:at] + str((int(number[at]) + step) % 10) + number[at + 1 :]


@pytest.mark.parametrize(
    ("fits", "numbers"),
    [
        # The standard's own example, and containers of three lines.
        (check_digits.container, ["CSQU3054383", "MSKU9070323", "HLXU2008419"]),
        # GS1's own example of an SSCC, and a GTIN.
        (check_digits.gs1, ["106141412345678908", "4006381333931"]),
        (check_digits.postal, ["RR473124829GB", "EE123456785US", "CP123456785DE"]),
        (check_digits.ups, ["1Z999AA10123456784", "1Z5R89390357567127", "1Z879E930346834440"]),
        (check_digits.fedex_express, ["986578788855", "477179081230"]),
        (check_digits.dhl_express, ["3318810025", "8487135506"]),
    ],
)
def test_known_numbers(fits: Callable[[str], bool], numbers: list[str]) -> None:
    assert [number for number in numbers if not fits(number)] == []


@given(body=digits(17), at=st.integers(0, 17), step=st.integers(1, 9))
def test_gs1_notices_every_wrong_digit(body: str, at: int, step: int) -> None:
    number = completed(body, check_digits.gs1)
    assert not check_digits.gs1(wrong_by_one(number, at, step))


@given(owner=st.text(LETTERS, min_size=3, max_size=3), serial=digits(6), at=st.integers(0, 6))
def test_a_container_notices_a_wrong_digit_but_between_remainder_ten_and_none(
    owner: str, serial: str, at: int
) -> None:
    body = f"{owner}U{serial}"
    number = completed(body, check_digits.container)
    wrong = [wrong_by_one(number, 4 + at, step) for step in range(1, 10)]
    unnoticed = [other for other in wrong if check_digits.container(other)]
    assert len(unnoticed) <= 1
    assert all(number.endswith("0") for _ in unnoticed)


@given(body=digits(8), at=st.integers(0, 7), step=st.integers(1, 9))
def test_a_postal_item_notices_a_wrong_digit_but_where_two_remainders_share_one(
    body: str, at: int, step: int
) -> None:
    number = completed(f"RR{body}", check_digits.postal, "DE")
    wrong = wrong_by_one(number, 2 + at, step)
    assert not check_digits.postal(wrong) or number[10] == "5"


@given(body=digits(15), at=st.integers(0, 14), step=st.integers(1, 9))
def test_ups_notices_a_wrong_digit_that_is_not_five_off_in_a_doubled_place(
    body: str, at: int, step: int
) -> None:
    number = completed(f"1Z{body}", check_digits.ups)
    noticed = not check_digits.ups(wrong_by_one(number, 2 + at, step))
    assert noticed is not (step == 5 and at % 2 == 1)


@given(body=digits(11), at=st.integers(0, 10), step=st.integers(1, 9))
def test_fedex_notices_a_wrong_digit_but_between_remainder_ten_and_none(
    body: str, at: int, step: int
) -> None:
    number = completed(body, check_digits.fedex_express)
    wrong = wrong_by_one(number, at, step)
    assert not check_digits.fedex_express(wrong) or number.endswith("0")


@given(body=digits(9), at=st.integers(0, 8), step=st.integers(1, 9))
def test_dhl_notices_a_wrong_digit_that_is_not_seven_off(body: str, at: int, step: int) -> None:
    fitting = [body + digit for digit in DIGITS if check_digits.dhl_express(body + digit)]
    wrong = wrong_by_one(fitting[0], at, step)
    seven_off = abs(int(wrong[at]) - int(fitting[0][at])) == 7
    assert check_digits.dhl_express(wrong) is seven_off


def test_one_in_ten_random_numbers_fits_by_chance() -> None:
    """Else a check that always says yes would pass everything above that asks for a yes."""
    chance = random.Random(7)
    fitting = sum(check_digits.gs1(f"{chance.randint(0, 10**18 - 1):018}") for _ in range(2000))
    assert 140 < fitting < 260
