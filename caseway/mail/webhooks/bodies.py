"""Reading what a provider sent: as long as a mail may be, and byte by byte.

Django's own reading of forms stops at some megabytes, and makes characters of what may be a mail in any
charset.
"""

import email
import email.policy
import itertools
from urllib.parse import parse_qsl

from django.http import HttpRequest, QueryDict
from django.utils.datastructures import MultiValueDict

from caseway.mail.limits import MOST_BYTES

MOST_SENT = MOST_BYTES * 3 // 2
"""Bytes of a request: a mail, written in JSON or a form."""
MOST_FIELDS = 1000


class TooMuch(Exception):
    """More than a mail may be."""


def read_body(request: HttpRequest) -> None:
    """Have `request.body` and `request.POST` hold all of it. Raises TooMuch."""
    body = request.read(MOST_SENT + 1)
    if len(body) > MOST_SENT:
        raise TooMuch
    request._body = body
    fields = MultiValueDict[str, str]()
    if request.content_type == "application/x-www-form-urlencoded":
        for name, value in parse_qsl(
            body.decode("latin-1"), keep_blank_values=True, encoding="latin-1", max_num_fields=MOST_FIELDS
        ):
            fields.appendlist(name, value)
    elif request.content_type == "multipart/form-data":
        for name, value in _parts(request.META["CONTENT_TYPE"], body):
            fields.appendlist(name, value)
    form = QueryDict(mutable=True)
    for name, values in fields.lists():
        form.setlist(name, values)
    request._post, request._files = form, MultiValueDict()  # type: ignore[attr-defined]


def _parts(content_type: str, body: bytes) -> list[tuple[str, str]]:
    """Name and content of each part of a form (RFC 7578), a character for each byte."""
    head = f"Content-Type: {content_type}\r\n\r\n".encode("latin-1", "replace")
    form = email.message_from_bytes(head + body, policy=email.policy.compat32)
    found = []
    for part in itertools.islice(form.walk(), 1, MOST_FIELDS):
        name = part.get_param("name", header="content-disposition")
        content = part.get_payload(decode=True)
        if isinstance(name, str) and isinstance(content, bytes):
            found.append((name, content.decode("latin-1")))
    return found
