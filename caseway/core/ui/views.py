"""Pages of the kit itself."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control

from caseway.core.ui.brands import brand_stylesheet, preview_stylesheet

A_YEAR = 31_536_000


@cache_control(public=True, max_age=A_YEAR, immutable=True)
def brand(request: HttpRequest, colour: str) -> HttpResponse:
    """The accent of a brand as a stylesheet; its address is its content."""
    return HttpResponse(brand_stylesheet(colour), content_type="text/css; charset=utf-8")


@cache_control(public=True, max_age=A_YEAR, immutable=True)
def preview(request: HttpRequest, colour: str) -> HttpResponse:
    """The accent of a brand that is being tried out, for a part of a page."""
    return HttpResponse(preview_stylesheet(colour), content_type="text/css; charset=utf-8")
