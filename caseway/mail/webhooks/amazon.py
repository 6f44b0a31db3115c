"""Amazon's mail service (SES) speaks through topics (SNS): mails and reports come as notes of a topic.

A note is proven by the user and the password of its address, as other providers' calls are.
"""

import base64
from typing import Any

from django.core.files.storage import InvalidStorageError, storages
from django.http import HttpRequest

from caseway.mail.limits import MOST_BYTES

from .bodies import TooMuch
from .brought import Brought, Incomplete, json_of
from .topics import confirm


def answers_topic(request: HttpRequest) -> bool:
    """Whether the note is about the topic itself: then it is answered, and there is no mail or report.

    Raises Incomplete where it names no topic, OSError where Amazon can't be told.
    """
    note = json_of(request.body)
    if note.get("Type") == "SubscriptionConfirmation":
        confirm(str(note.get("TopicArn")), str(note.get("Token")))
        return True
    # The first words of a topic are no JSON; a farewell asks for nothing.
    return note.get("Type") != "Notification" or not str(note.get("Message")).lstrip().startswith("{")


def mail_of(request: HttpRequest) -> Brought:
    """The mail in a note, or in the bucket that the note names.

    Raises Incomplete and TooMuch; OSError where the bucket does not answer.
    """
    told = json_of(str(json_of(request.body).get("Message")))
    receipt, envelope = _part(told, "receipt"), _part(told, "mail")
    recipients = receipt.get("recipients")
    if not isinstance(recipients, list) or not recipients:
        raise Incomplete
    raw = _content(told, _part(receipt, "action"))
    return Brought(raw, [str(one) for one in recipients], str(envelope.get("source") or ""))


def _content(told: dict[str, Any], action: dict[str, Any]) -> bytes:
    content = told.get("content")
    if action.get("type") == "S3":
        return _kept(str(action.get("bucketName")), str(action.get("objectKey")))
    if not isinstance(content, str) or not content:
        raise Incomplete
    if action.get("encoding") != "BASE64":
        return content.encode("utf-8", "surrogateescape")
    try:
        return base64.b64decode(content)
    except ValueError as error:
        raise Incomplete from error


def _kept(bucket: str, key: str) -> bytes:
    """What lies in the bucket that the settings name, and in no other."""
    try:
        ours: Any = storages["mail"]
    except InvalidStorageError as error:
        raise Incomplete from error
    if bucket != ours.bucket_name:
        raise Incomplete
    with ours.open(key) as file:
        raw = bytes(file.read(MOST_BYTES + 1))
    if len(raw) > MOST_BYTES:
        raise TooMuch
    return raw


def _part(told: dict[str, Any], name: str) -> dict[str, Any]:
    found = told.get(name)
    return found if isinstance(found, dict) else {}
