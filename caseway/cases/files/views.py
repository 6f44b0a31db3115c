"""Giving files and taking them back: the same for desk and portal, each under its own address.

The address decides from which seat somebody looks; access is checked at every request.
"""

from uuid import UUID

from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from caseway.accounts.access import signed_in_page
from caseway.accounts.requests import ViewerRequest
from caseway.cases.models import Attachment, StoredFile
from caseway.core.errors import Conflict, NotFound

from .actions import remove
from .previews import picture_of
from .storing import open_stored

SANDBOX = "default-src 'none'; sandbox"


@require_http_methods(["GET", "HEAD", "DELETE"])
@signed_in_page
def file(request: ViewerRequest, key: UUID) -> HttpResponseBase:
    """The file as it came in, for saving; or, by DELETE, taken back before it was sent."""
    attachment = _load(request, key)
    if request.method == "DELETE":
        remove(attachment, by=request.viewer)
        return HttpResponse(status=204)
    return sealed(content_of(attachment))


@require_GET
@signed_in_page
def picture(request: ViewerRequest, key: UUID) -> HttpResponse:
    """A picture made anew from an image, for showing in a page."""
    made = picture_of(_load(request, key))
    response = HttpResponse(made, content_type="image/webp", headers={"Content-Disposition": "inline"})
    sealed(response)
    return response


def _load(request: ViewerRequest, key: UUID) -> Attachment:
    found = Attachment.objects.visible_to(request.viewer).select_related("file").filter(pk=key).first()
    if found is None:
        raise NotFound
    return found


def content_of(attachment: Attachment) -> FileResponse:
    """The bytes, streamed. Raises Conflict while the file is held, NotFound if the storage lost it."""
    if attachment.quarantined or attachment.file.state != StoredFile.State.CLEAN:
        raise Conflict(_("This file is held back until it has been checked."))
    content = open_stored(attachment.file)
    return FileResponse(
        content, as_attachment=True, filename=attachment.name, content_type=attachment.file.type
    )


def sealed(response: HttpResponseBase) -> HttpResponseBase:
    """The answer with headers under which a browser runs nothing of it, whatever it holds."""
    response.headers["Content-Security-Policy"] = SANDBOX
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
