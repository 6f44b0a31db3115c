"""Pages of the kit itself."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control

from caseway.core.ui.brands import brand_stylesheet
from caseway.core.ui.specimens import portal, shell, specimens

A_YEAR = 31_536_000


@cache_control(public=True, max_age=A_YEAR, immutable=True)
def brand(request: HttpRequest, colour: str) -> HttpResponse:
    """The accent of a brand as a stylesheet; its address is its content."""
    return HttpResponse(brand_stylesheet(colour), content_type="text/css; charset=utf-8")


def components(request: HttpRequest) -> HttpResponse:
    """Every component at the desk; for people who build pages."""
    return render(request, "ui/reference/desk.html", {"shell": shell(), "sample": specimens()})


def portal_components(request: HttpRequest) -> HttpResponse:
    """Every component of the portal, under a brand's colour."""
    return render(request, "ui/reference/portal.html", {"portal": portal(), "sample": specimens()})
