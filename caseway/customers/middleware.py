"""Puts the viewer and the brand on each request, asked of the database when first looked at."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from caseway.accounts.brands.hosts import brand_of_host
from caseway.accounts.seats import CHOSEN_DESK
from caseway.accounts.viewer import NOBODY, Viewer

from .viewers import desk_viewer_of, portal_viewer_of, viewer_of


class ViewerMiddleware:
    """Sets `request.viewer` and `request.brand`.

    A page of the desk or the portal costs four queries at most for session, person, brand and
    seat. The reader's time zone ends with the request.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.brand = SimpleLazyObject(lambda: brand_of_host(request.get_host()))  # type: ignore[attr-defined]
        request.viewer = SimpleLazyObject(lambda: _viewer(request))  # type: ignore[attr-defined]
        try:
            return self.get_response(request)
        finally:
            timezone.deactivate()


def _viewer(request: HttpRequest) -> Viewer:
    if not request.user.is_authenticated:
        return NOBODY
    if request.path.startswith("/desk/"):
        return desk_viewer_of(request.user, request.session.get(CHOSEN_DESK))
    if request.path == "/" or request.path.startswith("/portal/"):
        brand = request.brand  # type: ignore[attr-defined]
        return portal_viewer_of(request.user, brand.organisation_id if brand else None)
    return viewer_of(request.user, request.session.get(CHOSEN_DESK))
