"""Signing in to a mailbox's IMAP server."""

import ssl
from contextlib import suppress

from imapclient.exceptions import CapabilityError

from caseway.mail.granting.tokens import access_token_of
from caseway.mail.models import ImapAccount, Trouble
from caseway.mail.troubles import Troubled, troubled

from .client import Client
from .session import Session


def open_session(account: ImapAccount) -> Session:
    """A session with the account's folder open. Raises Troubled."""
    client = None
    try:
        client = _connected(account)
        _sign_in(client, account)
        return Session(client, account)
    except Exception as error:
        if client is not None:
            _hang_up(client)
        if isinstance(error, Troubled):
            raise
        raise _without_secrets(troubled(error), account) from error


def _connected(account: ImapAccount) -> Client:
    client = Client(account.host, account.port, tls=account.security == account.Security.TLS)
    if account.security != account.Security.STARTTLS:
        return client
    try:
        client.starttls(ssl.create_default_context())
    except BaseException as error:
        _hang_up(client)
        if isinstance(error, CapabilityError):
            raise Troubled(Trouble.NO_STARTTLS) from error
        raise
    return client


def _sign_in(client: Client, account: ImapAccount) -> None:
    if not account.uses_grant:
        client.login(account.user, account.password)
        return
    token = access_token_of(account.mailbox)
    if client.has_capability("AUTH=OAUTHBEARER"):
        client.oauthbearer_login(account.user, token)
    else:
        client.oauth2_login(account.user, token)


def _hang_up(client: Client) -> None:
    """A connection whose TLS failed can't even be closed in order."""
    with suppress(Exception):
        client.shutdown()


def _without_secrets(trouble: Troubled, account: ImapAccount) -> Troubled:
    """A server may repeat what it was told."""
    if trouble.trouble is Trouble.SIGN_IN and not account.uses_grant and account.password:
        return Troubled(trouble.trouble, trouble.detail.replace(account.password, "…"))
    return trouble
