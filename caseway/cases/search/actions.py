"""Keeping the search documents, in the transaction of what they tell of."""

from django.contrib.postgres.search import SearchVector
from django.db.models import Value

from caseway.cases.models import Case, Message, SearchDocument, Side
from caseway.cases.types import Audience

from .words import searchable


def _vector(*texts: str) -> SearchVector:
    return SearchVector(Value(searchable("\n".join(texts))), config="simple")


def index_side(side: Side) -> None:
    """Let the subject and description of a side be found by its own agents."""
    document = SearchDocument(
        organisation_id=side.organisation_id,
        case_id=side.case_id,
        words=_vector(side.subject, side.description),
        written_at=side.created_at,
    )
    SearchDocument.objects.bulk_create(
        [document],
        update_conflicts=True,
        unique_fields=["organisation", "case", "message"],
        update_fields=["words", "written_at"],
    )


def index_split(message: Message, into: Case, organisation_id: int) -> None:
    """Let the case that a message was split into be found by its words, by the agents who split it."""
    SearchDocument.objects.get_or_create(
        organisation_id=organisation_id,
        case=into,
        message=message,
        defaults={
            "words": _vector(message.subject, message.text, message.author_name),
            "written_at": message.created_at,
        },
    )


def forget_split(into: Case, organisation_id: int) -> None:
    """The reverse of `index_split`, for all messages of other cases."""
    documents = SearchDocument.objects.filter(case=into, organisation=organisation_id, message__isnull=False)
    documents.exclude(message__case=into).delete()


def index_message(message: Message) -> None:
    """Let a message be found by the agents of each organisation that reads it."""
    readers = {message.organisation_id, message.partner_id or message.organisation_id}
    words = _vector(message.subject, message.text, message.author_name)
    SearchDocument.objects.bulk_create(
        SearchDocument(
            organisation_id=reader,
            case_id=message.case_id,
            message=message,
            is_record=message.audience == Audience.RECORD,
            words=words,
            written_at=message.created_at,
        )
        for reader in sorted(readers)
    )
