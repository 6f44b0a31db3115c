"""Signing in with a second factor, and guessing at it."""

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from caseway.accounts.second_factor.attempts import FAILURES_BY_DAY
from caseway.accounts.sign_in.lockout import FAILURES_BY_ADDRESS
from caseway.accounts.sign_in.tests.people import is_signed_in, sign_in
from caseway.core import limits
from caseway.demo.cast import Cast

from .codes import (
    CODE_PAGE,
    SECRET,
    code_of,
    recovery_codes,
    send_code,
    set_up,
    sign_in_with_code,
    wrong_code,
)


def test_the_password_alone_lets_nobody_in(cast: Cast, client: Client) -> None:
    set_up(cast.ana)
    assert sign_in(client, cast.ana.email)["Location"] == CODE_PAGE
    assert not is_signed_in(client)
    assert client.get("/desk/cases/").status_code == 302
    assert send_code(client, code_of())["Location"] == "/desk/"
    assert is_signed_in(client)


def test_the_code_page_is_nobodys_without_a_password(cast: Cast, client: Client) -> None:
    set_up(cast.ana)
    assert client.get(CODE_PAGE)["Location"] == "/accounts/login/"
    assert send_code(client, code_of())["Location"] == "/accounts/login/"


@pytest.mark.parametrize("steps", [-1, 1])
def test_neighbouring_codes_are_taken(cast: Cast, client: Client, steps: int) -> None:
    set_up(cast.ana)
    assert sign_in_with_code(client, cast.ana, code_of(steps=steps)).status_code == 302


@pytest.mark.parametrize("steps", [-3, 3])
def test_others_are_not(cast: Cast, client: Client, steps: int) -> None:
    set_up(cast.ana)
    assert sign_in_with_code(client, cast.ana, code_of(steps=steps)).status_code == 200


def test_a_code_is_good_once(cast: Cast, client: Client) -> None:
    set_up(cast.ana)
    code = code_of()
    sign_in_with_code(client, cast.ana, code)
    again = Client()
    spaced = f"{code[:3]} {code[3:]}"
    assert sign_in_with_code(again, cast.ana, spaced).status_code == 200
    assert not is_signed_in(again)


def test_codes_are_not_guessed_by_signing_in_again_and_again(cast: Cast, client: Client) -> None:
    """Who knows the password doesn't begin anew by it."""
    set_up(cast.ana)
    for _ in range(FAILURES_BY_ADDRESS):
        assert sign_in_with_code(Client(), cast.ana, wrong_code()).status_code == 200
    locked = sign_in_with_code(client, cast.ana, code_of())
    assert locked.status_code == 429
    assert int(locked["Retry-After"]) > 0
    assert not is_signed_in(client)


def test_nor_in_a_whole_day(cast: Cast, client: Client) -> None:
    set_up(cast.ana)
    for _ in range(FAILURES_BY_DAY):
        limits.count(f"second factor of a day {cast.ana.pk}", 24 * 3600)
    assert sign_in_with_code(client, cast.ana, code_of()).status_code == 429


def test_a_recovery_code_lets_in_once(cast: Cast, client: Client) -> None:
    set_up(cast.ana)
    code = recovery_codes(cast.ana)[0]
    assert sign_in_with_code(client, cast.ana, code)["Location"] == "/desk/"
    assert sign_in_with_code(Client(), cast.ana, code).status_code == 200


def test_people_come_back_to_where_they_were_going_and_nowhere_else(cast: Cast, client: Client) -> None:
    set_up(cast.ana)
    for target, ends in (("/desk/shipments/", "/desk/shipments/"), ("//evil.example", "/desk/")):
        sign_in(client, cast.ana.email, next=target)
        limits.sweep()
        assert send_code(client, recovery_codes(cast.ana)[0])["Location"] == ends
        client.logout()


def test_the_session_gets_a_new_key(cast: Cast, client: Client) -> None:
    set_up(cast.ana)
    sign_in(client, cast.ana.email)
    before = client.cookies["session"].value
    send_code(client, code_of())
    assert client.cookies["session"].value != before


def test_secrets_are_not_stored_in_the_clear(cast: Cast) -> None:
    set_up(cast.ana)
    recovery_codes(cast.ana)
    stored = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert SECRET not in stored
    assert all(code not in stored for code in recovery_codes(cast.ana))


def test_the_form_needs_its_token(cast: Cast) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert send_code(strict, "123456").status_code == 403
