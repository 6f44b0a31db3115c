"""Associated cases: merged, linked, follow-ups, and others of the same shipment."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from caseway.accounts.asking import AskedBy
from caseway.accounts.viewer import Viewer
from caseway.cases.models import Case, CaseLink, Side
from caseway.core.database.statements import AnyOf, Slot


@dataclass(frozen=True)
class Associated:
    """One associated case, as the viewer's own side knows it."""

    side: Side
    relation: str
    link: CaseLink | None = None


def associated_with(case: Case, viewer: Viewer) -> list[Associated]:
    """What belongs to the case: merged ones first, then links and follow-ups, each only if visible.

    Two queries.
    """
    found = _links.rows(viewer, case=case.pk)
    links = {(row.other_id if row.case_id == case.pk else row.case_id): row for row in found}
    others = {*links, case.merged_into_id, case.follow_up_of_id} - {None}
    return [
        Associated(side, _relation(case, side.case, links), links.get(side.case_id))
        for side in _relatives.rows(viewer, case=case.pk, others=list(others))
    ]


@AskedBy
def _relatives(viewer: Viewer) -> QuerySet[Side]:
    # Conditions of the case's own table only: each is answered by its index.
    theirs = Q(merged_into=Slot("case")) | Q(follow_up_of=Slot("case")) | AnyOf("pk", Slot("others"))
    sides = Side.objects.visible_to(viewer).filter(case__in=Case.objects.filter(theirs).values("pk"))
    return sides.select_related("case", "owner").order_by("-created_at", "-pk")[:50]


@AskedBy
def _links(viewer: Viewer) -> QuerySet[CaseLink]:
    return links_of(Slot("case"), viewer)


def links_of(case: Case | Slot | OuterRef, viewer: Viewer) -> QuerySet[CaseLink]:
    """The links of the viewer's own organisation that end at the case."""
    return CaseLink.objects.filter(Q(case=case) | Q(other=case), organisation=viewer.organisation_id)


def _relation(case: Case, other: Case, links: dict[int, CaseLink]) -> str:
    if other.merged_into_id == case.pk:
        return _("merged into this case")
    if case.merged_into_id == other.pk:
        return _("this case was merged into it")
    if other.pk in links:
        return str(CaseLink.Kind(links[other.pk].kind).label)
    return _("follow-up") if other.follow_up_of_id == case.pk else _("followed by this case")


def cases_of_shipment(shipment_id: int, viewer: Viewer, *, but: Case | None = None) -> list[Side]:
    """The shipment's cases that the viewer may open, the newest first."""
    sides = Side.objects.visible_to(viewer).filter(case__shipment=shipment_id)
    if but is not None:
        sides = sides.exclude(case=but)
    return list(sides.select_related("case", "owner").order_by("-created_at", "-pk")[:50])


def listed_cases_of_shipment(shipment_id: int, viewer: Viewer) -> list[Side]:
    """Cases of the shipment that the partner has only listed: number, type and status may be shown."""
    sides = Side.objects.listed_to(viewer).filter(case__shipment=shipment_id)
    return list(
        sides.only("id", "case_id", "number", "type", "status", "created_at").order_by("-created_at")[:50]
    )


def has_relatives(viewer: Viewer) -> Q:
    """Of a side in a query: whether other cases, or links of ours, point at its case.

    Most cases stand alone. Where this is false and the case itself points at none, `associated_with`
    and `family_of` need not be asked.
    """
    case = OuterRef("case")
    theirs = Case.objects.filter(Q(merged_into=case) | Q(follow_up_of=case))
    return Exists(theirs) | Exists(links_of(case, viewer))
