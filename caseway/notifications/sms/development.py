"""SMS without a provider: on a developer's machine they go to the log; elsewhere there are none."""

from collections.abc import Collection
from datetime import datetime

import structlog

from .provider import Fate, Unreachable

log = structlog.get_logger("caseway.sms")


class DevelopmentLog:
    """Writes into the log what would be sent, and counts it as sent."""

    name = "log"
    confirms = False

    def send(self, number: str, text: str) -> str:
        """Log it."""
        log.info("an SMS would be sent; CASEWAY_SMS_URL names no provider", number=number, text=text)
        return ""

    def taken(self, number: str, text: str, *, since: datetime, but: Collection[str]) -> str:
        """Whatever is in doubt is logged again."""
        return ""

    def fate(self, provider_id: str) -> Fate:
        """Nobody's phone rings."""
        return Fate()

    def check(self) -> None:
        """Always."""


class Missing:
    """No provider: whatever was written while there was one waits for it."""

    name = "none"
    confirms = False

    def send(self, number: str, text: str) -> str:
        """Not now."""
        raise Unreachable("CASEWAY_SMS_URL is not set")

    def taken(self, number: str, text: str, *, since: datetime, but: Collection[str]) -> str:
        """Nobody can be asked."""
        raise Unreachable("CASEWAY_SMS_URL is not set")

    def fate(self, provider_id: str) -> Fate:
        """Nobody can be asked."""
        raise Unreachable("CASEWAY_SMS_URL is not set")

    def check(self) -> None:
        """Nothing to sign in at."""
