"""Conversations: messages, the internal record, who takes part."""

from typing import Annotated, Literal

from django.db.models import Prefetch, QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Query

from caseway.api.http.answers import ListOf, answer
from caseway.api.http.lists import PAGED, Cursor, Limit, page_for
from caseway.api.http.operations import Operations
from caseway.api.http.requests import ApiRequest
from caseway.api.tokens.scopes import Scope
from caseway.cases.commenting.actions import Comment, say
from caseway.cases.conversation.actions import Then, post
from caseway.cases.conversation.queries import messages_read_on
from caseway.cases.conversation.writing import Content
from caseway.cases.family import family_of
from caseway.cases.models import Attachment, Case, Message
from caseway.cases.types import Audience, Source
from caseway.core.errors import Invalid
from caseway.core.paging import Order

from .inputs import NewMessage, NewRecord
from .loading import case_with_record, visible_case
from .markup import safe_html
from .message_schemas import MessageOut, message_of

conversation = Operations("Conversation")
ORDERS = {"created": Order("created_at", descending=False), "-created": Order("created_at")}
READ, WRITE = Scope.CASES_READ, Scope.CASES_WRITE
Sort = Literal["created", "-created"]


def readable(request: ApiRequest, case: Case) -> QuerySet[Message]:
    """The messages of the case and of those merged into it that the caller may read."""
    files = Attachment.objects.select_related("file").order_by("created_at", "pk")
    return (
        messages_read_on(family_of(case), request.viewer)
        .select_related("case", "author_organisation")
        .prefetch_related(Prefetch("attachments", files))
    )


@conversation.get(
    "/cases/{number}/messages",
    scope=READ,
    answer=ListOf[MessageOut],
    query=("audience", "sort", *PAGED),
)
def list_messages(
    request: ApiRequest,
    number: str,
    audience: Annotated[list[Literal["customer", "partner", "team"]], Query()] = [],  # noqa: B006
    sort: Sort = "created",
    limit: Limit = 50,
    cursor: Cursor = None,
) -> HttpResponse:
    """List the messages of a case that you may read, those of merged cases too.

    The internal record is not among them; it has an address of its own.
    """
    rows = readable(request, visible_case(request, number)).exclude(audience=Audience.RECORD)
    if audience:
        rows = rows.filter(audience__in=audience)
    bound_to = f"{sorted(audience)} {sort}"
    page = page_for(request, rows, ORDERS[sort], limit=limit, cursor=cursor, bound_to=bound_to)
    items = [message_of(message, request.viewer) for message in page.items]
    return answer(ListOf[MessageOut](items=items, next=page.next))


@conversation.post("/cases/{number}/messages", scope=WRITE, answer=MessageOut, status=201)
def post_message(request: ApiRequest, number: str, body: NewMessage) -> HttpResponse:
    """Write a message.

    `audience` says who reads it: `customer` (the customer and your organisation), `partner` (both
    organisations), `team` (your organisation), `record` (your case owner and administrators).

    What a customer writes on a case that was solved not long ago asks for `reopen` (422 without it):
    true takes the case up again, false adds the words and leaves it solved. On one that was solved
    longer ago, or was merged, the message stands on another case, which `case` names: a follow-up
    made of it, or the surviving one.
    """
    case = visible_case(request, number)
    if request.viewer.is_contact and body.audience == "customer":
        return _comment(request, case, body)
    if request.viewer.is_agent and "audience" not in body.model_fields_set:
        raise Invalid({"audience": _("Say who reads it: customer, partner, team or record.")})
    if body.reopen is not None:
        raise Invalid({"reopen": _("Only customers say this. You reopen a case by itself.")})
    message = post(
        case,
        by=request.viewer,
        audience=body.audience,
        content=_content(body),
        attachments=body.attachments,
        then=Then(body.set_status, body.reason, body.note),
    )
    return _written(request, case, message)


def _comment(request: ApiRequest, case: Case, body: NewMessage) -> HttpResponse:
    """A customer's message: a solved case asks whether to reopen it, or is followed by another."""
    if body.set_status is not None:
        raise Invalid({"set_status": _("Only agents say this.")})
    content = _content(body)
    said = Comment(
        content.text,
        html=content.html,
        subject=content.subject,
        attachments=tuple(body.attachments),
        reopen=body.reopen,
        source=Source.API,
    )
    message = say(case, said, by=request.viewer)
    return _written(request, message.case, message)


def _content(body: NewMessage) -> Content:
    if body.html is not None:
        if body.text is not None:
            raise Invalid({"html": _("Send `text` or `html`, not both.")})
        safe = safe_html(body.html)
        return Content(safe.text, html=safe.html, subject=body.subject, source=Source.API)
    return Content(body.text or "", subject=body.subject, source=Source.API)


def _written(request: ApiRequest, case: Case, message: Message) -> HttpResponse:
    stored = readable(request, case).get(pk=message.pk)
    return answer(message_of(stored, request.viewer), status=201)


@conversation.get("/cases/{number}/record", scope=READ, answer=ListOf[MessageOut], query=PAGED)
def list_record(request: ApiRequest, number: str, limit: Limit = 50, cursor: Cursor = None) -> HttpResponse:
    """List the internal record, as owner of the case on your side or as administrator."""
    rows = readable(request, case_with_record(request, number)).filter(audience=Audience.RECORD)
    page = page_for(request, rows, ORDERS["created"], limit=limit, cursor=cursor, bound_to="record")
    items = [message_of(message, request.viewer) for message in page.items]
    return answer(ListOf[MessageOut](items=items, next=page.next))


@conversation.post("/cases/{number}/record", scope=WRITE, answer=MessageOut, status=201)
def write_record(request: ApiRequest, number: str, body: NewRecord) -> HttpResponse:
    """Write into the internal record."""
    case = case_with_record(request, number)
    content = Content(body.text, source=Source.API)
    message = post(
        case, by=request.viewer, audience=Audience.RECORD, content=content, attachments=body.attachments
    )
    return _written(request, case, message)
