"""Where providers knock: `/hooks/mail/<provider>/inbound/` and `…/tracking/`."""

import structlog
from anymail.exceptions import AnymailConfigurationError
from anymail.webhooks.base import AnymailCoreWebhookView
from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from caseway.accounts.access import public_page
from caseway.mail.incoming.taking import take

from .bodies import TooMuch, read_body
from .providers import PROVIDERS, Incomplete, Provider
from .tracking import note_event

log = structlog.get_logger("caseway.mail.webhooks")

METHODS = ["HEAD", "POST"]
"""Some providers ask by HEAD whether there is anything."""


@csrf_exempt
@require_http_methods(METHODS)
@public_page
def inbound(request: HttpRequest, name: str) -> HttpResponse:
    """A mail: stored before it is answered 200. Whatever else is answered, the provider comes again."""
    provider = _provider(name)
    if request.method == "HEAD":
        return HttpResponse()
    return _checked(request, name, provider.inbound) or _take(request, name, provider)


@csrf_exempt
@require_http_methods(METHODS)
@public_page
def tracking(request: HttpRequest, name: str) -> HttpResponse:
    """What became of mails of ours. Twice is as good as once."""
    provider = _provider(name)
    if request.method == "HEAD":
        return HttpResponse()
    refused = _checked(request, name, provider.tracking)
    if refused:
        return refused
    try:
        events = _view(name, provider.tracking).parse_events(request)
    except (AnymailConfigurationError, ValueError, KeyError, TypeError) as error:
        log.warning("a report can't be read", provider=name, error=type(error).__name__)
        return HttpResponse("This is no report.", status=400)
    for event in events:
        note_event(event)
    return HttpResponse()


def _provider(name: str) -> Provider:
    if name not in settings.MAIL_HOOKS:
        raise Http404
    return PROVIDERS[name]


def _view(name: str, kind: type[AnymailCoreWebhookView]) -> AnymailCoreWebhookView:
    # Without a secret of its own django-anymail warns of a provider that signs; that one has a key.
    secrets = {PROVIDERS[name].secret: settings.MAIL_HOOKS[name].secret}
    return kind(**secrets)


def _checked(request: HttpRequest, name: str, kind: type[AnymailCoreWebhookView]) -> HttpResponse | None:
    """What to answer to somebody who is not the provider; None where it is."""
    try:
        read_body(request)
        _view(name, kind).run_validators(request)
    except TooMuch:
        return HttpResponse("This is more than a mail may be.", status=413)
    except (SuspiciousOperation, ValueError):
        log.warning("a call of a provider is refused", provider=name)
        return HttpResponse("The secret is not right.", status=403)
    return None


def _take(request: HttpRequest, name: str, provider: Provider) -> HttpResponse:
    try:
        brought = provider.brought(request)
    except (Incomplete, UnicodeEncodeError):
        log.warning("a provider sends no whole mails", provider=name)
        return HttpResponse("The raw message is missing: have the provider send it.", status=422)
    take(brought.raw, recipients=brought.recipients, envelope_from=brought.sender or None)
    return HttpResponse()
