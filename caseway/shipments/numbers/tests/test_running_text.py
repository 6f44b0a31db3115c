"""Numbers in sentences: those that are meant, and nothing else."""

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseway.shipments.numbers import normal_number, numbers_in
from caseway.shipments.numbers.running_text import MOST


def found(text: str) -> list[tuple[str, str]]:
    return [(one.value, one.kind or "") for one in numbers_in(text)]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Where is 1Z 999 AA1 01 2345 6784?", [("1Z999AA10123456784", "ups")]),
        ("it is 1z999aa10123456784, thanks", [("1Z999AA10123456784", "ups")]),
        ("Container csqu3054383 stands at CSQU 305438-3.", [("CSQU3054383", "container")]),
        ("the label says (00) 1 0614141 234567890 8", [("00106141412345678908", "sscc")]),
        ("order 4471902 and PO-88123", [("4471902", "order"), ("PO88123", "po")]),
        ("Order no. 12345 / PO 77812, please", [("12345", "order"), ("77812", "po")]),
        ("My order number is SHP-2209417", [("SHP2209417", "shipment")]),
        ("SHP-2209417 arrived broken, NLF-44712 too", [("SHP2209417", "shipment"), ("NLF44712", "")]),
        ("shipment nlf-4471 arrived broken", [("NLF4471", "shipment")]),
        ("tracking BRF 1234 5678 901 is late", [("BRF12345678901", "tracking")]),
        ("Bestellnummer: 4711-22", [("471122", "order")]),
        ("Wo ist meine Sendung 998877?", [("998877", "shipment")]),
        ("¿Dónde está mi pedido nº 553201?", [("553201", "order")]),
        ("le numéro de suivi 6A12345678901", [("6A12345678901", "tracking")]),
        ("mã vận đơn TMK123456789012US", [("TMK123456789012US", "tracking")]),
        ("订单号：4712345 在哪里", [("4712345", "order")]),
        ("FedEx 986578788855 says delivered", [("986578788855", "fedex")]),
        ("RMA 20931 and B/L 7712345", [("20931", "ra"), ("7712345", "bol")]),
    ],
)
def test_numbers_that_are_meant(text: str, numbers: list[tuple[str, str]]) -> None:
    assert found(text) == numbers


@pytest.mark.parametrize(
    "text",
    [
        "",
        "I ordered on 2026-11-18, again on 18.11.2026 and 11/18/26, in 2025.",
        "order of 12.11.2026; delivery 24.11. at 14:30; the order 2026",
        "I paid 1,299.00 USD (order 1,299.00), that is order 1299.00 or order 1299 €",
        "call +49 171 2345678, 555-123-4567 or (510) 555-0199; ref 555-123-4567",
        "order 5000 kg of flour, 120 cartons and delivery 1440 pieces",
        "your 1234567 and over 1234567 hours",
        "case CV00048213, my case number is CV00048213",
        "IBAN DE89 3704 0044 0532 0130 00, VAT DE123456789, card 4111 1111 1111 1111",
        "986578788855 without any word",
        "1Z999AA10123456785 has a wrong check digit",
        "USD 12345, EUR-50000, SKU-1234567, DE-10115, ISO-90001",
        "order status unknown, tracking not found, reference please",
        "https://example.com/order/12345/?ref=x",
        "version 1.2.3, 10.0.0.1, 14:30:15",
    ],
)
def test_what_only_looks_like_one(text: str) -> None:
    assert found(text) == []


def test_a_named_number_with_a_wrong_check_digit_is_still_looked_for() -> None:
    (one,) = numbers_in("my tracking number: 1Z999AA10123456785")
    assert (one.kind, one.fits) == ("ups", False)


def test_short_labels_may_belong_to_the_number() -> None:
    assert numbers_in("about po-88123")[0].spellings == ("PO88123", "88123")
    assert numbers_in("about PO 88123")[0].spellings == ("88123", "PO88123")
    assert numbers_in("tracking BRF 1234 5678 901")[0].others[-1] == "BRF1234"


@given(st.dates(min_value=date(1990, 1, 1), max_value=date(2099, 12, 31)), st.sampled_from("-./"))
def test_dates_are_never_taken_for_one(day: date, sign: str) -> None:
    shapes = (f"%Y{sign}%m{sign}%d", f"%d{sign}%m{sign}%Y", f"%m{sign}%d{sign}%y", "%d %B %Y")
    for shape in shapes:
        assert found(f"delivery on {day.strftime(shape)}; order {day.strftime(shape)}") == []


@given(st.decimals(0, 999_999, places=2), st.sampled_from(["€", " EUR", " USD", "$", " kg"]))
def test_amounts_are_never_taken_for_one(amount: object, unit: str) -> None:
    assert found(f"My order costs {amount}{unit}, the order {amount}{unit}") == []


@given(st.text(max_size=400), st.text("0123456789 -.", min_size=1, max_size=60))
def test_whatever_is_found_stands_in_the_text(before: str, digits: str) -> None:
    text = f"{before} order {digits} {before}"
    numbers = numbers_in(text)
    assert len(numbers) <= MOST
    for one in numbers:
        assert normal_number(one.value) == one.value
        assert len([sign for sign in one.value if sign.isdigit()]) >= 3


@pytest.mark.parametrize("piece", ["1Z9 ", "order ", "9 ", "A-", "PO 1234 ", "0" * 50, "订单号 ", "no no "])
def test_hostile_text_takes_no_time(piece: str) -> None:
    began = time.perf_counter()
    numbers_in(piece * 20_000)
    assert time.perf_counter() - began < 0.5
