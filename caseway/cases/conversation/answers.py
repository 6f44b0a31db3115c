"""What a partner answered without a sign-in, for pages that show it beside the conversation."""

from django.db.models import OuterRef, Subquery

from caseway.cases.models import PartnerAnswer
from caseway.cases.types import AnswerKind


def carrier_eta() -> Subquery:
    """For sides: the latest ETA that the carrier of the case's shipment gave on the case, if it did.

    Both organisations of a case may know it: it stands in a message between them.
    """
    given = PartnerAnswer.objects.filter(
        case=OuterRef("case"), organisation=OuterRef("case__shipment__carrier"), kind=AnswerKind.ETA
    )
    return Subquery(given.order_by("-answered_at", "-pk").values("eta")[:1])
