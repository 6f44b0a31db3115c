"""Tokens: got for a code, renewed before they end by one process at a time, given up when refused."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from caseway.core.clock import now
from caseway.mail.models import Grant, Mailbox, Trouble
from caseway.mail.troubles import Troubled

from .asking import Away, Refused, ask_json
from .providers import Provider, provider

RENEWED_BEFORE = timedelta(minutes=5)
USUAL_LIFE = 3600


@dataclass(frozen=True)
class Tokens:
    """What a provider gave; the refresh token is empty where the one before stays good."""

    access: str
    refresh: str
    expires_at: datetime


def tokens_for_code(by: Provider, *, code: str, verifier: str, redirect_uri: str) -> Tokens:
    """The tokens that a code stands for. Raises Away and Refused."""
    fields = {"grant_type": "authorization_code", "code": code, "redirect_uri": redirect_uri}
    return _tokens(by, {**fields, "code_verifier": verifier})


def access_token_of(mailbox: Mailbox) -> str:
    """A token that opens the mailbox for some minutes more. Raises Troubled.

    Who comes while another process renews it waits, and gets what that one got: a refresh token
    may be good once only.
    """
    grant = Grant.objects.filter(mailbox=mailbox).first()
    if grant is None:
        raise Troubled(Trouble.NO_GRANT)
    if _is_fresh(grant):
        return grant.access_token
    # Committed before the trouble is told: that a permission has ended is to be kept.
    renewed = _renewed(grant.pk)
    if isinstance(renewed, Troubled):
        raise renewed
    return renewed


def forget_access(mailbox: Mailbox) -> None:
    """The server refused the access token: whoever wants one next renews it."""
    Grant.objects.filter(mailbox=mailbox).update(expires_at=now())


@transaction.atomic
def _renewed(key: int) -> str | Troubled:
    grant = Grant.objects.select_for_update().get(pk=key)
    if _is_fresh(grant):
        return grant.access_token
    try:
        keep(grant, _asked_again(grant))
    except Troubled as trouble:
        if trouble.trouble is Trouble.GRANT_ENDED and not grant.ended_at:
            grant.ended_at = now()
            grant.save(update_fields=["ended_at"])
        return trouble
    return grant.access_token


def _asked_again(grant: Grant) -> Tokens:
    if grant.ended_at or not grant.refresh_token:
        raise Troubled(Trouble.GRANT_ENDED)
    try:
        by = provider(grant.provider)
        if by is None:
            raise Troubled(Trouble.PROVIDER, "the settings do not name it any more")
        return _tokens(by, {"grant_type": "refresh_token", "refresh_token": grant.refresh_token})
    except Away as away:
        raise Troubled(Trouble.PROVIDER, away) from away
    except Refused as refused:
        has_ended = refused.error == "invalid_grant"
        raise Troubled(Trouble.GRANT_ENDED if has_ended else Trouble.PROVIDER, refused) from refused


def keep(grant: Grant, tokens: Tokens) -> None:
    """Store the tokens, sealed."""
    grant.access_token, grant.expires_at, grant.ended_at = tokens.access, tokens.expires_at, None
    if tokens.refresh:
        grant.refresh_token = tokens.refresh
    grant.save()


def _is_fresh(grant: Grant) -> bool:
    return not grant.ended_at and grant.expires_at > now() + RENEWED_BEFORE


def _tokens(by: Provider, fields: Mapping[str, str]) -> Tokens:
    who = {"client_id": by.client.key, "client_secret": by.client.secret}
    told = ask_json("POST", by.token, {**fields, **who})
    access = told.get("access_token")
    if not isinstance(access, str) or not access:
        raise Away("no access token")
    refresh = told.get("refresh_token")
    return Tokens(access, refresh if isinstance(refresh, str) else "", now() + _life(told))


def _life(told: Mapping[str, Any]) -> timedelta:
    try:
        seconds = int(told.get("expires_in", USUAL_LIFE))
    except (TypeError, ValueError):
        seconds = USUAL_LIFE
    return timedelta(seconds=min(max(seconds, 0), 86_400))
