"""Access, declared on every view. A test walks all addresses and fails where a view declares none.

    @desk_page
    def queue(request: ViewerRequest) -> HttpResponse: ...

    @desk_page(permission=Permission.SETTINGS)
    def settings(request: ViewerRequest) -> HttpResponse: ...

    @portal_page
    def my_cases(request: ViewerRequest) -> HttpResponse: ...

    @signed_in_page      # any seat: attachments, switching desks
    @public_page         # nobody need be signed in: help, the sign-in page itself

Inside, `request.viewer` has that seat, and the reader's time zone and language are active.
Load everything with `….visible_to(request.viewer)`. Anonymous people are sent to sign in and
come back afterwards; a person without that seat gets NotFound, one without the permission
NotAllowed. Where the desk asks for a second factor, who has none is sent to set one up.
For a class-based view decorate `View.as_view()` in `urls.py`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from functools import wraps
from typing import Any, overload

from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from caseway.core.errors import NotAllowed, NotFound

from .permissions import Permission
from .reader import activate_reader
from .requests import ViewerRequest
from .second_factor.queries import lacks_second_factor
from .sign_in.redirects import go, to_sign_in
from .viewer import Seat, Viewer

View = Callable[..., HttpResponseBase]


class Door(Enum):
    """Who comes in."""

    DESK = "desk"
    PORTAL = "portal"
    SIGNED_IN = "signed in"
    PUBLIC = "public"


@dataclass(frozen=True)
class Access:
    """What a view declares."""

    door: Door
    permission: Permission | None = None

    def check(self, viewer: Viewer) -> None:
        """Let a signed-in viewer in, or raise NotFound (wrong seat) or NotAllowed (no permission)."""
        wanted = {Door.DESK: Seat.AGENT, Door.PORTAL: Seat.CONTACT}.get(self.door)
        if wanted and viewer.seat is not wanted:
            raise NotFound
        if self.permission and not viewer.has(self.permission):
            raise NotAllowed(_("Your role does not allow this. Ask your administrator."))


def declared_access(view: Callable[..., Any]) -> Access | None:
    """The access that a view declares, if it does."""
    return getattr(view, "access", None)


def _page(access: Access) -> Callable[[View], View]:
    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: ViewerRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if access.door is Door.PUBLIC:
                return view(request, *args, **kwargs)
            if not request.user.is_authenticated:
                return to_sign_in(request)
            access.check(request.viewer)
            activate_reader(request.viewer)
            if access.door is Door.DESK and lacks_second_factor(request.viewer):
                return go(request, reverse("mfa_index"))
            return view(request, *args, **kwargs)

        guarded.access = access  # type: ignore[attr-defined]
        return guarded

    return decorate


@overload
def desk_page(view: View) -> View: ...
@overload
def desk_page(*, permission: Permission | None = None) -> Callable[[View], View]: ...
def desk_page(
    view: View | None = None, *, permission: Permission | None = None
) -> View | Callable[[View], View]:
    """A page of the desk: for agents, with `permission` where one is named."""
    decorate = _page(Access(Door.DESK, permission))
    return decorate(view) if view else decorate


def portal_page(view: View) -> View:
    """A page of the portal: for contacts with a sign-in."""
    return _page(Access(Door.PORTAL))(view)


def signed_in_page(view: View) -> View:
    """A page for everyone who is signed in, from whichever seat."""
    return _page(Access(Door.SIGNED_IN))(view)


def public_page(view: View) -> View:
    """A page for everyone. It may look at `request.viewer`, which is nobody for the anonymous."""
    return _page(Access(Door.PUBLIC))(view)
