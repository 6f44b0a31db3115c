"""Whether a number's check digit fits. Each takes the whole number, normalised and of the right shape.

Two of the standards are taken from python-stdnum. The carriers publish theirs in manuals for
shippers only; the rules here are those that the open table `tracking_number_data` (jkeen, MIT
licence) collects with samples of each carrier.
"""

from itertools import cycle

from stdnum import ean, iso6346

Weights = tuple[int, ...]
S10_WEIGHTS: Weights = (8, 6, 4, 2, 3, 5, 9, 7)
FEDEX_WEIGHTS: Weights = (3, 1, 7)


def container(number: str) -> bool:
    """ISO 6346, section 5: a weighted sum modulo 11, where 10 is written 0.

    One wrong character is noticed unless it turns a remainder of 10 into 0 or back; the standard
    advises against serial numbers with that remainder.
    """
    return bool(iso6346.is_valid(number))


def gs1(number: str) -> bool:
    """GS1 General Specifications 7.9: weights 3 and 1 from the right. Every wrong digit is noticed."""
    return bool(ean.calc_check_digit(number[:-1]) == number[-1])


def postal(number: str) -> bool:
    """UPU standard S10: a weighted sum modulo 11 over eight digits; 10 is written 0, and 11 is 5."""
    digits = number[2:-2]
    left = 11 - sum(_products(digits[:-1], S10_WEIGHTS)) % 11
    return {10: 0, 11: 5}.get(left, left) == int(digits[-1])


def ups(number: str) -> bool:
    """UPS 1Z: weights 1 and 2 modulo 10, letters counted from A = 2. A digit that is five off in a
    place of weight 2 goes unnoticed."""
    values = [int(sign) if sign.isdigit() else (ord(sign) - 63) % 10 for sign in number[2:-1]]
    total = sum(value * weight for value, weight in zip(values, cycle((1, 2)), strict=False))
    return -total % 10 == int(number[-1])


def fedex_express(number: str) -> bool:
    """FedEx Express, 12 digits: weights 3, 1, 7 modulo 11, where 10 is written 0."""
    return sum(_products(number[:-1], FEDEX_WEIGHTS)) % 11 % 10 == int(number[-1])


def dhl_express(number: str) -> bool:
    """DHL Express, 10 digits: the first nine modulo 7. Digits that are seven apart look the same."""
    return int(number[:-1]) % 7 == int(number[-1])


def _products(digits: str, weights: Weights) -> list[int]:
    return [int(digit) * weight for digit, weight in zip(digits, cycle(weights), strict=False)]
