"""Who could be brought in, and who takes part."""

from django.db.models import Q, QuerySet

from caseway.accounts.asking import AskedBy
from caseway.accounts.models import Organisation, Partnership
from caseway.accounts.viewer import Viewer
from caseway.cases.models import Case, Side
from caseway.core.database.statements import Slot


def partners_for(viewer: Viewer) -> list[Organisation]:
    """The organisations with which the viewer's is in an active partnership, by name."""
    us = viewer.organisation_id or 0
    pairs = Partnership.objects.filter(Q(shipper=us) | Q(carrier=us), is_active=True)
    partners = [pair.partner_of(us) for pair in pairs.select_related("shipper", "carrier")]
    return sorted(partners, key=lambda organisation: organisation.name)


def other_side(case: Case, viewer: Viewer) -> Side | None:
    """The other organisation's side: only organisation and owner of it may be shown.

    Whoever listed the case to a partner finds that partner here, with sharing `listed`.
    """
    return next(iter(_others.rows(viewer, case=case.pk)), None)


@AskedBy
def _others(viewer: Viewer) -> QuerySet[Side]:
    others = Side.objects.filter(case=Slot("case")).exclude(organisation=viewer.organisation_id)
    return others.select_related("organisation", "owner").only(
        "id", "case_id", "organisation", "owner__name", "owner__email", "sharing"
    )


def partnership_of(shipper_or_carrier: int, other: int) -> Partnership | None:
    """The partnership of two organisations, whichever of them is the shipper."""
    return Partnership.objects.filter(
        Q(shipper=shipper_or_carrier, carrier=other) | Q(shipper=other, carrier=shipper_or_carrier)
    ).first()
