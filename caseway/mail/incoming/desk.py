"""Held mails, at the desk: read, accepted, set aside."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from caseway.accounts.access import desk_page
from caseway.accounts.models import Organisation
from caseway.accounts.requests import ViewerRequest
from caseway.cases import desk
from caseway.cases.family import family_of
from caseway.cases.partnering.queries import other_side
from caseway.core.errors import NotFound
from caseway.mail.models import RawMail
from caseway.mail.reading import read

from .contents import LONGEST_TEXT
from .held import admit, block_sender, set_aside
from .queries import mails_decided_by, powers_of


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
        "powers": powers_of(request.viewer, _partner_on(raw, request)),
    }
    return render(request, "mail/incoming/held_page.html", words | here)


def _partner_on(mail: RawMail, request: ViewerRequest) -> Organisation | None:
    side = other_side(mail.case, request.viewer) if mail.case else None
    return side.organisation if side else None


@desk_page
@require_POST
def admission(request: ViewerRequest, number: str, mail: int) -> HttpResponse:
    """Put a held mail on its case; its sender takes part from now on."""
    raw = load(request, number, mail)
    words = _("%(sender)s takes part from now on.") % {"sender": raw.sender}
    everywhere = "all" in request.POST
    return desk.attempt(
        request, number, lambda: admit(raw, by=request.viewer, for_all_cases=everywhere), words
    )


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
