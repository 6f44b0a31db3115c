"""Addresses below `/api/`."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path, re_path
from django.views.decorators.csrf import csrf_exempt

from .catalogue import api
from .documentation.pages import documentation
from .http.problems import not_found


@csrf_exempt
def unknown(request: HttpRequest) -> HttpResponse:
    """Whatever is no address of the API, for whoever asks in whichever way."""
    return not_found()


urlpatterns = [
    path("v1/", include((api.addresses(), "api"), namespace="api")),
    path("docs", documentation, name="api-docs"),
    re_path("", unknown, name="api-unknown"),
]
