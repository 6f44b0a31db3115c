"""The secret of an invitation's link: 256 random bits, of which a keyed digest is stored."""

import secrets
from dataclasses import dataclass

from django.utils.crypto import salted_hmac

from caseway.customers.models import Invitation

SALT = "caseway.customers.invitation"


@dataclass(frozen=True)
class Invited:
    """An invitation with the secret of its link, which only its mail ever holds."""

    invitation: Invitation
    key: str


def new_key() -> str:
    """A secret for one link."""
    return secrets.token_urlsafe(32)


def digest_of(key: str) -> str:
    """What is stored of `key`: worth nothing without the installation's own secret."""
    return salted_hmac(SALT, key, algorithm="sha256").hexdigest()
