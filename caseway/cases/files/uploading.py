"""Sending files by part over the web: the same for desk and portal, each under its own address.

Every answer names the addresses that come next, so that a script knows none of them.
"""

from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from caseway.accounts.access import signed_in_page
from caseway.accounts.requests import ViewerRequest
from caseway.cases.models import Upload
from caseway.core.errors import Invalid, NotFound, TooMany
from caseway.core.limits import count, seconds_left

from .arriving import begin, forget, take_part
from .completing import finish
from .forms import as_rows
from .queries import missing_offsets

HOUR = 3600
UPLOADS_AN_HOUR = 300
PARTS_AN_HOUR = 3000


@require_POST
@signed_in_page
def start(request: ViewerRequest) -> HttpResponse:
    """Begin to send a file of this `name` and `size`; 201 with where its parts go, or why it is refused."""
    if request.viewer.organisation is None:
        raise NotFound
    name, size = request.POST.get("name", ""), request.POST.get("size", "")
    if not name or not size.isascii() or not size.isdecimal() or len(size) > 15:
        raise Invalid({"files": _("Choose a file.")})
    _throttle(request, "upload", UPLOADS_AN_HOUR)
    upload = begin(name, int(size), by=request.viewer, sha256=request.POST.get("sha256", ""))
    return JsonResponse(_told(request, upload), status=201)


@require_http_methods(["GET", "DELETE"])
@signed_in_page
def upload(request: ViewerRequest, upload: UUID) -> HttpResponse:
    """How far a file has come; or, by DELETE, never mind it."""
    if request.method == "DELETE":
        forget(upload, by=request.viewer)
        return HttpResponse(status=204)
    seen = Upload.objects.visible_to(request.viewer).select_related("attachment__file")
    found = seen.filter(pk=upload).first()
    if found is None:
        raise NotFound
    return JsonResponse(_told(request, found))


@require_http_methods(["PUT"])
@signed_in_page
def part(request: ViewerRequest, upload: UUID, offset: int) -> HttpResponse:
    """Keep the body as the part of a file that begins at `offset`."""
    if not Upload.objects.visible_to(request.viewer).filter(pk=upload).exists():
        raise NotFound
    _throttle(request, "part", PARTS_AN_HOUR)
    take_part(upload, offset, request.body, by=request.viewer)
    return HttpResponse(status=204)


@require_POST
@signed_in_page
def completion(request: ViewerRequest, upload: UUID) -> HttpResponse:
    """Make a file of the parts; 201 with its id, or the reason why it is refused."""
    if not Upload.objects.visible_to(request.viewer).filter(pk=upload).exists():
        raise NotFound
    _throttle(request, "finish", UPLOADS_AN_HOUR)
    kept = finish(upload, by=request.viewer)
    return JsonResponse(as_rows([kept], _space(request))[0], status=201)


def _told(request: ViewerRequest, upload: Upload) -> dict[str, object]:
    space = _space(request)
    # Not a place in any file: the script puts the offset there.
    part_url = reverse(f"{space}:part", args=[upload.pk, 0]).removesuffix("0") + "{offset}"
    return {
        "id": str(upload.pk),
        "name": upload.name,
        "size": upload.size,
        "part_size": upload.part_size,
        "missing": missing_offsets(upload),
        "file": as_rows([upload.attachment], space)[0] if upload.attachment else None,
        "url": reverse(f"{space}:upload", args=[upload.pk]),
        "part_url": part_url,
        "finish_url": reverse(f"{space}:completion", args=[upload.pk]),
    }


def _space(request: ViewerRequest) -> str:
    return request.resolver_match.namespace if request.resolver_match else ""


def _throttle(request: ViewerRequest, what: str, most: int) -> None:
    key = f"{what}:{request.viewer.person_id}"
    if count(key, HOUR) > most:
        raise TooMany(_("That were many files. Please go on in a while."), retry_after=seconds_left(key))
