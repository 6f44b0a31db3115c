"""`/api/docs`: every operation, read from the OpenAPI document. No script, nothing from elsewhere."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from caseway.accounts.access import public_page
from caseway.api.catalogue import api

from .reading import operations_by_part, schemas


@require_safe
@public_page
def documentation(request: HttpRequest) -> HttpResponse:
    """The page. It tells nothing of anybody's data, so that everybody may read it."""
    document = api.get_openapi_schema()
    context = {
        "title": document["info"]["title"],
        "description": document["info"]["description"],
        "parts": operations_by_part(document),
        "schemas": schemas(document),
    }
    return render(request, "api/documentation/page.html", context)
