"""Where providers knock: `/hooks/mail/<provider>/inbound/` and `…/tracking/`."""

import structlog
from anymail.exceptions import AnymailConfigurationError, AnymailError
from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from caseway.accounts.access import public_page
from caseway.mail.incoming.taking import take

from .bodies import TooMuch, read_body
from .brought import Incomplete
from .providers import PROVIDERS, Provider
from .tracking import note_event

log = structlog.get_logger("caseway.mail.webhooks")

UNREADABLE = (
    *(AnymailError, AnymailConfigurationError),
    *(ValueError, LookupError, TypeError, AttributeError),
)
"""What reading something ends with that its provider would never write."""
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
    return _checked(request, name, "inbound") or _take(request, name, provider)


@csrf_exempt
@require_http_methods(METHODS)
@public_page
def tracking(request: HttpRequest, name: str) -> HttpResponse:
    """What became of mails of ours. Twice is as good as once."""
    provider = _provider(name)
    if request.method == "HEAD":
        return HttpResponse()
    answered = _checked(request, name, "tracking")
    if answered:
        return answered
    try:
        events = provider.view("tracking", _secret(name)).parse_events(request)
    except UNREADABLE as error:
        log.warning("a report can't be read", provider=name, error=type(error).__name__)
        return HttpResponse("This is no report.", status=400)
    for event in events:
        note_event(event)
    return HttpResponse()


def _provider(name: str) -> Provider:
    if name not in settings.MAIL_HOOKS:
        raise Http404
    return PROVIDERS[name]


def _secret(name: str) -> str:
    return str(settings.MAIL_HOOKS[name].secret)


def _checked(request: HttpRequest, name: str, kind: str) -> HttpResponse | None:
    """What to answer to somebody who is not the provider, or brings nothing; None where it does."""
    provider = PROVIDERS[name]
    if provider.challenged and "Authorization" not in request.headers:
        return HttpResponse(status=401, headers={"WWW-Authenticate": 'Basic realm="mail"'})
    try:
        read_body(request)
        provider.view(kind, _secret(name)).run_validators(request)
        return HttpResponse() if provider.asks(request) else None
    except TooMuch:
        return HttpResponse("This is more than a mail may be.", status=413)
    except Incomplete:
        log.warning("a provider asks for nothing known", provider=name)
        return HttpResponse("This is nothing that is known.", status=400)
    except OSError as error:
        log.warning("a provider can't be answered", provider=name, error=str(error))
        return HttpResponse("It can't be answered now.", status=503)
    except (SuspiciousOperation, *UNREADABLE):
        log.warning("a call of a provider is refused", provider=name)
        return HttpResponse("The secret is not right.", status=403)


def _take(request: HttpRequest, name: str, provider: Provider) -> HttpResponse:
    try:
        brought = provider.brought(request)
    except TooMuch:
        return HttpResponse("This is more than a mail may be.", status=413)
    except OSError as error:
        log.warning("a mail can't be had of a provider", provider=name, error=str(error))
        return HttpResponse("The mail can't be had now.", status=503)
    except (Incomplete, UnicodeEncodeError):
        log.warning("a provider sends no whole mails", provider=name)
        return HttpResponse("The raw message is missing: have the provider send it.", status=422)
    take(brought.raw, recipients=brought.recipients, envelope_from=brought.sender or None)
    return HttpResponse()
