"""Host names in their normal form, and those that no brand may take."""

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from caseway.accounts.brands.hosts import brand_of_host, normal_host, refuse_unanswered
from caseway.core.errors import Invalid
from caseway.demo.cast import Cast


@pytest.mark.parametrize(
    ("typed", "host"),
    [
        ("", None),
        (" . ", None),
        ("Help.Example.COM.", "help.example.com"),
        (" help.example.com ", "help.example.com"),
        ("bücher.example", "xn--bcher-kva.example"),
        ("BÜCHER.example", "xn--bcher-kva.example"),
        ("ｈelp.example", "help.example"),
        ("intranet", "intranet"),
    ],
)
def test_normal_forms(typed: str, host: str | None):
    assert normal_host(typed) == host


@pytest.mark.parametrize(
    "typed",
    [
        "https://help.example.com", "help.example.com:8000", "help.example.com/portal", "a@b.example",
        "a b.example", "-a.example", "a-.example", "a..example", "a_b.example", "127.0.0.1", "127.1",
        "[::1]", "::1", "x" * 64 + ".example", "a." * 130 + "example", "*.example.com", ".example.com",
        "a\n.example", "\u2066.example", "xn--\udcff.example", "١٢٧.٠.٠.١",
    ],
)  # fmt: skip
def test_what_is_no_host(typed: str):
    with pytest.raises(Invalid) as refusal:
        normal_host(typed)
    assert set(refusal.value.errors) == {"host"}


@given(st.text(max_size=40))
def test_any_text_has_a_normal_form_or_a_reason(typed: str):
    try:
        host = normal_host(typed)
    except Invalid:
        return
    assert host is None or (host.isascii() and host == host.lower() == normal_host(host))


@pytest.mark.parametrize("host", ["localhost", "elsewhere.example"])
def test_names_that_no_brand_may_take(host: str):
    with pytest.raises(Invalid):
        refuse_unanswered(host)
    refuse_unanswered("care.localhost")


def test_a_brand_is_found_by_its_host_whatever_the_port(cast: Cast):
    for asked in ("garden.localhost", "garden.localhost:8000", "GARDEN.localhost."):
        assert brand_of_host(asked) == cast.garden_brand
    assert brand_of_host("localhost") is None
    assert brand_of_host("[::1]:8000") is None
    assert brand_of_host("elsewhere.garden.localhost") is None


def test_an_unknown_host_shows_caseway_and_no_brand(cast: Cast, client: Client):
    page = client.get("/accounts/login/", headers={"host": "nobody.localhost"}).content.decode()
    assert "Caseway" in page
    assert "Larkfield" not in page
    assert client.get("/accounts/login/", headers={"host": "evil.example"}).status_code == 400
