"""The settings' page of mails: what came in, decisions about what is held, the source.

A mail is looked for before the permission is asked, so that a foreign one is not there rather than
forbidden.
"""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from caseway.accounts.access import desk_page
from caseway.accounts.permissions import Permission
from caseway.accounts.requests import ViewerRequest
from caseway.core.errors import DomainError, NotFound
from caseway.mail.incoming.contents import LONGEST_TEXT
from caseway.mail.incoming.outcome import Outcome
from caseway.mail.incoming.processing import RUNS_AGAIN
from caseway.mail.models import RawMail
from caseway.mail.reading import read

from . import actions
from .filters import Asked
from .queries import COUNTED, arrival, arrivals_page, as_arrivals, counts_waiting, mailboxes_of, source_of
from .source import source_as_text

State = RawMail.State
TABS = ("", State.HELD, State.REJECTED, State.PROCESSED, State.IGNORED, State.RECEIVED)


@require_safe
@desk_page(permission=Permission.SETTINGS)
def mails(request: ViewerRequest) -> HttpResponse:
    """What came in, latest first; `?outcome=`, `?mailbox=`, `?day=` and `?sender=` narrow it."""
    viewer, asked = request.viewer, Asked.read(request.GET.dict())
    zone = timezone.get_current_timezone()
    page = arrivals_page(viewer, asked, zone=zone, cursor=request.GET.get("cursor"))
    counts, boxes = counts_waiting(viewer), mailboxes_of(viewer)
    context = {
        "page": page,
        "rows": as_arrivals(page.items, viewer),
        "asked": asked,
        "tabs": [
            {
                "url": f"?{asked.query(outcome=state)}",
                "text": _name(state),
                "n": _told(counts.get(state, 0)),
                "current": state == asked.outcome,
            }
            for state in TABS
        ],
        "failed": counts[State.REJECTED],
        "mailboxes": boxes,
        "offered": [(box.pk, box.address) for box in boxes],
    }
    return render(request, "mail/arrivals/list.html", context)


@require_safe
@desk_page
def mail(request: ViewerRequest, key: int) -> HttpResponse:
    """One mail: from whom, to whom, what became of it and why, and its text where the viewer may read it."""
    found = arrival(request.viewer, key)
    content = read(bytes(source_of(request.viewer, key).content)) if found.is_open else None
    context = {
        "row": found,
        "mail": found.mail,
        "text": content.text[:LONGEST_TEXT] if content else "",
        "files": [file.name for file in content.attachments] if content else [],
        "runs_again": found.mail.state in RUNS_AGAIN and not found.mail.message_id,
        "domain": found.mail.sender.rpartition("@")[2],
    }
    return render(request, "mail/arrivals/mail.html", context)


@require_safe
@desk_page
def source(request: ViewerRequest, key: int) -> HttpResponse:
    """Headers and body as they came, as text; who looks stands in the log."""
    found = actions.view_source(key, by=request.viewer)
    context = {"mail": found, "source": source_as_text(bytes(found.content))}
    return render(request, "mail/arrivals/source.html", context)


@require_safe
@desk_page
def download(request: ViewerRequest, key: int) -> HttpResponse:
    """The bytes as a file that no browser opens by itself; who takes it stands in the log."""
    found = actions.download_source(key, by=request.viewer)
    headers = {
        "Content-Disposition": f'attachment; filename="mail-{found.pk}.eml"',
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(bytes(found.content), content_type="application/octet-stream", headers=headers)


@require_POST
@desk_page
def acceptance(request: ViewerRequest, key: int) -> HttpResponse:
    """Let a held mail in."""
    return _decided(request, key, lambda mail: _became(actions.accept(mail, by=request.viewer)))


@require_POST
@desk_page
def refusal(request: ViewerRequest, key: int) -> HttpResponse:
    """Set a held mail aside."""

    def refuse(mail: RawMail) -> str:
        actions.refuse(mail, by=request.viewer)
        return _("The mail is set aside. It is kept.")

    return _decided(request, key, refuse)


@require_POST
@desk_page
def blocking(request: ViewerRequest, key: int) -> HttpResponse:
    """Block its sender, or with `what=domain` all of its domain."""

    def block(mail: RawMail) -> str:
        whole = request.POST.get("what") == "domain"
        blocked = actions.block_sender(mail, by=request.viewer, whole_domain=whole)
        return _("Mails of %(sender)s are ignored from now on.") % {"sender": blocked.pattern}

    return _decided(request, key, block)


@require_POST
@desk_page
def processing(request: ViewerRequest, key: int) -> HttpResponse:
    """Process it once more."""
    return _decided(request, key, lambda mail: _became(actions.process_again(mail, by=request.viewer)))


@require_POST
@desk_page(permission=Permission.SETTINGS)
def processing_of_failed(request: ViewerRequest) -> HttpResponse:
    """Let the workers process all that failed once more."""
    count = actions.process_all_failed(by=request.viewer)
    words = ngettext("%(num)s mail is processed again.", "%(num)s mails are processed again.", count)
    messages.success(request, words % {"num": count})
    return redirect("desk:mails")


def _decided(request: ViewerRequest, key: int, decide: Callable[[RawMail], str]) -> HttpResponse:
    """Do it and say so, or say why not; then the mail's page, where it is still to be seen."""
    mail = arrival(request.viewer, key).mail
    try:
        messages.success(request, decide(mail))
    except NotFound:
        raise
    except DomainError as refused:
        messages.error(request, refused.message)
    return redirect("desk:mail", key)


def _became(outcome: Outcome | None) -> str:
    """What became of a mail that was processed, in words."""
    if outcome is None:
        return _("It could not be processed now, and is tried again by itself.")
    if outcome.case and outcome.state == State.PROCESSED:
        return _("The mail is on case %(number)s.") % {"number": outcome.case.number}
    return outcome.reason or _("The mail is processed.")


def _told(count: int) -> str:
    """A count beside its word; nothing for none."""
    return (f"{COUNTED}+" if count > COUNTED else str(count)) if count else ""


def _name(state: str) -> str:
    return str(State(state).label) if state else _("All mails")
