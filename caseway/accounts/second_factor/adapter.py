"""How django-allauth's mfa works here."""

import base64
import hashlib

from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.utils.encoding import force_bytes


class SecondFactorAdapter(DefaultMFAAdapter):
    """Secrets are stored encrypted; a copy of the database alone makes no codes."""

    def encrypt(self, text: str) -> str:
        """`text` under the installation's secret key."""
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """What was encrypted, also under a secret key that was used before."""
        return _box().decrypt(encrypted_text.encode()).decode()


def _box() -> MultiFernet:
    return MultiFernet([_fernet(key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def _fernet(secret: str | bytes) -> Fernet:
    digest = hashlib.sha256(b"caseway.accounts.second_factor:" + force_bytes(secret)).digest()
    return Fernet(base64.urlsafe_b64encode(digest))
