"""What somebody typed is taken for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseway.shipments.numbers import LONGEST, normal_number, recognise


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("shp-220 94.17", "SHP2209417"),
        ("ＳＨＰ－２２０９４１７", "SHP2209417"),
        ("1z\u00a0999\u2011AA1\u202f01—23\u2212456784", "1Z999AA10123456784"),
        ("SHP\u200b\u00ad2209417\u2060", "SHP2209417"),
        ("(00) 1 0614141 234567890 8", "00106141412345678908"),
        ("PO/77 #3", "PO773"),
        ("", ""),
        (" -./ ", ""),
        ("１２３", "123"),
    ],
)
def test_pasted_numbers_are_made_plain(typed: str, value: str) -> None:
    assert normal_number(typed) == value


@given(st.text(max_size=300))
def test_a_plain_number_stays_as_it_is(typed: str) -> None:
    once = normal_number(typed)
    assert len(once) <= LONGEST
    assert normal_number(once) == once


@given(st.text(max_size=300))
def test_anything_can_be_typed(typed: str) -> None:
    one = recognise(typed)
    assert one.value == normal_number(typed)
    assert one.value not in one.others


@pytest.mark.parametrize(
    ("typed", "kind", "fits"),
    [
        ("csqu 305438-3", "container", True),
        ("CSQU 305438 4", "container", False),
        ("(00)106141412345678908", "sscc", True),
        ("00 106141412345678908", "sscc", True),
        ("1 0614141 234567890 8", "sscc", True),
        ("106141412345678907", "sscc", False),
        ("1Z 999 AA1 01 2345 6784", "ups", True),
        ("1Z999AA10123456785", "ups", False),
        ("RR 473 124 829 GB", "postal", True),
        ("RR473124820GB", "postal", False),
        ("9400 1102 0088 1234 5678 98", "usps", False),
        ("986578788855", "fedex", True),
        ("986578788856", None, None),
        ("041441760228964", "fedex", True),
        ("DHL 3318810025", "dhl", True),
        ("3318810025", None, None),
        ("PO 4711", "po", None),
        ("P.O. #4711", "po", None),
        ("order no. 4471902", "order", None),
        ("BOL12345678", "bol", None),
        ("B/L 12345678", "bol", None),
        ("RMA-2231", "ra", None),
        ("PRO 123456789", "pro", None),
        ("SHP-2209417", "shipment", None),
        ("Sendungsnummer 998877", "tracking", None),
        ("订单号 4712345", "order", None),
        ("4471902", None, None),
        ("walnut", None, None),
    ],
)
def test_kinds(typed: str, kind: str | None, fits: bool | None) -> None:
    found = recognise(typed)
    assert found.kind == kind
    assert found.fits is fits


@pytest.mark.parametrize(
    ("typed", "spellings"),
    [
        ("(00)106141412345678908", ("00106141412345678908", "106141412345678908")),
        ("106141412345678908", ("106141412345678908", "00106141412345678908")),
        ("PO 4711", ("PO4711", "4711")),
        ("PO-4711", ("PO4711",)),
        ("Order: SHP-1", ("ORDER:SHP1", "SHP1")),
        ("CSQU3054383", ("CSQU3054383",)),
    ],
)
def test_a_number_may_be_stored_in_other_ways(typed: str, spellings: tuple[str, ...]) -> None:
    assert recognise(typed).spellings == spellings
