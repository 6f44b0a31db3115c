"""Counting honestly how often the status of a shipment spares a case."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from caseway.accounts.viewer import Viewer
from caseway.core.clock import now
from caseway.core.errors import NotFound
from caseway.core.transactions import action

from .models import Shipment, StatusAnswer

AFTER_ALL = timedelta(hours=24)
"""How long after "this answers it" a case about the shipment says that it didn't."""


@action
def record_shown(shipments: Sequence[Shipment], *, to: Viewer) -> None:
    """Note that the contact was shown where these are; the same again on a day (of UTC) counts once."""
    if to.contact_id is None:
        return
    rows = [StatusAnswer(shipment=shipment, **_once(to)) for shipment in shipments]
    StatusAnswer.objects.bulk_create(rows, ignore_conflicts=True)


@action
def record_solved(number: str, *, by: Viewer) -> Shipment:
    """Note that where the shipment with this number is answers the contact's question; twice is once.

    Raises NotFound for one that they don't see.
    """
    shipment = Shipment.objects.visible_to(by).filter(number=number).first()
    if shipment is None or by.contact_id is None:
        raise NotFound
    answer, _made = StatusAnswer.objects.get_or_create(shipment=shipment, **_once(by))
    StatusAnswer.objects.filter(pk=answer.pk, solved_at=None).update(solved_at=now())
    return shipment


@action
def take_back_solved(shipment_id: int, *, contact_id: int) -> None:
    """The contact raised a case about the shipment after all: its status didn't answer them."""
    answers = StatusAnswer.objects.filter(shipment=shipment_id, contact=contact_id)
    answers.filter(solved_at__gt=now() - AFTER_ALL).update(solved_at=None)


def _once(viewer: Viewer) -> dict[str, Any]:
    return {
        "organisation_id": viewer.organisation_id,
        "contact_id": viewer.contact_id,
        "day": now().date(),
    }
