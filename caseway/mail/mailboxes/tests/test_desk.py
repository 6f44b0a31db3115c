"""The desk's page of one mailbox."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from caseway.accounts.models import AuditEntry
from caseway.demo.cast import Cast
from caseway.mail.mailboxes import actions
from caseway.mail.models import ImapAccount, Mailbox, SmtpAccount

SECRET = "correct horse battery"


@pytest.fixture
def box(cast: Cast, client: Client) -> Mailbox:
    client.force_login(cast.admin)
    return Mailbox.objects.create(address="support@larkfield.example", organisation=cast.larkfield)


def entered(client: Client, box: Mailbox, **other: Any) -> dict[str, Any]:
    """What the page holds, and what is changed of it; a None leaves a box unticked."""
    page = client.get(reverse("desk:mailbox", args=[box.pk])).content.decode()
    version = re.search(r'name="version" value="(\d+)"', page)
    assert version
    values: dict[str, Any] = {
        "use": "cases",
        "is_active": "on",
        "fetches": "on",
        "imap_host": "imap.larkfield.example",
        "imap_port": 993,
        "imap_security": "tls",
        "imap_user": "support",
        "imap_sign_in": "password",
        "imap_password": SECRET,
        "folder": "INBOX",
        "afterwards": "seen",
        "smtp_security": "starttls",
        "smtp_sign_in": "password",
        "version": version[1],
        "do": "save",
    }
    return {name: value for name, value in (values | other).items() if value is not None}


def save(client: Client, box: Mailbox, **other: Any) -> Any:
    return client.post(reverse("desk:mailbox", args=[box.pk]), entered(client, box, **other))


def test_a_password_is_kept_sealed_and_never_shown(client: Client, box: Mailbox):
    assert save(client, box, sends="on", smtp_host="smtp.larkfield.example", smtp_port=587).status_code == 302
    account = ImapAccount.objects.get()
    assert account.password == SECRET
    assert SECRET not in account.sealed_password
    assert SmtpAccount.objects.get().host == "smtp.larkfield.example"
    page = client.get(reverse("desk:mailbox", args=[box.pk])).content.decode()
    told = str([(one.changes, one.payload) for one in AuditEntry.objects.all()])
    for shown in (page, told):
        assert SECRET not in shown
        assert account.sealed_password not in shown
    assert "imap.larkfield.example" in told


def test_it_stays_where_nothing_is_typed_and_goes_to_no_other_server(client: Client, box: Mailbox):
    save(client, box)
    assert save(client, box, imap_password="", folder="Cases").status_code == 302
    assert ImapAccount.objects.get().password == SECRET
    answer = save(client, box, imap_password="", imap_host="imap.thief.example")
    assert answer.status_code == 422
    assert "it is told to no other server" in answer.content.decode()
    assert ImapAccount.objects.get().host == "imap.larkfield.example"


def test_switched_off_it_is_read_no_more_and_whoever_reads_it_is_told(client: Client, box: Mailbox):
    save(client, box)
    before = ImapAccount.objects.get().version
    assert save(client, box, fetches=None).status_code == 302
    account = ImapAccount.objects.get()
    assert not account.is_active
    assert account.version == before + 1


def test_what_is_wrong_stands_at_its_field_with_all_that_was_typed(client: Client, box: Mailbox):
    answer = save(client, box, imap_host="", afterwards="move", target="")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Name the server." in page
    assert 'value="support"' in page
    assert SECRET not in page
    assert save(client, box, imap_port="99999").status_code == 422
    assert save(client, box, afterwards="move", target="INBOX").status_code == 422


def test_two_administrators(client: Client, box: Mailbox):
    first, second = entered(client, box), entered(client, box, folder="Cases")
    page = reverse("desk:mailbox", args=[box.pk])
    assert client.post(page, first).status_code == 302
    answer = client.post(page, second)
    assert answer.status_code == 412
    assert 'value="Cases"' in answer.content.decode()


def test_trying_tells_what_is_wrong_stores_nothing_and_is_no_way_to_look_around(
    client: Client, box: Mailbox, monkeypatch: pytest.MonkeyPatch
):
    answer = save(client, box, do="try", imap_host="127.0.0.1")
    assert "in a network that is not allowed here" in answer.content.decode()
    assert not ImapAccount.objects.exists()
    monkeypatch.setattr(actions, "MOST_TRIES", 1)
    answer = save(client, box, do="try", imap_host="127.0.0.1")
    assert answer.status_code == 429


def test_a_new_mailbox(cast: Cast, client: Client, box: Mailbox):
    Mailbox.objects.create(address="care@quillon.example", organisation=cast.quillon)
    new = reverse("desk:new_mailbox")
    answer = client.post(new, {"address": "Returns@Larkfield.example"})
    made = Mailbox.objects.get(address="returns@larkfield.example")
    assert answer["Location"] == reverse("desk:mailbox", args=[made.pk])
    for taken in ("support@larkfield.example", "other@quillon.example", "a+b@larkfield.example", "nonsense"):
        assert client.post(new, {"address": taken}).status_code == 422
    assert Mailbox.objects.filter(organisation=cast.larkfield).count() == 2


def test_whoever_may_not(cast: Cast, client: Client, box: Mailbox, settings: Any):
    page = reverse("desk:mailbox", args=[box.pk])
    there = reverse("desk:mailbox_connection", args=[box.pk, "google"])
    values = entered(client, box)
    for person, status in ((cast.ana, 403), (cast.pia, 404), (cast.iris, 404), (cast.kim, 404)):
        client.force_login(person)
        assert client.get(page).status_code == status
        assert client.post(page, values).status_code == status
        assert client.get(there).status_code == status
    assert not ImapAccount.objects.exists()
