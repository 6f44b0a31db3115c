"""Held mails, at the desk: read, accepted, set aside."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from caseway.accounts.access import desk_page
from caseway.accounts.permissions import Permission
from caseway.accounts.requests import ViewerRequest
from caseway.cases import desk
from caseway.cases.family import family_of
from caseway.core.errors import NotFound
from caseway.mail.models import RawMail
from caseway.mail.reading import read

from .contents import LONGEST_TEXT
from .held import admit, block_sender, set_aside
from .queries import mails_decided_by


def load(request: ViewerRequest, number: str, key: int) -> RawMail:
    """A mail to the case, or to one merged into it, held or decided by now. Raises NotFound."""
    family = family_of(desk.load(request, number).case)
    mails = mails_decided_by(request.viewer).filter(case__in=family).defer("content")
    found = mails.filter(pk=key).first()
    if found is None:
        raise NotFound
    return found


@desk_page
@require_safe
def held(request: ViewerRequest, number: str, mail: int) -> HttpResponse:
    """What a held mail says, as text: read only when somebody asks, since it may be long."""
    raw = load(request, number, mail)
    content = read(bytes(raw.content))
    words = {"text": content.text[:LONGEST_TEXT], "files": [file.name for file in content.attachments]}
    here = {
        "mail": raw,
        "number": number,
        "case_url": desk.case_url(request, number),
        "may_block": request.viewer.has(Permission.SETTINGS),
    }
    return render(request, "mail/incoming/held_page.html", words | here)


@desk_page
@require_POST
def admission(request: ViewerRequest, number: str, mail: int) -> HttpResponse:
    """Put a held mail on its case; its sender takes part from now on."""
    raw = load(request, number, mail)
    words = _("%(sender)s takes part from now on.") % {"sender": raw.sender}
    return desk.attempt(request, number, lambda: admit(raw, by=request.viewer), words)


@desk_page
@require_POST
def dismissal(request: ViewerRequest, number: str, mail: int) -> HttpResponse:
    """Leave a held mail off its case."""
    raw = load(request, number, mail)
    return desk.attempt(
        request, number, lambda: set_aside(raw, by=request.viewer), _("The mail is set aside.")
    )


@desk_page
@require_POST
def blockade(request: ViewerRequest, number: str, mail: int) -> HttpResponse:
    """Leave a held mail off its case, and take no more of its sender."""
    raw = load(request, number, mail)
    words = _("Mails of %(sender)s are ignored from now on.") % {"sender": raw.sender}
    return desk.attempt(request, number, lambda: block_sender(raw, by=request.viewer), words)
