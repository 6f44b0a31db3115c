"""How often a token may call."""

import time
from dataclasses import dataclass

from caseway.api.models import Token
from caseway.core import limits

from .requests import Budget


@dataclass(frozen=True)
class Allowance:
    """So many requests in a window of so many seconds; windows begin with the clock."""

    name: str
    limit: int
    window_seconds: int = 60

    def spend(self, token: Token) -> Budget:
        """Count one request of the token; one statement, shared by all processes."""
        moment = int(time.time())
        window, into = divmod(moment, self.window_seconds)
        used = limits.count(f"api {self.name} {token.pk} {window}", self.window_seconds)
        return Budget(self.limit, used, self.window_seconds, self.window_seconds - into)


REQUESTS = Allowance("requests", 600)
UPLOADS = Allowance("uploads", 60)
"""Uploads count here too, since each may be large."""
