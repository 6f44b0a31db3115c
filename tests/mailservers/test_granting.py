"""Mailboxes that are read by a permission of their provider, against a strict one and a real mail server."""

import re
import threading
from datetime import timedelta
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
import urllib3
from django.urls import reverse

from caseway.core.clock import now
from caseway.demo.cast import make_cast
from caseway.mail.fetching.connecting import open_session
from caseway.mail.granting.tokens import access_token_of
from caseway.mail.models import Grant, ImapAccount, Mailbox, Trouble
from caseway.mail.tests.mails import SUPPORT, mail
from caseway.mail.troubles import Troubled
from config.mailing import openid_client
from config.values import networks

from .dovecot import dovecot
from .permission_server import CLIENT, SECRET, permission_server

pytestmark = pytest.mark.fault

BACK = "http://localhost:8000/desk/settings/mailboxes/granted/"


@pytest.fixture(scope="module")
def provider():
    with permission_server(BACK) as running:
        yield running


@pytest.fixture(scope="module")
def server(provider):
    with dovecot(f"{provider.issuer}/introspect") as running:
        yield running


def version_on(client, page):
    found = re.search(r'name="version" value="(\d+)"', client.get(page).content.decode())
    assert found
    return found[1]


@pytest.fixture
def world(db, settings, server, provider, client):
    settings.PRIVATE_NETWORKS = networks("127.0.0.0/8")
    settings.BASE_URL = "http://localhost:8000"
    issuer = f"http://{CLIENT}:{SECRET}@127.0.0.1:{provider.port}"
    settings.OAUTH_CLIENTS = {"openid": openid_client(issuer)}
    cast = make_cast()
    box = Mailbox.objects.create(address=SUPPORT, organisation=cast.larkfield)
    client.force_login(cast.admin)
    entered = {
        "use": "cases",
        "is_active": "on",
        "fetches": "on",
        "imap_host": "127.0.0.1",
        "imap_port": server.imap,
        "imap_security": "none",
        "imap_user": "support",
        "imap_sign_in": "grant",
        "folder": "INBOX",
        "afterwards": "seen",
        "smtp_security": "tls",
        "smtp_sign_in": "password",
    }
    page = reverse("desk:mailbox", args=[box.pk])
    changed = entered | {"version": version_on(client, page), "do": "save"}
    assert client.post(page, changed).status_code == 302
    return cast


def leave(client):
    """The address of the provider that the page offers."""
    page = reverse("desk:mailbox_connection", args=[Mailbox.objects.get().pk, "openid"])
    found = re.search(r'href="(http://127[^"]+)"', client.get(page).content.decode())
    assert found
    return unescape(found[1])


def come_back(client, address):
    """The person says yes at the provider, and their browser follows."""
    answer = urllib3.request("GET", address, redirect=False)
    assert answer.status == 302, answer.data
    back = answer.headers["Location"]
    assert back.startswith(BACK + "?")
    return client.get(back.removeprefix("http://localhost:8000"), follow=True).content.decode()


def read(account):
    session = open_session(account)
    try:
        return session.count()
    finally:
        session.close()


def test_from_the_button_to_the_mails_and_back(world, client, server, provider):
    account = ImapAccount.objects.select_related("mailbox").get()
    with pytest.raises(Troubled) as caught:
        open_session(account)
    assert caught.value.trouble is Trouble.NO_GRANT

    address = leave(client)
    asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
    assert asked["code_challenge_method"] == "S256"
    assert (asked["redirect_uri"], asked["login_hint"]) == (BACK, "support")
    assert "is connected" in come_back(client, address)
    grant = Grant.objects.get()
    assert grant.access_token not in grant.sealed_access
    server.put("support", mail("kim@orchid.example"))
    assert read(account) >= 1

    # Before it ends it is renewed, and the refresh token with it.
    before = grant.refresh_token
    Grant.objects.update(expires_at=now() + timedelta(minutes=4))
    token = access_token_of(account.mailbox)
    grant.refresh_from_db()
    assert grant.access_token == token
    assert grant.refresh_token != before
    assert read(account) >= 1

    # Taken back at the provider, it is shown, and connecting again helps.
    provider.revoke()
    Grant.objects.update(expires_at=now())
    for _ in range(2):
        with pytest.raises(Troubled) as caught:
            access_token_of(account.mailbox)
        assert caught.value.trouble is Trouble.GRANT_ENDED
    page = client.get(reverse("desk:mailbox", args=[account.mailbox_id])).content.decode()
    assert "was taken back or has ended" in page
    assert "Connect again with 127.0.0.1" in page
    assert "is connected" in come_back(client, leave(client))
    assert read(account) >= 1


def test_a_way_back_is_good_once_for_its_own_session(world, client, provider):
    address = leave(client)
    come_back(client, address)
    state = parse_qs(urlsplit(address).query)["state"][0]
    for query in (f"state={state}&code=x", "state=guessed&code=x", "state=%C3%A9&code=x", "code=x"):
        page = client.get(f"/desk/settings/mailboxes/granted/?{query}", follow=True).content.decode()
        assert "was used already or is too old" in page
    other = leave(client)
    client.force_login(world.lea)
    state = parse_qs(urlsplit(other).query)["state"][0]
    assert client.get(f"/desk/settings/mailboxes/granted/?state={state}&code=x").status_code == 403


def test_a_code_without_its_verifier_or_of_another_address_is_refused(world, client, provider):
    address = leave(client)
    assert urllib3.request("GET", address.replace("granted", "stolen"), redirect=False).status == 400
    session = client.session
    waiting = session["mail.granting"]
    session["mail.granting"] = {key: one | {"verifier": "a" * 64} for key, one in waiting.items()}
    session.save()
    assert "did not take its own code" in come_back(client, address)
    assert not Grant.objects.exists()


def test_a_permission_is_for_the_server_it_was_given_for(world, client):
    come_back(client, leave(client))
    page = reverse("desk:mailbox", args=[Mailbox.objects.get().pk])
    entered = {
        "use": "cases",
        "is_active": "on",
        "fetches": "on",
        "imap_host": "mail.elsewhere.example",
        "imap_port": 993,
        "imap_security": "tls",
        "imap_user": "support",
        "imap_sign_in": "grant",
        "folder": "INBOX",
        "afterwards": "seen",
        "smtp_security": "tls",
        "smtp_sign_in": "password",
        "version": version_on(client, page),
    }
    assert client.post(page, entered).status_code == 302
    assert not Grant.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_of_several_who_renew_at_once_one_asks(world, client, provider):
    come_back(client, leave(client))
    box = Mailbox.objects.get()
    Grant.objects.update(expires_at=now())
    before, got = provider.refreshed, []
    threads = [threading.Thread(target=lambda: got.append(access_token_of(box))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert len(got) == 4
    assert len(set(got)) == 1
    assert provider.refreshed == before + 1
