"""The check of a token, made so that its time tells nothing."""

from datetime import timedelta

from django.db.models import Q
from django.utils.crypto import constant_time_compare

from caseway.api.models import Token
from caseway.core.clock import now

from .actions import PREFIX, digest_of
from .queries import living_token

USE_IS_NOTED_EVERY = timedelta(minutes=1)
NO_DIGEST = "0" * 64


def token_presented(presented: str) -> Token | None:
    """The living token that this is, if any. The secret is compared in constant time."""
    prefix, _, rest = presented.partition("_")
    handle, _, secret = rest.partition("_")
    plausible = prefix == PREFIX and handle.isascii() and handle.isalnum() and len(presented) < 100
    token = living_token(handle) if plausible else None
    expected = token.digest if token else NO_DIGEST
    return token if constant_time_compare(digest_of(secret), expected) else None


def note_use(token: Token) -> None:
    """Keep when the token was last used, to the minute."""
    moment = now()
    if token.last_used_at and moment - token.last_used_at < USE_IS_NOTED_EVERY:
        return
    long_ago = Q(last_used_at=None) | Q(last_used_at__lte=moment - USE_IS_NOTED_EVERY)
    Token.objects.filter(long_ago, pk=token.pk).update(last_used_at=moment)
