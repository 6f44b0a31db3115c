"""Finding cases: identifiers first, exact and by prefix; then words in what the reader may see."""

import re
from collections.abc import Sequence

from django.contrib.postgres.search import SearchQuery
from django.db.models import Q, QuerySet

from caseway.accounts.permissions import Permission
from caseway.accounts.viewer import Viewer
from caseway.cases.models import Case, SearchDocument, Side
from caseway.cases.numbers import number_from
from caseway.core.text import clean_line
from caseway.shipments.models import Shipment, ShipmentNumber
from caseway.shipments.queries import normal_number

from .words import searchable

NEWEST = 1000
WORD = re.compile(r"[^\W_]+")


def matching(sides: QuerySet[Side], typed: str, viewer: Viewer) -> QuerySet[Side]:
    """Those of `sides` (visible ones of the viewer) that fit what was typed.

    A case number, CRM number or number of the shipment (or its beginning) that exists wins;
    else the newest thousand documents with all the words. The candidates are looked up first:
    one query over everything makes the planner join what it should not.
    """
    typed = clean_line(typed)
    if not typed:
        return sides
    by_number = sides.filter(case__in=cases_with_number(typed, viewer))
    return by_number if by_number.exists() else sides.filter(case__in=cases_with_words(typed, viewer))


def cases_with_number(typed: str, viewer: Viewer) -> list[int]:
    """Ids of cases found by case number, our CRM number or a number of the shipment; a thousand at most."""
    value = normal_number(typed)
    if len(value) < 3 or not any(letter.isdigit() for letter in value):
        return []
    number = number_from(typed)
    named = Q(number=number) if number else Q(pk__in=[])
    ours = Case.objects.filter(sides__organisation=viewer.organisation_id).order_by("-pk")
    cases = ours.filter(named | Q(number__startswith=value))
    crm = Side.objects.filter(organisation=viewer.organisation_id, crm_number__startswith=typed)
    shipments = list(
        ShipmentNumber.objects.filter(value__startswith=value)
        .filter(shipment__in=Shipment.objects.visible_to(viewer))
        .values_list("shipment", flat=True)[:NEWEST]
    )
    found = [*cases.values_list("pk", flat=True)[:NEWEST]]
    found += crm.exclude(crm_number="").values_list("case", flat=True)[:NEWEST]
    if shipments:
        found += ours.filter(shipment__in=shipments).values_list("pk", flat=True)[:NEWEST]
    return found[:NEWEST]


def cases_with_words(typed: str, viewer: Viewer) -> list[int]:
    """Ids of cases whose subject, description or messages, as the viewer may read them, have all the words.

    The newest thousand documents count: what is common is found recent first.
    """
    documents = _readable(_with_words(typed, viewer), viewer)
    return list(documents.order_by("-written_at").values_list("case", flat=True)[:NEWEST])


def cases_begun_with(typed: str, viewer: Viewer, most: int) -> list[int]:
    """Ids of cases in which all the words are, the last of them by its beginning: for whoever still types.

    Of the `most` newest documents that fit, as the viewer may read them; the newest first, each once.
    """
    words = WORD.findall(searchable(typed).lower())
    if not words:
        return []
    asked = SearchQuery(" & ".join(f"'{word}'" for word in words) + ":*", config="simple", search_type="raw")
    documents = SearchDocument.objects.filter(organisation=viewer.organisation_id, words=asked)
    newest = _readable(documents, viewer).order_by("-written_at").values_list("case", flat=True)[:most]
    return list(dict.fromkeys(newest))


def _readable(documents: "QuerySet[SearchDocument]", viewer: Viewer) -> "QuerySet[SearchDocument]":
    """Without internal records that are not the viewer's to read."""
    if viewer.has(Permission.RECORDS):
        return documents
    return documents.filter(Q(is_record=False) | Q(case__in=_owned_by(viewer)))


def cases_told_of(typed: str, viewer: Viewer, *, accounts: Sequence[int] = ()) -> list[int]:
    """Ids of cases whose subject and description, as our side has them, have all the words.

    The newest thousand count: of our customers with these ids where any are given, else of all.
    """
    documents = _with_words(typed, viewer).filter(message=None)
    if accounts:
        documents = documents.filter(case__account__in=accounts, case__host=viewer.organisation_id)
    return list(documents.order_by("-written_at").values_list("case", flat=True)[:NEWEST])


def _with_words(typed: str, viewer: Viewer) -> QuerySet[SearchDocument]:
    words = SearchQuery(searchable(typed), config="simple", search_type="websearch")
    return SearchDocument.objects.filter(organisation=viewer.organisation_id, words=words)


def _owned_by(viewer: Viewer) -> QuerySet[Side, int]:
    """Cases of which the viewer reads the internal record as owner."""
    mine = Side.objects.filter(organisation=viewer.organisation_id, owner=viewer.person_id)
    return mine.values_list("case", flat=True)
