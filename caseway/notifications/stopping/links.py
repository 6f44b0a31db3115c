"""Signed links: each names one seat and what it is not to be mailed any more, or one participant.

It holds no secret of its own: the signature is an HMAC (SHA-256) under the installation's key. It
lets nobody read anything, and never ends: an old mail must be good enough to get no more of them.
"""

from dataclasses import dataclass
from typing import Literal

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse

from caseway.accounts.models import Membership
from caseway.cases.models import Participant
from caseway.notifications.models import Kind

LONGEST = 200
DIGEST = "digest"


@dataclass(frozen=True)
class Stop:
    """What is to stop: `what` is a kind or the digest, of a seat; empty for a participant."""

    whose: Literal["seat", "participant"]
    key: int
    what: str = ""


def kind_link(seat: Membership, kind: Kind) -> str:
    """No more mails at once of this kind."""
    return _link("seat", seat.pk, kind.value)


def digest_link(seat: Membership) -> str:
    """No more daily digests."""
    return _link("seat", seat.pk, DIGEST)


def participant_link(participant: Participant) -> str:
    """No more mails about this case."""
    return _link("participant", participant.pk, "")


def stop_named(token: str) -> Stop | None:
    """What the token says; None for a forged or damaged one."""
    if len(token) > LONGEST:
        return None
    try:
        whose, key, what = _signer().unsign_object(token)
    except (BadSignature, ValueError):
        return None
    return Stop(whose, key, what)


def _link(whose: str, key: int, what: str) -> str:
    token = _signer().sign_object([whose, key, what])
    return settings.BASE_URL + reverse("stop", args=[token])


def _signer() -> Signer:
    return Signer(salt="caseway.notifications.stopping")
