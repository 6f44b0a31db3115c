"""What a request to the API carries once its token was checked."""

from django.http import HttpRequest

from caseway.accounts.viewer import Viewer
from caseway.api.models import Token


class ApiRequest(HttpRequest):
    """The type of `request` in every operation."""

    viewer: Viewer
    """The token's person in the token's seat; never the session's."""
    token: Token
    budget: "Budget"
    """What is left of the token's requests."""


class Budget:
    """How many requests a token may make in a window, and how many it has made."""

    def __init__(self, limit: int, used: int, window_seconds: int, seconds_left: int) -> None:
        self.limit, self.used = limit, used
        self.window_seconds, self.seconds_left = window_seconds, seconds_left

    @property
    def is_exceeded(self) -> bool:
        """Whether this request is one too many."""
        return self.used > self.limit

    @property
    def headers(self) -> dict[str, str]:
        """The `RateLimit` headers (IETF draft "RateLimit header fields for HTTP")."""
        return {
            "RateLimit-Limit": str(self.limit),
            "RateLimit-Remaining": str(max(0, self.limit - self.used)),
            "RateLimit-Reset": str(self.seconds_left),
            "RateLimit-Policy": f"{self.limit};w={self.window_seconds}",
        }
