"""Making a follow-up of a case that was solved too long ago to be reopened."""

from uuid import UUID

from caseway.accounts.models import Brand
from caseway.accounts.viewer import Viewer
from caseway.cases.conversation.drafts import forget_draft
from caseway.cases.models import Case, Category, Side
from caseway.cases.types import Audience, Source
from caseway.core.transactions import action
from caseway.shipments.models import Shipment

from .actions import create
from .fields import NewCase


@action
def follow_up(
    case: Case,
    *,
    by: Viewer,
    text: str,
    attachments: tuple[str | UUID, ...] = (),
    brand: Brand | None = None,
    source: Source = Source.PORTAL,
) -> Case:
    """A new case of what its customer wrote on a solved one: the two are linked.

    Subject, topic, shipment and brand are those of the first, as far as they are still the
    customer's to choose. Raises NotFound, and Invalid (`text`, `attachments`).
    """
    side = Side.objects.get(case=case, organisation=by.us)
    topics = Category.objects.filter(organisation=by.us, is_active=True, parent__is_active=True)
    shipment = Shipment.objects.visible_to(by).filter(pk=case.shipment_id or 0).first()
    new = NewCase(
        subject=side.subject,
        description=text,
        category=side.category_id if topics.filter(pk=side.category_id or 0).exists() else None,
        shipment=str(shipment.pk) if shipment else None,
        attachments=attachments,
        source=source,
    )
    made = create(new, by=by, brand=case.brand or brand, follow_up_of=case)
    if source is not Source.API:  # a program ends nothing that somebody types
        forget_draft(by, case, Audience.CUSTOMER)
    return made
