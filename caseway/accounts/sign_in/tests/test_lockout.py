"""Too many failures."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.utils import timezone

from caseway.accounts.sign_in.lockout import FAILURES_BY_ADDRESS, FAILURES_BY_CLIENT, Attempt, network_of
from caseway.core.errors import TooMany
from caseway.demo.cast import Cast

from .people import NEW, ask_for_link, count_hashes, let_the_worker_run, mailed_link, sign_in


def fail(client: Client, address: str, times: int = FAILURES_BY_ADDRESS) -> None:
    for n in range(times):
        assert sign_in(client, address, f"guess {n}").status_code == 200


@pytest.mark.parametrize("address", ["ana@larkfield.example", "nobody@larkfield.example"])
def test_the_sixth_attempt_is_refused_even_if_it_is_right(
    cast: Cast, client: Client, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    fail(client, address)
    hashes = count_hashes(monkeypatch)
    response = sign_in(client, address)
    assert response.status_code == 429
    assert 0 < int(response["Retry-After"]) <= 900
    assert "Try again in 15 minutes." in response.content.decode()
    assert not hashes


def test_the_spelling_of_the_address_does_not_help(cast: Cast, client: Client) -> None:
    fail(client, "ana@larkfield.example")
    assert sign_in(client, "ANA@larkfield.example").status_code == 429


def test_it_ends_by_itself(cast: Cast, client: Client) -> None:
    fail(client, cast.ana.email)
    with time_machine.travel(timezone.now() + timedelta(minutes=15, seconds=1)):
        assert sign_in(client, cast.ana.email).status_code == 302


def test_others_are_not_locked_out(cast: Cast, client: Client) -> None:
    fail(client, cast.ana.email)
    assert sign_in(client, cast.ben.email).status_code == 302


def test_a_success_begins_anew(cast: Cast, client: Client) -> None:
    for _ in range(3):
        fail(client, cast.ana.email, FAILURES_BY_ADDRESS - 1)
        assert sign_in(client, cast.ana.email).status_code == 302
        client.logout()


def test_a_new_password_does_not_unlock(cast: Cast, client: Client) -> None:
    fail(client, cast.ana.email)
    ask_for_link(client, cast.ana.email)
    let_the_worker_run()
    page = client.get(mailed_link(), follow=True)
    client.post(page.request["PATH_INFO"], {"password1": NEW, "password2": NEW})
    cast.ana.refresh_from_db()
    assert cast.ana.check_password(NEW)
    assert sign_in(client, cast.ana.email, NEW).status_code == 429


def test_one_client_may_not_try_many_addresses(cast: Cast, client: Client) -> None:
    for n in range(FAILURES_BY_CLIENT):
        assert sign_in(client, f"person{n}@larkfield.example", "guess").status_code == 200
    assert sign_in(client, cast.ana.email).status_code == 429
    assert sign_in(Client(REMOTE_ADDR="192.0.2.7"), cast.ana.email).status_code == 302


def test_signing_in_oneself_does_not_clear_the_client(cast: Cast, client: Client) -> None:
    for n in range(FAILURES_BY_CLIENT - 1):
        sign_in(client, f"person{n}@larkfield.example", "guess")
    assert sign_in(client, cast.ana.email).status_code == 302
    client.logout()
    assert sign_in(client, "one@larkfield.example", "guess").status_code == 200
    assert sign_in(client, "two@larkfield.example", "guess").status_code == 429


def test_a_forged_proxy_header_is_not_another_client(cast: Cast, client: Client) -> None:
    for n in range(FAILURES_BY_CLIENT):
        forged = {"X-Forwarded-For": f"198.51.100.{n}"}
        form = {"login": f"person{n}@larkfield.example", "password": "guess"}
        client.post("/accounts/login/", form, headers=forged)
    assert sign_in(client, cast.ana.email).status_code == 429


def test_an_ipv6_network_is_one_client() -> None:
    assert network_of("2001:db8::1") == network_of("2001:db8::ffff:1") != network_of("2001:db8:0:1::1")
    assert network_of("::ffff:192.0.2.1") == network_of("192.0.2.1")
    assert network_of("") == ""


@pytest.mark.django_db(transaction=True)
def test_attempts_at_once_are_all_counted() -> None:
    def attempt(_: int) -> bool:
        try:
            Attempt("ana@larkfield.example", "192.0.2.1").begin()
        except TooMany:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(8) as pool:
        admitted = sum(pool.map(attempt, range(40)))
    assert admitted == FAILURES_BY_ADDRESS
