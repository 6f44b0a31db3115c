"""`Idempotency-Key`: the same request sent again has one effect and gets the same answer.

The row is written in the transaction of the effect: either both are kept or neither. A twin
that comes while the first is at work waits on the row's unique key; whoever waits too long is
told to come back (409). An error leaves no row, since it left no effect either.
"""

import hashlib
import re
from collections.abc import Callable
from datetime import timedelta

from django.db import OperationalError, connection
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from psycopg.errors import LockNotAvailable

from caseway.api.models import KeptAnswer
from caseway.cases.models import Case
from caseway.core.clock import now
from caseway.core.errors import Conflict, Invalid, NotFound

from .requests import ApiRequest

HEADER = "Idempotency-Key"
KEPT_FOR = timedelta(hours=24)
TWIN_WAITS = "10s"
KEPT_HEADERS = ("ETag", "Location")
_KEY = re.compile(r"[\x21-\x7e]{1,255}")


def key_of(request: ApiRequest) -> str | None:
    """The key that the caller sent, if any. Raises Invalid for one that can't be a key."""
    key = request.headers.get(HEADER)
    if key is not None and not _KEY.fullmatch(key):
        raise Invalid({HEADER: _("Send 1 to 255 visible ASCII characters.")})
    return key


def answered_once(
    request: ApiRequest, key: str, answer: Callable[[], HttpResponseBase], *, case_number: str | None
) -> HttpResponseBase:
    """`answer()`, or what it was when it was sent first. Call inside of the transaction of its effect.

    `case_number` is the case that the answer tells of. Raises Invalid where the key was used for
    another request, Conflict while a twin is at work, NotFound where the case is not seen any more.
    """
    mine, fresh = _claim(request, key)
    if not fresh:
        if mine.request_hash != hash_of(request):
            raise Invalid({HEADER: _("This key was used for another request.")})
        if case_number and not Case.objects.visible_to(request.viewer).filter(number=case_number).exists():
            raise NotFound
        return _again(mine)
    response = answer()
    assert isinstance(response, HttpResponse)  # noqa: S101 - what POSTs answer is never streamed
    KeptAnswer.objects.filter(pk=mine.pk).update(
        status=response.status_code,
        headers={name: response[name] for name in KEPT_HEADERS if name in response},
        body=response.content.decode("utf-8"),
    )
    return response


def _claim(request: ApiRequest, key: str) -> tuple[KeptAnswer, bool]:
    place = {"token": request.token, "method": request.method, "path": request.path[:250], "key": key}
    KeptAnswer.objects.filter(**place, created_at__lte=now() - KEPT_FOR).delete()
    row = KeptAnswer(**place, request_hash=hash_of(request))
    _insert_unless_there(row)
    stored = KeptAnswer.objects.get(**place)
    return stored, stored.status == 0


def _insert_unless_there(row: KeptAnswer) -> None:
    """Insert the row, waiting for a twin that has inserted it and has not finished yet."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lock_timeout', %s, true)", [TWIN_WAITS])
    try:
        KeptAnswer.objects.bulk_create([row], ignore_conflicts=True)
    except OperationalError as error:
        if isinstance(error.__cause__, LockNotAvailable):
            raise Conflict(_("The same request is still being worked on. Try again in a moment.")) from None
        raise
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lock_timeout', '0', true)")


def hash_of(request: ApiRequest) -> str:
    """A digest of what was sent: query and body, of uploads names and contents."""
    digest = hashlib.sha256(request.META.get("QUERY_STRING", "").encode())
    if request.content_type == "multipart/form-data":
        for field in sorted(request.FILES):
            for file in request.FILES.getlist(field):
                digest.update(f"\0{field}\0{file.name}\0{file.size}\0".encode())
                for chunk in file.chunks():
                    digest.update(chunk)
    else:
        digest.update(b"\0" + request.body)
    return digest.hexdigest()


def _again(kept: KeptAnswer) -> HttpResponse:
    response = HttpResponse(kept.body, status=kept.status, content_type="application/json")
    for name, value in kept.headers.items():
        response.headers[name] = value
    response.headers["Idempotency-Replayed"] = "true"
    return response


def sweep() -> int:
    """Delete answers older than a day; returns how many. Called by a periodic job."""
    return KeptAnswer.objects.filter(created_at__lte=now() - KEPT_FOR).delete()[0]
