"""Codes that were tried, counted apart from passwords: who knows the password can't begin anew by it."""

from dataclasses import dataclass

from django.http import HttpRequest

from caseway.accounts.models import Person
from caseway.accounts.sign_in.lockout import (
    FAILURES_BY_ADDRESS,
    FAILURES_BY_CLIENT,
    WINDOW_SECONDS,
    failures_of_client,
    locked_out,
    network_of,
)
from caseway.core import limits
from caseway.core.http.clients import client_address

DAY = 24 * 3600
FAILURES_BY_DAY = 30
CODE_IS_GOOD_FOR = 120
"""Seconds: longer than any code is taken, the neighbouring ones included."""


@dataclass(frozen=True)
class CodeAttempt:
    """One code tried for one person, from one client's network."""

    person_id: int
    client: str

    @classmethod
    def of(cls, request: HttpRequest, person: Person) -> "CodeAttempt":
        """The attempt that `request` makes."""
        return cls(person.pk, network_of(client_address(request)))

    def begin(self) -> None:
        """Count the attempt as failed, before anything is checked; raises TooMany when locked out.

        Five in a quarter of an hour, thirty a day: a code of six digits isn't guessed by that.
        """
        for key, most, window in self._limits:
            if limits.count(key, window) > most:
                raise locked_out(limits.seconds_left(key))

    def succeed(self) -> None:
        """The code was good: the person begins anew, the client loses this count only."""
        limits.forget(self._now)
        limits.forget(self._today)
        limits.take_back(self._by_client)

    @property
    def _limits(self) -> tuple[tuple[str, int, int], ...]:
        return (
            (self._now, FAILURES_BY_ADDRESS, WINDOW_SECONDS),
            (self._today, FAILURES_BY_DAY, DAY),
            (self._by_client, FAILURES_BY_CLIENT, WINDOW_SECONDS),
        )

    @property
    def _now(self) -> str:
        return f"second factor {self.person_id}"

    @property
    def _today(self) -> str:
        return f"second factor of a day {self.person_id}"

    @property
    def _by_client(self) -> str:
        return failures_of_client(self.client)


def is_first_use(person_id: int, code: str) -> bool:
    """Whether the code is used for the first time (RFC 6238 section 5.2), counted in one statement."""
    digits = "".join(filter(str.isalnum, code))
    return limits.count(f"code used {person_id} {digits}", CODE_IS_GOOD_FOR) == 1
