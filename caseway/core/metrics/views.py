"""`/metrics`."""

import os
from hmac import compare_digest

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

from caseway.core.errors import NotFound
from caseway.core.http.clients import is_local
from caseway.core.metrics.queue import QueueCollector


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """The figures of all web processes, for this machine or the bearer of the token."""
    if not (is_local(request) or _has_token(request)):
        raise NotFound
    registry = CollectorRegistry()
    registry.register(QueueCollector())
    text = generate_latest(registry)
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        together = CollectorRegistry()
        MultiProcessCollector(together)  # type: ignore[no-untyped-call]
        return HttpResponse(text + generate_latest(together), content_type=CONTENT_TYPE_LATEST)
    return HttpResponse(text + generate_latest(REGISTRY), content_type=CONTENT_TYPE_LATEST)


def _has_token(request: HttpRequest) -> bool:
    wanted = settings.CASEWAY.metrics_token
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    return bool(wanted) and compare_digest(given.encode(), wanted.encode())
