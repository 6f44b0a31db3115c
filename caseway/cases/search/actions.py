"""Keeping the search documents, in the transaction of what they tell of.

What a case is about weighs more than what was said on it: words of a subject weigh A, names of the
other parties B, a message's author C, all else D.
"""

from collections.abc import Iterable

from django.contrib.postgres.search import SearchVector
from django.db.models import Value
from django.db.models.expressions import CombinedExpression

from caseway.cases.models import Case, Message, SearchDocument, Side
from caseway.cases.types import Audience, Sharing
from caseway.shipments.models import Shipment

from .shelves import on_shelf
from .words import searchable

Vector = SearchVector | CombinedExpression


def _vector(text: str, weight: str) -> SearchVector:
    return SearchVector(Value(searchable(text)), config="simple", weight=weight)


def _words_of_message(message: Message) -> Vector:
    text, author = _vector(message.text, "D"), _vector(message.author_name, "C")
    return _vector(message.subject, "A") + text + author if message.subject else text + author


def index_side(side: Side, *, parties: Iterable[str] | None = None) -> None:
    """Let the subject and description of a side, and the names of the case's other parties, be found by
    its own agents. The parties are looked up (two queries) unless they are known.
    """
    names = parties_of(side) if parties is None else parties
    words: Vector = _vector(side.subject, "A") + _vector(side.description, "D")
    if names := " ".join(names):
        words += _vector(names, "B")
    document = SearchDocument(
        organisation_id=side.organisation_id,
        case_id=side.case_id,
        words=on_shelf(words, side.organisation_id, side.created_at),
        written_at=side.created_at,
    )
    SearchDocument.objects.bulk_create(
        [document],
        update_conflicts=True,
        unique_fields=["organisation", "case", "message"],
        update_fields=["words", "written_at"],
    )


def index_parties(cases: Iterable[int]) -> None:
    """Let cases with these ids be found by who takes part now, where that has changed."""
    for side in Side.objects.filter(case__in=list(cases)).exclude(sharing=Sharing.LISTED):
        index_side(side)


def parties_of(side: Side) -> list[str]:
    """The names of carrier, shipper and partner of the case, but for the side's own organisation."""
    others = Side.objects.filter(case=side.case_id).exclude(organisation=side.organisation_id)
    names = list(others.exclude(sharing=Sharing.LISTED).values_list("organisation__name", flat=True))
    of_shipment = Shipment.objects.filter(cases=side.case_id).select_related("carrier", "shipper")
    for shipment in of_shipment:
        if shipment.carrier_id != side.organisation_id:
            names.append(shipment.carrier_label)
        if shipment.shipper_id != side.organisation_id:
            names.append(shipment.shipper_label)
    return list(dict.fromkeys(name for name in names if name))


def index_split(message: Message, into: Case, organisation_id: int) -> None:
    """Let the case that a message was split into be found by its words, by the agents who split it."""
    SearchDocument.objects.get_or_create(
        organisation_id=organisation_id,
        case=into,
        message=message,
        defaults={
            "words": on_shelf(_words_of_message(message), organisation_id, message.created_at),
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
    words = _words_of_message(message)
    SearchDocument.objects.bulk_create(
        SearchDocument(
            organisation_id=reader,
            case_id=message.case_id,
            message=message,
            is_record=message.audience == Audience.RECORD,
            words=on_shelf(words, reader, message.created_at),
            written_at=message.created_at,
        )
        for reader in sorted(readers)
    )
