"""A Dovecot for a module's tests, and Larkfield's mailbox there."""

import pytest

from caseway.demo.cast import make_cast
from caseway.mail.models import ImapAccount, Mailbox
from caseway.mail.tests.mails import SUPPORT
from config.values import networks

from .dovecot import PASSWORD, dovecot


@pytest.fixture(scope="module")
def server():
    with dovecot() as running:
        yield running


@pytest.fixture(autouse=True)
def _loopback_is_ours(settings):
    settings.PRIVATE_NETWORKS = networks("127.0.0.0/8")


@pytest.fixture
def trusted(server, monkeypatch):
    """The server's certificate is one that the system trusts."""
    monkeypatch.setenv("SSL_CERT_FILE", str(server.certificate))


@pytest.fixture
def larkfield(db):
    return make_cast().larkfield


@pytest.fixture
def account(larkfield, server, request):
    """A mailbox whose mails come to a folder that no other test has."""
    box = Mailbox.objects.create(address=SUPPORT, organisation=larkfield)
    made = ImapAccount(
        mailbox=box,
        host="localhost",
        port=server.imap,
        security=ImapAccount.Security.NONE,
        user=request.node.name.partition("[")[0][:40].replace("_", "-"),
    )
    made.password = PASSWORD
    made.save()
    assert PASSWORD not in made.sealed_password
    return made
