"""ETags of people: a digest of what can be changed, since their rows count no versions."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from pydantic import Field

from caseway.api.http.answers import Out, answer
from caseway.api.http.requests import ApiRequest
from caseway.api.http.versions import etag_of, expected_versions, is_known
from caseway.core.errors import Stale
from caseway.core.fingerprints import fingerprint


class VersionedOut(Out):
    """What is given with its version."""

    version: int = Field(description="The number in the ETag")


def version_of(*values: object) -> int:
    """A number of 32 bits that moves with the values, and is the same again when they are."""
    return fingerprint(*values)


def answer_of(request: ApiRequest, value: VersionedOut) -> HttpResponse:
    """`value` with its ETag; 304 where the reader of a GET has it already."""
    headers = {"ETag": etag_of(value.version)}
    if request.method == "GET" and is_known(request, value.version):
        return HttpResponse(status=304, headers=headers)
    return answer(value, headers=headers)


def demand_version(request: ApiRequest, stored: VersionedOut) -> None:
    """Go on only if the caller has seen `stored`, which nobody else changes meanwhile.

    Raises PreconditionRequired, and Stale with `stored`.
    """
    expected = expected_versions(request)
    if expected is None or stored.version in expected:
        return
    words = _("Somebody changed this meanwhile. Here is what is stored now.")
    raise Stale(words, current=stored.model_dump(mode="json"))
