"""`/health/live` and `/health/ready`, for those who watch over the process."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from caseway.core.health.probes import OK, findings


@require_safe
def live(request: HttpRequest) -> HttpResponse:
    """200 as long as this process answers at all."""
    return HttpResponse("alive\n", content_type="text/plain")


@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """200 when database, migrations and queue are in order, else 503; says which isn't."""
    found = findings()
    in_order = all(word.startswith(OK) for word in found.values())
    return JsonResponse(found, status=200 if in_order else 503)
