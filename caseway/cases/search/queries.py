"""Finding cases: identifiers first, exact and by prefix; then words in what the reader may see."""

from django.contrib.postgres.search import SearchQuery
from django.db.models import Q, QuerySet

from caseway.accounts.permissions import Permission
from caseway.accounts.viewer import Viewer
from caseway.cases.models import SearchDocument, Side
from caseway.cases.numbers import number_from
from caseway.core.text import clean_line
from caseway.shipments.models import ShipmentNumber
from caseway.shipments.queries import normal_number

from .words import searchable

NEWEST = 1000


def matching(sides: QuerySet[Side], typed: str, viewer: Viewer) -> QuerySet[Side]:
    """Those of `sides` (visible ones of the viewer) that fit what was typed.

    A case number, CRM number or number of the shipment (or its beginning) that exists wins;
    else the newest thousand documents with all the words.
    """
    typed = clean_line(typed)
    if not typed:
        return sides
    by_number = by_identifier(sides, typed)
    return by_number if by_number.exists() else by_words(sides, typed, viewer)


def by_identifier(sides: QuerySet[Side], typed: str) -> QuerySet[Side]:
    """Sides found by case number, our CRM number or a number of the shipment."""
    value = normal_number(typed)
    if len(value) < 3 or not any(letter.isdigit() for letter in value):
        return sides.none()
    shipments = ShipmentNumber.objects.filter(value__startswith=value).values("shipment")
    found = Q(case__shipment__in=shipments) | Q(crm_number__startswith=typed)
    number = number_from(typed)
    if number:
        found |= Q(number=number)
    if value.startswith("CV"):
        found |= Q(number__startswith=value)
    return sides.filter(found)


def by_words(sides: QuerySet[Side], typed: str, viewer: Viewer) -> QuerySet[Side]:
    """Sides whose subject, description or messages, as the viewer may read them, have all the words."""
    documents = SearchDocument.objects.filter(
        organisation=viewer.organisation_id,
        words=SearchQuery(searchable(typed), config="simple", search_type="websearch"),
    )
    if not viewer.has(Permission.RECORDS):
        documents = documents.filter(
            Q(is_record=False)
            | Q(
                case__sides__organisation=viewer.organisation_id,
                case__sides__owner=viewer.person_id,
            )
        )
    newest = documents.order_by("-written_at").values("case")[:NEWEST]
    return sides.filter(case__in=newest)
