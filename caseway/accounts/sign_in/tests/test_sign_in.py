"""Signing in and out."""

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from caseway.accounts.models import Person
from caseway.accounts.sign_in.actions import disable
from caseway.demo.cast import Cast
from config import settings as product

from .people import SIGN_IN, count_hashes, is_signed_in, sign_in, without_tokens


@pytest.mark.parametrize(
    ("name", "home"),
    [("ana", "/desk/"), ("omar", "/desk/"), ("kim", "/"), ("root", "/admin/")],
)
def test_everybody_begins_at_their_own_place(cast: Cast, client: Client, name: str, home: str) -> None:
    response = sign_in(client, getattr(cast, name).email)
    assert response.status_code == 302
    assert response["Location"] == home


def test_the_address_is_taken_however_it_is_spelled(cast: Cast, client: Client) -> None:
    assert sign_in(client, " Ana@LARKFIELD.example ").status_code == 302


def test_people_come_back_to_where_they_were_going(cast: Cast, client: Client) -> None:
    response = sign_in(client, cast.ana.email, next="/desk/cases/CV00000001")
    assert response["Location"] == "/desk/cases/CV00000001"


@pytest.mark.parametrize(
    "elsewhere",
    [
        "//evil.example",
        r"\\evil.example",
        r"/\evil.example",
        "/\t/evil.example",
        "https://evil.example/desk/",
        "http:evil.example",
        "javascript:alert(1)",
        "data:text/html,x",
        "https://testserver@evil.example/",
        "https://larkfield.localhost/",
    ],
)
def test_nobody_is_sent_to_another_site(cast: Cast, client: Client, elsewhere: str) -> None:
    assert sign_in(client, cast.ana.email, next=elsewhere)["Location"] == "/desk/"
    client.post(reverse("account_logout"))
    page = client.get(SIGN_IN, {"next": elsewhere})
    assert f'href="{elsewhere}"' not in page.content.decode()


def test_the_session_gets_a_new_key(cast: Cast, client: Client) -> None:
    before = client.session
    before["planted"] = "by somebody else"
    before.save()
    client.cookies["session"] = str(before.session_key)
    sign_in(client, cast.ana.email)
    assert client.session.session_key != before.session_key
    assert not Session.objects.filter(session_key=before.session_key).exists()


def test_signing_out_ends_the_session(cast: Cast, client: Client) -> None:
    sign_in(client, cast.ana.email)
    key = client.cookies["session"].value
    assert client.get(reverse("account_logout")).status_code == 200
    assert is_signed_in(client)
    client.post(reverse("account_logout"))
    client.cookies["session"] = key
    assert not is_signed_in(client)


@pytest.mark.parametrize("address", ["ana@larkfield.example", "nobody@larkfield.example"])
def test_a_wrong_password_and_an_unknown_address_look_the_same(
    cast: Cast, client: Client, address: str, django_assert_num_queries, monkeypatch: pytest.MonkeyPatch
) -> None:
    hashes = count_hashes(monkeypatch)
    with django_assert_num_queries(4):
        response = sign_in(client, address, "not it")
    assert len(hashes) == 1
    assert response.status_code == 200
    assert "not correct" in response.content.decode()


def test_the_two_answers_are_the_same_page(cast: Cast, client: Client) -> None:
    def page(address: str) -> str:
        text = sign_in(client, address, "not it").content.decode()
        assert address in text
        return without_tokens(text.replace(address, "ADDRESS"))

    assert page("ana@larkfield.example") == page("somebody@larkfield.example")


def test_a_disabled_person_is_out_at_once_and_for_good(cast: Cast, client: Client) -> None:
    sign_in(client, cast.ana.email)
    disable(cast.ana)
    assert not is_signed_in(client)
    assert sign_in(client, cast.ana.email).status_code == 200
    Person.objects.filter(pk=cast.ana.pk).update(is_active=True)
    assert not is_signed_in(client)
    assert sign_in(client, cast.ana.email).status_code == 302


def test_nobody_signs_up_without_proving_their_address(cast: Cast, client: Client) -> None:
    before = Person.objects.count()
    typed = {"name": "X", "email": "x@y.example", "password1": "seven blue kettles"}
    assert client.post("/accounts/signup/", typed)["Location"] == "/accounts/signup/done/"
    assert Person.objects.count() == before


def test_every_form_needs_its_token(cast: Cast) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert sign_in(strict, cast.ana.email).status_code == 403


def test_passwords_are_weighed_with_argon2() -> None:
    assert product.PASSWORD_HASHERS[0].endswith("Argon2PasswordHasher")
