"""Pages that exist in tests only, one for each kind of access."""

from django.http import HttpResponse, JsonResponse
from django.urls import include, path
from django.utils import timezone, translation

from caseway.accounts.access import desk_page, portal_page, public_page, signed_in_page
from caseway.accounts.permissions import Permission
from caseway.accounts.requests import ViewerRequest


def who(request: ViewerRequest) -> HttpResponse:
    viewer = request.viewer
    return JsonResponse(
        {
            "seat": viewer.seat.value,
            "person": viewer.person.email if viewer.person else None,
            "organisation": viewer.organisation.slug if viewer.organisation else None,
            "teams": len(viewer.team_ids),
            "zone": timezone.get_current_timezone_name(),
            "language": translation.get_language(),
            "brand": request.brand.slug if viewer.is_contact and request.brand else None,
        }
    )


urlpatterns = [
    path("desk/who", desk_page(who)),
    path("desk/settings", desk_page(permission=Permission.SETTINGS)(who)),
    path("portal/who", portal_page(who)),
    path("signed-in", signed_in_page(who)),
    path("public", public_page(who)),
    path("", include("config.urls")),
]
