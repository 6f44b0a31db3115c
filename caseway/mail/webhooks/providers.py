"""The providers, and where each has what we keep: the mail's own bytes, and to whom it was.

The secret is checked by django-anymail, in constant time. What it makes of a mail is not used: only the
bytes as they came are the truth. A provider must be told to send them (docs/operators/mail.md).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from anymail.webhooks.base import AnymailCoreWebhookView
from django.http import HttpRequest
from django.utils.module_loading import import_string

from . import amazon
from .brought import Brought, Incomplete, json_of


@dataclass(frozen=True)
class Provider:
    """Which of django-anymail's views check and read it, what its secret is called there, and where
    its mails are. `asks` is for what is neither mail nor report; one that is `challenged` shows its
    password only when it is asked for it.
    """

    module: str
    inbound: str
    tracking: str
    secret: str
    brought: Callable[[HttpRequest], Brought]
    asks: Callable[[HttpRequest], bool] = lambda _request: False
    challenged: bool = False

    def view(self, kind: str, secret: str) -> AnymailCoreWebhookView:
        """Its view of a kind, `inbound` or `tracking`; imported when it is needed (Amazon's takes 33 MB)."""
        made: type[AnymailCoreWebhookView] = import_string(
            f"anymail.webhooks.{self.module}.{getattr(self, kind)}"
        )
        # Without a secret of its own django-anymail warns of a provider that signs; that one has a key.
        return made(**{self.secret: secret})


def _of_postmark(request: HttpRequest) -> Brought:
    told = json_of(request.body)
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


PROVIDERS = {
    "postmark": Provider(
        "postmark",
        "PostmarkInboundWebhookView",
        "PostmarkTrackingWebhookView",
        "webhook_secret",
        _of_postmark,
    ),
    "mailgun": Provider(
        "mailgun",
        "MailgunInboundWebhookView",
        "MailgunTrackingWebhookView",
        "webhook_signing_key",
        _of_mailgun,
    ),
    "amazon_ses": Provider(
        "amazon_ses",
        "AmazonSESInboundWebhookView",
        "AmazonSESTrackingWebhookView",
        "webhook_secret",
        amazon.mail_of,
        asks=amazon.answers_topic,
        challenged=True,
    ),
}
