"""Connecting a mailbox with its provider: there and back again."""

import structlog
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from caseway.accounts.access import desk_page
from caseway.accounts.changing import demand
from caseway.accounts.permissions import Permission
from caseway.accounts.requests import ViewerRequest
from caseway.core.errors import NotFound, Unavailable
from caseway.mail.mailboxes.queries import mailbox_of_viewer

from . import flow
from .actions import connect
from .asking import Away, Refused
from .providers import Provider, provider
from .tokens import tokens_for_code

log = structlog.get_logger("caseway.mail.granting")


@require_safe
@never_cache
@desk_page
def connection(request: ViewerRequest, key: int, name: str) -> HttpResponse:
    """Says where one goes, and as whom to sign in there."""
    box = mailbox_of_viewer(request.viewer, key)
    demand(request.viewer, Permission.SETTINGS)
    chosen = _provider(name)
    imap = getattr(box, "imap", None)
    address = flow.begin(request.session, box.pk, chosen, imap.user if imap else box.address)
    context = {"box": box, "provider": chosen, "address": address}
    return render(request, "mail/granting/connection.html", context)


@require_safe
@never_cache
@desk_page(permission=Permission.SETTINGS)
def granted(request: ViewerRequest) -> HttpResponse:
    """Where the provider sends people back, with a code or a no."""
    asked = flow.come_back(request.session, request.GET.get("state", ""))
    if asked is None:
        messages.warning(request, _("This way back was used already or is too old. Connect again."))
        return redirect("desk:mails")
    box = mailbox_of_viewer(request.viewer, asked.mailbox)
    code = request.GET.get("code", "")
    if not code:
        messages.warning(request, _("The provider gave no permission."))
        return redirect("desk:mailbox", box.pk)
    try:
        tokens = tokens_for_code(
            _provider(asked.provider), code=code, verifier=asked.verifier, redirect_uri=flow.redirect_uri()
        )
    except (Away, Refused) as error:
        log.warning("a code was not taken", provider=asked.provider, error=str(error))
        messages.warning(request, _("The provider did not take its own code. Connect again."))
        return redirect("desk:mailbox", box.pk)
    connect(box, asked.provider, tokens, by=request.viewer)
    messages.success(request, _("%(address)s is connected.") % {"address": box.address})
    return redirect("desk:mailbox", box.pk)


def _provider(name: str) -> Provider:
    try:
        found = provider(name)
    except (Away, Refused, KeyError) as error:
        raise Unavailable(_("The provider does not answer. Try again in a while.")) from error
    if found is None:
        raise NotFound
    return found
