"""Keeping the search documents, in the transaction of what they tell of."""

from django.contrib.postgres.search import SearchVector
from django.db.models import Value

from caseway.cases.models import Message, SearchDocument, Side
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
