"""Changing a password, and being made to."""

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from caseway.accounts.sign_in.actions import give_password
from caseway.demo.cast import Cast
from caseway.demo.password import PASSWORD

from .people import NEW, is_signed_in, let_the_worker_run, sign_in

CHANGE = "/accounts/password/change/"


def change(client: Client, old: str = PASSWORD, new: str = NEW, again: str | None = None):
    return client.post(CHANGE, {"oldpassword": old, "password1": new, "password2": again or new})


def test_a_given_password_opens_only_the_page_that_changes_it(cast: Cast, client: Client) -> None:
    assert sign_in(client, cast.new_agent.email)["Location"] == CHANGE
    assert client.get(reverse("account_reset_password"))["Location"] == CHANGE
    assert client.post(reverse("account_login"), {})["Location"] == CHANGE
    assert client.get("/admin/")["Location"] == CHANGE
    assert "Choose your own password" in client.get(CHANGE).content.decode()
    fragment = client.get(reverse("account_reset_password"), headers={"HX-Request": "true"})
    assert fragment["HX-Redirect"] == CHANGE


def test_after_the_change_one_signs_in_again(cast: Cast, client: Client) -> None:
    sign_in(client, cast.new_agent.email)
    assert change(client)["Location"] == reverse("account_login")
    assert not is_signed_in(client)
    assert sign_in(client, cast.new_agent.email).status_code == 200
    assert sign_in(client, cast.new_agent.email, NEW)["Location"] == "/desk/"


def test_changing_kills_every_other_session_and_is_told_by_mail(cast: Cast, client: Client) -> None:
    elsewhere = Client()
    sign_in(elsewhere, cast.ana.email)
    sign_in(client, cast.ana.email)
    change(client)
    assert not is_signed_in(elsewhere)
    let_the_worker_run()
    assert mail.outbox[-1].to == [cast.ana.email]
    assert NEW not in str(mail.outbox[-1].message())


def test_the_same_password_again_is_refused(cast: Cast, client: Client) -> None:
    sign_in(client, cast.new_agent.email)
    assert "differs" in change(client, new=PASSWORD).content.decode()
    assert client.get("/admin/")["Location"] == CHANGE


@pytest.mark.parametrize("new", ["short", "Ana Ferreira", "qwertyuiop"])
def test_weak_passwords_are_refused(cast: Cast, client: Client, new: str) -> None:
    sign_in(client, cast.ana.email)
    assert change(client, new=new).status_code == 200
    cast.ana.refresh_from_db()
    assert cast.ana.check_password(PASSWORD)


def test_the_present_password_cannot_be_guessed_from_an_open_session(cast: Cast, client: Client) -> None:
    sign_in(client, cast.ana.email)
    statuses = [change(client, old=f"guess {n}").status_code for n in range(6)]
    assert statuses == [200] * 5 + [429]
    assert change(client).status_code == 429


def test_an_administrator_gives_a_password_that_must_be_changed(cast: Cast, client: Client) -> None:
    sign_in(client, cast.ben.email)
    give_password(cast.ben, "given by an administrator")
    assert not is_signed_in(client)
    assert sign_in(client, cast.ben.email, "given by an administrator")["Location"] == CHANGE
