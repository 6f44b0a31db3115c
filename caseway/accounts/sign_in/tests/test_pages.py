"""Every page of signing in, with and without a brand, as a browser with our policy takes it."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from caseway.demo.cast import Cast

PUBLIC = ("account_login", "account_reset_password", "account_reset_password_done")
SIGNED_IN = ("account_change_password", "account_logout")
HOSTS = ("localhost", "larkfield.localhost", "garden.localhost")
FORBIDDEN = re.compile(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)|javascript:", re.IGNORECASE)


def check(client: Client, address: str, host: str) -> str:
    response = client.get(address, headers={"host": host})
    text = response.content.decode()
    assert response.status_code == 200
    assert "script-src 'self'" in response["Content-Security-Policy"]
    assert response["Cache-Control"].count("no-store") == 1
    assert not FORBIDDEN.search(text)
    assert text.count("<h1>") == 1
    return text


@pytest.mark.parametrize("host", HOSTS)
def test_public_pages(cast: Cast, client: Client, host: str) -> None:
    face = {"localhost": "Caseway<", "larkfield.localhost": "Larkfield<", "garden.localhost": "Garden<"}[host]
    for name in PUBLIC:
        assert face in check(client, reverse(name), host)


@pytest.mark.parametrize("host", HOSTS)
def test_links_of_mails(cast: Cast, client: Client, host: str) -> None:
    check(client, reverse("account_reset_password_from_key_done"), host)
    dead = reverse("account_reset_password_from_key", kwargs={"uidb36": "1", "key": "abc-def"})
    assert "This link works no more" in check(client, dead, host)


@pytest.mark.parametrize("host", HOSTS)
def test_pages_for_people(cast: Cast, client: Client, host: str) -> None:
    for person in (cast.kim, cast.new_agent):
        client.force_login(person)
        for name in SIGNED_IN:
            check(client, reverse(name), host)
