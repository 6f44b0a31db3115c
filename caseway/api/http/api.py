"""The API as a whole: its operations and the OpenAPI document that describes them."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from . import openapi
from .bodies import StrictParser
from .problems import HANDLERS, problem


class CasewayAPI(NinjaAPI):
    """Django Ninja for routing and schema; errors, limits and headers are ours."""

    def __init__(self, **options: Any) -> None:
        super().__init__(parser=StrictParser(), docs_url=None, **options)
        self._document: OpenAPISchema | None = None
        for kind, handler in HANDLERS.items():
            self.add_exception_handler(kind, handler)

    def get_openapi_schema(self, **options: Any) -> OpenAPISchema:
        """The OpenAPI document, with all that every operation has in common; made once, not to be changed."""
        if self._document is None:
            self._document = openapi.completed(super().get_openapi_schema(**options))
        return self._document

    def addresses(self) -> list[URLPattern]:
        """The addresses of all operations and of the document, to be included by the root."""
        patterns: list[Any] = self.urls[0]
        for pattern in patterns:
            pattern.callback = _finished(pattern.callback)
        return patterns


def _as_get(view: Any, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
    """What the view answers; to HEAD what it answers to GET (RFC 9110, 9.3.2), which servers cut."""
    if request.method != "HEAD":
        return view(request, *args, **kwargs)
    request.method = "GET"
    try:
        return view(request, *args, **kwargs)
    finally:
        request.method = "HEAD"


def _finished(view: Any) -> Any:
    """The view with the limits in the headers of its answers, and 405 as a problem document."""

    def finished(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response: HttpResponse = _as_get(view, request, *args, **kwargs)
        if response.status_code == 405:
            detail = _("This address does not take %(method)s.") % {"method": request.method}
            response = problem(405, detail, headers={"Allow": response.headers["Allow"]})
        budget = getattr(request, "budget", None)
        if budget is not None:
            for name, value in budget.headers.items():
                response.headers[name] = value
        return response

    finished.csrf_exempt = True  # type: ignore[attr-defined]
    return finished
