"""Secrets that have to be told again (a mailbox's password), encrypted under the installation's secret key.

A copy of the database alone tells none of them. Each use has a key of its own, so that what is sealed for
one can't be opened as another.
"""

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.encoding import force_bytes


class Unreadable(Exception):
    """What was sealed can't be opened: the secret key is another one now."""


def seal(secret: str, use: str) -> str:
    """`secret`, to be stored; an empty one stays empty."""
    return _box(use).encrypt(secret.encode()).decode() if secret else ""


def unseal(sealed: str, use: str) -> str:
    """What was sealed for `use`, also under a secret key that was used before. Raises Unreadable."""
    if not sealed:
        return ""
    try:
        return _box(use).decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise Unreadable from error


def _box(use: str) -> MultiFernet:
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return MultiFernet([_key_for(use, key) for key in keys])


def _key_for(use: str, secret: str | bytes) -> Fernet:
    digest = hashlib.sha256(f"caseway.sealing.{use}:".encode() + force_bytes(secret)).digest()
    return Fernet(base64.urlsafe_b64encode(digest))
