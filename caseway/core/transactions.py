"""Actions as transactions.

Every action takes its locks in one order (cases by id, then sides by organisation), so
deadlocks are rare; where one happens all the same the whole action runs again.
"""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import OperationalError, connection, transaction
from psycopg.errors import DeadlockDetected, SerializationFailure

P = ParamSpec("P")
R = TypeVar("R")

ATTEMPTS = 3


def action(function: Callable[P, R]) -> Callable[P, R]:
    """Run `function` in one transaction, again (three times at most) after a deadlock.

    Inside another transaction it is a savepoint of that one: a refusal that the caller catches
    leaves nothing of this action behind, and the outermost action retries.
    """

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        if connection.in_atomic_block:
            with transaction.atomic():
                return function(*args, **kwargs)
        for attempt in range(1, ATTEMPTS + 1):
            try:
                with transaction.atomic():
                    return function(*args, **kwargs)
            except OperationalError as error:
                lost_a_race = isinstance(error.__cause__, DeadlockDetected | SerializationFailure)
                if not lost_a_race or attempt == ATTEMPTS:
                    raise
        raise AssertionError("unreachable")

    return run
