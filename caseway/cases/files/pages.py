"""Handing files out: `/files/<id>/`, for everyone who is signed in and may read the message."""

from uuid import UUID

from django.core.files.storage import default_storage
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from caseway.accounts.access import signed_in_page
from caseway.accounts.models import Person
from caseway.accounts.requests import ViewerRequest
from caseway.cases.models import Attachment, StoredFile
from caseway.core.errors import Conflict, NotFound
from caseway.customers.viewers import portal_viewer_of

from .previews import picture_of

SANDBOX = "sandbox; default-src 'none'"
"""Whatever a browser makes of the content, it may load and run nothing."""


@signed_in_page
@require_GET
def download(request: ViewerRequest, pk: UUID) -> HttpResponseBase:
    """The file as it came, always to be saved and never shown."""
    attachment = readable(request, pk)
    response = FileResponse(
        default_storage.open(attachment.file.key),
        as_attachment=True,
        filename=attachment.name,
        content_type=attachment.file.type,
    )
    response.headers["Content-Security-Policy"] = SANDBOX
    return response


@signed_in_page
@require_GET
def picture(request: ViewerRequest, pk: UUID) -> HttpResponse:
    """An image, made anew from the one that came; 404 for anything that isn't one."""
    response = HttpResponse(picture_of(readable(request, pk)), content_type="image/webp")
    response.headers["Content-Security-Policy"] = SANDBOX
    return response


def readable(request: ViewerRequest, pk: UUID) -> Attachment:
    """The attachment, if the person may read it from any of their seats.

    Raises NotFound, and Conflict for a file that is held back.
    """
    seats = [request.viewer]
    if isinstance(request.user, Person):
        seats.append(portal_viewer_of(request.user))
    for viewer in seats:
        found = Attachment.objects.visible_to(viewer).select_related("file").filter(pk=pk).first()
        if found is not None:
            break
    else:
        raise NotFound
    if found.quarantined or found.file.state != StoredFile.State.CLEAN:
        raise Conflict(_("This file is held back until it was checked."))
    return found
