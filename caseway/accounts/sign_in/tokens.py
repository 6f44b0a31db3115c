"""The secret part of a link that sets a new password."""

from django.conf import settings
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.urls import reverse
from django.utils.http import int_to_base36

from caseway.accounts.models import Person


class ResetTokens(PasswordResetTokenGenerator):
    """Good once and for `PASSWORD_RESET_TIMEOUT` seconds.

    Dies at once when password or address change, the person signs in, is disabled, or has all
    sessions ended.
    """

    key_salt = "caseway.accounts.reset"

    def _make_hash_value(self, user: Person, timestamp: int) -> str:
        stored = super()._make_hash_value(user, timestamp)
        return f"{stored}:{user.is_active}:{user.session_epoch}"

    def check_token(self, user: Person | None, token: str | None) -> bool:
        """Whether `token` may still set the person's password."""
        return user is not None and user.is_active and super().check_token(user, token)


def reset_link(person: Person) -> str:
    """The address that lets the person set a new password. It begins with `CASEWAY_BASE_URL`."""
    parts = {"uidb36": int_to_base36(person.pk), "key": ResetTokens().make_token(person)}
    return settings.BASE_URL.rstrip("/") + reverse("account_reset_password_from_key", kwargs=parts)
