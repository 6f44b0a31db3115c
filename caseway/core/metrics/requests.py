"""How many requests, how they ended and how long they took."""

from prometheus_client import Histogram

# Up to 10 s; the floor of 50 ms that pages must keep has buckets around it.
BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 1, 2.5, 10)
SECONDS = Histogram(
    "caseway_request_seconds", "Time to answer a request", ("method", "route", "status"), buckets=BUCKETS
)
METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}


def observe(method: str, route: str, status: int, seconds: float) -> None:
    """Count one request. Routes, not paths, so that the number of series stays small."""
    SECONDS.labels(method if method in METHODS else "other", route, str(status)).observe(seconds)
