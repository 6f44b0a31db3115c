"""A brand's face is public: its logo, for whoever may look at its sign-in page."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from caseway.accounts.access import public_page

from .logos import content_of

A_YEAR = 31_536_000
SEALED = {"Content-Security-Policy": "default-src 'none'; sandbox", "X-Content-Type-Options": "nosniff"}


@require_safe
@public_page
@cache_control(public=True, max_age=A_YEAR, immutable=True)
def logo(request: HttpRequest, digest: str) -> HttpResponse:
    """The logo with this SHA-256, if a brand shows it now; its address is its content."""
    return HttpResponse(content_of(digest), content_type="image/png", headers=SEALED)
