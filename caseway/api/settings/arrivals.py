"""`/mails` and `/blocked-senders`: what came in, for those who administrate it."""

from datetime import date
from typing import Annotated
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Query

from caseway.accounts.changing import demand
from caseway.accounts.permissions import Permission
from caseway.api.files.operations import BYTES
from caseway.api.http.answers import ListOf, answer
from caseway.api.http.ids import id_of
from caseway.api.http.lists import PAGED, Cursor, Limit, page_for
from caseway.api.http.operations import Operations
from caseway.api.http.requests import ApiRequest
from caseway.api.tokens.scopes import Scope
from caseway.core.errors import Invalid
from caseway.mail.arrivals import actions
from caseway.mail.arrivals.filters import Asked
from caseway.mail.arrivals.queries import (
    LATEST_FIRST,
    arrival,
    arrivals_seen,
    as_arrivals,
    mailboxes_of,
    source_of,
)
from caseway.mail.blocking import actions as blocking
from caseway.mail.blocking.queries import blocked_by_us, blocked_sender_visible_to
from caseway.mail.incoming.contents import LONGEST_TEXT
from caseway.mail.models import RawMail
from caseway.mail.reading import read

from .mail_schemas import (
    BlockedSenderOut,
    MailBlockade,
    MailOut,
    NewBlockedSender,
    WholeMailOut,
    blocked_sender_of,
    mail_of,
    whole_mail_of,
)

arrivals = Operations("Settings")
ONE = "/mails/{key}"
BLOCKED = "/blocked-senders"
Begin = Annotated[str, Query(max_length=254, description="The sender's address, or how it begins")]
Box = Annotated[str, Query(max_length=254, description="The address of a mailbox of yours")]
Day = Annotated[date | None, Query(description="The day it came, in UTC")]


@arrivals.get(
    "/mails",
    scope=Scope.SETTINGS_READ,
    answer=ListOf[MailOut],
    query=("outcome", "mailbox", "day", "sender", *PAGED),
)
def list_mails(
    request: ApiRequest,
    outcome: RawMail.State | None = None,
    mailbox: Box = "",
    day: Day = None,
    sender: Begin = "",
    limit: Limit = 50,
    cursor: Cursor = None,
) -> HttpResponse:
    """List the mails that came in, latest first; none for those who may not change settings."""
    boxes = {box.address: box.pk for box in mailboxes_of(request.viewer)} if mailbox else {}
    if mailbox and mailbox not in boxes:
        raise Invalid({"mailbox": _("There is no such mailbox.")})
    told = {"outcome": outcome or "", "day": day.isoformat() if day else "", "sender": sender}
    asked = Asked.read(told | {"mailbox": str(boxes.get(mailbox, ""))})
    rows = asked.narrowed(arrivals_seen(request.viewer), ZoneInfo("UTC"))
    page = page_for(request, rows, LATEST_FIRST, limit=limit, cursor=cursor, bound_to=asked.query())
    items = [mail_of(row) for row in as_arrivals(page.items, request.viewer)]
    return answer(ListOf[MailOut](items=items, next=page.next))


@arrivals.get(ONE, scope=Scope.SETTINGS_READ, answer=WholeMailOut)
def read_mail(request: ApiRequest, key: str) -> HttpResponse:
    """Read a mail: from whom, to whom, what became of it and why, and its text."""
    row = arrival(request.viewer, id_of(key) or 0)
    content = read(bytes(source_of(request.viewer, row.mail.pk).content)) if row.is_open else None
    return answer(whole_mail_of(row, content, LONGEST_TEXT))


@arrivals.get(ONE + "/source", scope=Scope.SETTINGS_READ, answer=None, openapi=BYTES)
def download_mail(request: ApiRequest, key: str) -> HttpResponse:
    """Download a mail as it came, to the byte; who does stands in the audit log."""
    found = actions.download_source(id_of(key) or 0, by=request.viewer)
    headers = {
        "Content-Disposition": f'attachment; filename="mail-{found.pk}.eml"',
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }
    return HttpResponse(bytes(found.content), content_type="application/octet-stream", headers=headers)


@arrivals.post(ONE + "/acceptance", scope=Scope.SETTINGS_WRITE, answer=MailOut)
def accept_mail(request: ApiRequest, key: str) -> HttpResponse:
    """Let a held mail in: onto the case that it is held on, or as a case of its own.

    409 where it isn't held any more, or is for a reason that nobody can wave away.
    """
    actions.accept(_mail(request, key), by=request.viewer)
    return _shown(request, key)


@arrivals.post(ONE + "/refusal", scope=Scope.SETTINGS_WRITE, answer=MailOut)
def refuse_mail(request: ApiRequest, key: str) -> HttpResponse:
    """Set a held mail aside; it is kept. 409 where somebody has decided before."""
    actions.refuse(_mail(request, key), by=request.viewer)
    return _shown(request, key)


@arrivals.post(ONE + "/blockade", scope=Scope.SETTINGS_WRITE, answer=BlockedSenderOut)
def block_mails_sender(request: ApiRequest, key: str, body: MailBlockade | None = None) -> HttpResponse:
    """Ignore the mails of its sender, or of all of the sender's domain, from now on."""
    whole = body is not None and body.whole_domain
    blocked = actions.block_sender(_mail(request, key), by=request.viewer, whole_domain=whole)
    return answer(blocked_sender_of(blocked))


@arrivals.post(ONE + "/processing", scope=Scope.SETTINGS_WRITE, answer=MailOut)
def process_mail_again(request: ApiRequest, key: str) -> HttpResponse:
    """Process a mail once more that failed, is held or was ignored. 409 where it is on a case."""
    actions.process_again(_mail(request, key), by=request.viewer)
    return _shown(request, key)


@arrivals.get(BLOCKED, scope=Scope.SETTINGS_READ, answer=ListOf[BlockedSenderOut])
def list_blocked_senders(request: ApiRequest) -> HttpResponse:
    """List whose mails are ignored; nobody for those who may not change settings."""
    may = request.viewer.has(Permission.SETTINGS)
    items = [blocked_sender_of(one) for one in blocked_by_us(request.viewer)] if may else []
    return answer(ListOf[BlockedSenderOut](items=items, next=None))


@arrivals.post(BLOCKED, scope=Scope.SETTINGS_WRITE, answer=BlockedSenderOut, status=201)
def block_sender(request: ApiRequest, body: NewBlockedSender) -> HttpResponse:
    """Ignore the mails of an address or a domain from now on; twice is once."""
    demand(request.viewer, Permission.SETTINGS)
    return answer(blocked_sender_of(blocking.block(body.pattern, by=request.viewer)), status=201)


@arrivals.delete(BLOCKED + "/{key}", scope=Scope.SETTINGS_WRITE, answer=None, status=204)
def unblock_sender(request: ApiRequest, key: str) -> HttpResponse:
    """Take the mails of a sender again."""
    blocking.unblock(blocked_sender_visible_to(request.viewer, id_of(key) or 0), by=request.viewer)
    return HttpResponse(status=204)


def _mail(request: ApiRequest, key: str) -> RawMail:
    return arrival(request.viewer, id_of(key) or 0).mail


def _shown(request: ApiRequest, key: str) -> HttpResponse:
    return answer(mail_of(arrival(request.viewer, id_of(key) or 0)))
