"""The way to a permission and back: state and verifier wait in the session, both good once."""

import base64
import hashlib
import secrets
import time
from collections.abc import MutableMapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse

from .providers import Provider

KEPT = "mail.granting"
MOST_WAITING = 5
LIFE = 900.0
"""Seconds in which one has to come back."""


@dataclass(frozen=True)
class Asked:
    """What was asked for, by whom comes back with its state."""

    mailbox: int
    provider: str
    verifier: str


def redirect_uri() -> str:
    """The one address to which providers send people back, as it is registered there."""
    return settings.BASE_URL + reverse("desk:mailbox_granted")


def begin(session: MutableMapping[str, Any], mailbox: int, provider: Provider, hint: str) -> str:
    """The provider's address to go to; what is needed on the way back waits in the session."""
    state, verifier = secrets.token_urlsafe(32), secrets.token_urlsafe(64)
    waiting = dict(list(_waiting(session).items())[1 - MOST_WAITING :])
    waiting[state] = {"mailbox": mailbox, "provider": provider.key, "verifier": verifier, "at": time.time()}
    session[KEPT] = waiting
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
    asked = {
        "response_type": "code",
        "client_id": provider.client.key,
        "redirect_uri": redirect_uri(),
        "scope": provider.scope,
        "state": state,
        "code_challenge": challenge,
        "code_challenge_method": "S256",
        "login_hint": hint,
        **provider.extra,
    }
    return f"{provider.authorize}?{urlencode(asked)}"


def come_back(session: MutableMapping[str, Any], state: str) -> Asked | None:
    """What this session asked for with `state`, once; None for anybody else's, and after a while."""
    waiting = _waiting(session)
    found = (
        next((key for key in waiting if secrets.compare_digest(key, state)), None)
        if state.isascii()
        else None
    )
    if found is None:
        return None
    asked = waiting.pop(found)
    session[KEPT] = waiting
    if time.time() - asked["at"] > LIFE:
        return None
    return Asked(asked["mailbox"], asked["provider"], asked["verifier"])


def _waiting(session: MutableMapping[str, Any]) -> dict[str, dict[str, Any]]:
    return dict(session.get(KEPT) or {})
