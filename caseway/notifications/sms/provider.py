"""What carries an SMS away: what every provider can do, and what may go wrong with it.

The next provider is one more module like `twilio`, with its own scheme in CASEWAY_SMS_URL.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from caseway.notifications.models import Trouble


class Refused(Exception):
    """The provider will never send this SMS."""

    def __init__(self, trouble: Trouble, said: str) -> None:
        super().__init__(said)
        self.trouble = trouble


class Unreachable(Exception):
    """Nothing can be sent now, and this was not; `rest` is in seconds, where the provider asked for one."""

    def __init__(self, why: str, *, rest: float | None = None) -> None:
        super().__init__(why)
        self.rest = rest


class Unsure(Exception):
    """There was no clear answer: the provider may have taken the SMS, or not."""


@dataclass(frozen=True)
class Fate:
    """What became of an SMS that the provider took."""

    arrived: bool = False
    trouble: Trouble | None = None
    said: str = ""

    @property
    def is_known(self) -> bool:
        """Whether asking again would tell nothing new."""
        return self.arrived or self.trouble is not None


class Provider(Protocol):
    """Takes SMS one after the other, from several threads at once."""

    name: str
    confirms: bool
    """Whether it can say later what became of one."""

    def send(self, number: str, text: str) -> str:
        """Hand one over; returns the provider's id of it. Raises Refused, Unreachable, Unsure."""

    def taken(self, number: str, text: str, *, since: datetime, but: Collection[str]) -> str:
        """The id of this SMS if a try after `since` was taken after all, else "".

        Those of the ids `but` are others with the same words. Raises Unreachable, Unsure.
        """

    def fate(self, provider_id: str) -> Fate:
        """What became of it so far. Raises Unreachable, Unsure."""

    def check(self) -> None:
        """See that our sign-in is accepted. Raises Unreachable, Unsure."""
