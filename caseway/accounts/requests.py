"""What a request carries once the viewer middleware has seen it."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from caseway.core.errors import NotFound

from .models import Brand, Person
from .viewer import Viewer


class ViewerRequest(HttpRequest):
    """The type of `request` in every page of Caseway."""

    viewer: Viewer
    """Who is looking, from which seat: the desk's under /desk/, the portal's under / and /portal/."""
    brand: Brand | None
    """The brand whose host was asked, with its organisation; None on a host without brand."""
    htmx: HtmxDetails


def signed_in(request: HttpRequest) -> Person:
    """The person who is signed in; for views behind a door that lets nobody else in."""
    if not isinstance(request.user, Person):
        raise NotFound
    return request.user
