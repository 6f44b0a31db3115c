"""Codes that were tried, counted apart from passwords: who knows the password can't begin anew by it."""

from dataclasses import dataclass

from django.http import HttpRequest

from caseway.accounts.models import Person
from caseway.accounts.sign_in.lockout import (
    FAILURES_BY_ADDRESS,
    Tries,
    count_as_failed,
    network_of,
    of_client,
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
        """Count the attempt as failed, before the code is checked; raises TooMany when locked out.

        Five in a quarter of an hour, thirty a day: a code of six digits isn't guessed by that.
        """
        count_as_failed(self._now, self._today, of_client(self.client))

    def succeed(self) -> None:
        """The code was good: the person begins anew, the client loses this count only."""
        limits.forget(self._now.key)
        limits.forget(self._today.key)
        limits.take_back(of_client(self.client).key)

    @property
    def _now(self) -> Tries:
        return Tries(f"second factor {self.person_id}", FAILURES_BY_ADDRESS)

    @property
    def _today(self) -> Tries:
        return Tries(f"second factor of a day {self.person_id}", FAILURES_BY_DAY, DAY)


def is_first_use(person_id: int, code: str) -> bool:
    """Whether the code is used for the first time (RFC 6238 section 5.2), counted in one statement."""
    digits = "".join(filter(str.isalnum, code))
    return limits.count(f"code used {person_id} {digits}", CODE_IS_GOOD_FOR) == 1
