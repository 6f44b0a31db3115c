"""`/uploads`: large files by part, for lines that break."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from caseway.api.http.answers import answer
from caseway.api.http.budgets import REQUESTS, UPLOADS
from caseway.api.http.operations import Operations
from caseway.api.http.problems import UnsupportedType, fields_called
from caseway.api.http.requests import ApiRequest
from caseway.api.tokens.scopes import Scope
from caseway.cases.files.arriving import PART, begin, forget, take_part
from caseway.cases.files.completing import finish
from caseway.cases.models import Upload
from caseway.core.errors import NotFound

from .schemas import AttachmentOut, UploadIn, UploadOut, attachment_of, upload_of

uploads = Operations("Attachments")
OCTETS = "application/octet-stream"
PART_BODY = {
    "requestBody": {
        "required": True,
        "content": {OCTETS: {"schema": {"type": "string", "format": "binary", "maxLength": PART}}},
    }
}


def _mine(request: ApiRequest, key: str) -> Upload:
    """The upload with this id. Raises NotFound where there is none, or none of this caller's."""
    try:
        wanted = UUID(key)
    except ValueError:
        raise NotFound from None
    found = Upload.objects.visible_to(request.viewer).filter(pk=wanted).first()
    if found is None:
        raise NotFound
    return found


@uploads.post(
    "/uploads", scope=Scope.CASES_WRITE, answer=UploadOut, status=201, allowances=(REQUESTS, UPLOADS)
)
def begin_upload(request: ApiRequest, body: UploadIn) -> HttpResponse:
    """Begin to send a file by part.

    The answer says how long a part is and where the missing ones begin. Only you can go on with it;
    a day after the last part it is forgotten. Its size counts against your organisation's room.
    """
    with fields_called(files="name"):
        begun = begin(body.name, body.size, by=request.viewer, sha256=body.sha256)
    return answer(upload_of(begun), status=201)


@uploads.get("/uploads/{key}", scope=Scope.CASES_WRITE, answer=UploadOut)
def read_upload(request: ApiRequest, key: str) -> HttpResponse:
    """Read which parts of a file are missing."""
    return answer(upload_of(_mine(request, key)))


@uploads.post(
    "/uploads/{key}/parts/{offset}", scope=Scope.CASES_WRITE, answer=None, status=204, openapi=PART_BODY
)
def send_part(request: ApiRequest, key: str, offset: int) -> HttpResponse:
    """Send the part of a file that begins at an offset, as the bare bytes of the body.

    Parts may come in any order, and any of them again. Each is `part_size` bytes long, but for the
    last. Other bytes at the same place are refused with 409.
    """
    upload = _mine(request, key)
    if request.content_type != OCTETS:
        raise UnsupportedType(_("Send the bytes, with Content-Type: application/octet-stream."))
    take_part(upload.pk, offset, request.body, by=request.viewer)
    return HttpResponse(status=204)


@uploads.post(
    "/uploads/{key}/attachment",
    scope=Scope.CASES_WRITE,
    answer=AttachmentOut,
    status=201,
    allowances=(REQUESTS, UPLOADS),
)
def finish_upload(request: ApiRequest, key: str) -> HttpResponse:
    """Make an attachment of a file whose parts have all arrived.

    Asked again it gives the same. 409 while parts are missing; 422 with the reason where the whole
    is refused: then delete the upload.
    """
    with fields_called(files="file"):
        return answer(attachment_of(finish(_mine(request, key).pk, by=request.viewer)), status=201)


@uploads.delete("/uploads/{key}", scope=Scope.CASES_WRITE, answer=None, status=204)
def forget_upload(request: ApiRequest, key: str) -> HttpResponse:
    """Drop a file that is on its way. What it has become is taken back at `/attachments/{id}`."""
    forget(_mine(request, key).pk, by=request.viewer)
    return HttpResponse(status=204)
