"""The providers, and where each has what we keep: the mail's own bytes, and to whom it was.

The secret is checked by django-anymail, in constant time. What it makes of a mail is not used: only the
bytes as they came are the truth. A provider must be told to send them (docs/operators/mail.md).
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from anymail.webhooks.base import AnymailCoreWebhookView
from anymail.webhooks.mailgun import MailgunInboundWebhookView, MailgunTrackingWebhookView
from anymail.webhooks.postmark import PostmarkInboundWebhookView, PostmarkTrackingWebhookView
from django.http import HttpRequest


@dataclass(frozen=True)
class Brought:
    """A mail as it was brought: its bytes, and its envelope."""

    raw: bytes
    recipients: list[str]
    sender: str


class Incomplete(Exception):
    """The provider was not told to send the mail's own bytes."""


@dataclass(frozen=True)
class Provider:
    """Which of django-anymail's views check and read it, what its secret is called there, and where
    its mails are."""

    inbound: type[AnymailCoreWebhookView]
    tracking: type[AnymailCoreWebhookView]
    secret: str
    brought: Callable[[HttpRequest], Brought]


def _of_postmark(request: HttpRequest) -> Brought:
    told = _json(request)
    raw, recipient = told.get("RawEmail"), told.get("OriginalRecipient")
    if not isinstance(raw, str) or not isinstance(recipient, str):
        raise Incomplete
    sender = told.get("FromFull")
    address = sender.get("Email") if isinstance(sender, Mapping) else ""
    return Brought(raw.encode("utf-8", "surrogateescape"), [recipient], str(address or ""))


def _of_mailgun(request: HttpRequest) -> Brought:
    raw, recipient = request.POST.get("body-mime"), request.POST.get("recipient")
    if not raw or not recipient:
        raise Incomplete
    # The form was read byte by byte (bodies.py).
    return Brought(raw.encode("latin-1"), [recipient], request.POST.get("sender", ""))


def _json(request: HttpRequest) -> dict[str, Any]:
    try:
        told = json.loads(request.body)
    except ValueError as error:
        raise Incomplete from error
    return told if isinstance(told, dict) else {}


PROVIDERS = {
    "postmark": Provider(
        PostmarkInboundWebhookView, PostmarkTrackingWebhookView, "webhook_secret", _of_postmark
    ),
    "mailgun": Provider(
        MailgunInboundWebhookView, MailgunTrackingWebhookView, "webhook_signing_key", _of_mailgun
    ),
}
