"""How much one client, and all of them, may have of the listener."""

from collections import Counter

MOST_CONNECTIONS = 200
MOST_OF_ONE = 50
"""Connections of one address at a time: a mail server keeps some twenty."""
MOST_MAILS = 1000
"""Of one connection; the client comes again."""
MOST_UNKNOWN = 20
"""Recipients that aren't ours, of one connection: who tries more is guessing."""


class Connections:
    """Counts the connections of this process by the client's address."""

    def __init__(self) -> None:
        self._open: Counter[str] = Counter()

    def take(self, client: str) -> bool:
        """Count one more; False, and not counted, where that would be too many."""
        if self._open.total() >= MOST_CONNECTIONS or self._open[client] >= MOST_OF_ONE:
            return False
        self._open[client] += 1
        return True

    def give_back(self, client: str) -> None:
        """One less."""
        self._open[client] -= 1
        if not self._open[client]:
            del self._open[client]
