"""The development outbox: what would have been sent, while no mail server is set."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from caseway.accounts.access import public_page
from caseway.accounts.requests import ViewerRequest
from caseway.core.errors import NotFound
from caseway.core.http.clients import is_local
from caseway.core.text import clean_line
from caseway.mail.models import Delivery

from .mime import as_bytes, as_message

SHOWN = 200
# The mail's own styles and nothing else: no script, no picture from elsewhere, no form.
SEALED = "default-src 'none'; style-src 'unsafe-inline'; sandbox allow-popups"


def _on_this_machine_only(request: ViewerRequest) -> None:
    """Let nobody in from elsewhere, and nobody at all once mails are really sent: links that set
    passwords are among them. Raises NotFound."""
    if settings.MAIL_RELAY is not None or not is_local(request):
        raise NotFound


def _mail(request: ViewerRequest, key: int) -> Delivery:
    _on_this_machine_only(request)
    found = Delivery.objects.select_related("mailbox", "case", "organisation").filter(pk=key).first()
    if found is None:
        raise NotFound
    return found


@require_safe
@public_page
def outbox(request: ViewerRequest) -> HttpResponse:
    """The latest mails, newest first; `?q=` finds those to an address or about a case."""
    _on_this_machine_only(request)
    sought = clean_line(request.GET.get("q", ""))
    mails = Delivery.objects.select_related("case").order_by("-pk")
    if sought:
        mails = mails.filter(address__icontains=sought) | mails.filter(case__number__iexact=sought)
    return render(request, "mail/outbox/list.html", {"mails": mails[:SHOWN], "sought": sought})


@require_safe
@public_page
def letter(request: ViewerRequest, key: int) -> HttpResponse:
    """One mail, as its reader sees it."""
    mail = _mail(request, key)
    return render(request, "mail/outbox/letter.html", {"mail": mail, "headers": as_message(mail).items()})


@require_safe
@public_page
def letter_html(request: ViewerRequest, key: int) -> HttpResponse:
    """The HTML of one mail, sealed off."""
    mail = _mail(request, key)
    return HttpResponse(mail.html, headers={"Content-Security-Policy": SEALED})


@require_safe
@public_page
def letter_source(request: ViewerRequest, key: int) -> HttpResponse:
    """One mail as it goes over the wire, for saving."""
    mail = _mail(request, key)
    disposition = f'attachment; filename="mail-{mail.pk}.eml"'
    return HttpResponse(
        as_bytes(mail), content_type="message/rfc822", headers={"Content-Disposition": disposition}
    )
