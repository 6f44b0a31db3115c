"""`/attachments`: uploaded first, then named by a message or a new case."""

from typing import BinaryIO, cast
from uuid import UUID

from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from ninja import File, UploadedFile

from caseway.api.http.answers import answer
from caseway.api.http.budgets import REQUESTS, UPLOADS
from caseway.api.http.operations import Operations
from caseway.api.http.problems import fields_called
from caseway.api.http.requests import ApiRequest
from caseway.api.tokens.scopes import Scope
from caseway.cases.files import actions as files
from caseway.cases.files.storing import open_stored
from caseway.cases.models import Attachment
from caseway.core.errors import Conflict, Invalid, NotFound

from .schemas import AttachmentOut, attachment_of, is_held

attachments = Operations("Attachments")
BYTES = {
    "responses": {
        200: {
            "description": "The file, to be saved: never to be shown in a page",
            "content": {"*/*": {"schema": {"type": "string", "format": "binary"}}},
        }
    }
}


def visible_attachment(request: ApiRequest, key: str) -> Attachment:
    """The file with this id. Raises NotFound where there is none, or none for this caller."""
    try:
        wanted = UUID(key)
    except ValueError:
        raise NotFound from None
    seen = Attachment.objects.visible_to(request.viewer).select_related("file")
    found = seen.filter(pk=wanted).first()
    if found is None:
        raise NotFound
    return found


@attachments.post(
    "/attachments",
    scope=Scope.CASES_WRITE,
    answer=AttachmentOut,
    status=201,
    allowances=(REQUESTS, UPLOADS),
)
def upload_attachment(request: ApiRequest, file: File[UploadedFile]) -> HttpResponse:
    """Upload a file, as `file` of a multipart form.

    Its id goes into `attachments` of a message or a new case. Size, type and number are limited by
    your organisation's policy; the type is found from the content.
    """
    unknown = ({*request.POST, *request.FILES}) - {"file"}
    if unknown:
        raise Invalid({name: _("There is no such field.") for name in sorted(unknown)})
    with fields_called(files="file"):
        stored = files.upload(cast("BinaryIO", file.file), file.name or "", by=request.viewer)
    return answer(attachment_of(stored), status=201)


@attachments.get("/attachments/{key}", scope=Scope.CASES_READ, answer=AttachmentOut)
def read_attachment(request: ApiRequest, key: str) -> HttpResponse:
    """Read what a file is."""
    return answer(attachment_of(visible_attachment(request, key)))


@attachments.get("/attachments/{key}/content", scope=Scope.CASES_READ, answer=None, openapi=BYTES)
def download_attachment(request: ApiRequest, key: str) -> HttpResponseBase:
    """Download a file. One that is held back answers 409."""
    found = visible_attachment(request, key)
    if is_held(found):
        raise Conflict(_("This file is held back, since it may do harm."))
    content = open_stored(found.file)
    response = FileResponse(content, as_attachment=True, filename=found.name, content_type=found.file.type)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@attachments.delete("/attachments/{key}", scope=Scope.CASES_WRITE, answer=None, status=204)
def remove_attachment(request: ApiRequest, key: str) -> HttpResponse:
    """Take back a file that you uploaded and that is on no message yet."""
    with fields_called(files="attachment"):
        files.remove(visible_attachment(request, key), by=request.viewer)
    return HttpResponse(status=204)
