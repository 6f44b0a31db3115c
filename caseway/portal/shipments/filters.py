"""The filter of a customer's shipments as an object: made from the address, giving shipments and words."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, ClassVar

from django.db.models import Q
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from caseway.accounts.viewer import Viewer
from caseway.core.clock import now
from caseway.portal.narrowing import Narrowing
from caseway.shipments.models import Shipment
from caseway.shipments.models.access import ShipmentQuerySet
from caseway.shipments.wording import UNDER_WAY

if TYPE_CHECKING:
    # Comes with the tools of development only.
    from django_stubs_ext import StrOrPromise

Status = Shipment.Status
TROUBLED = frozenset({Status.EXCEPTION, Status.RETURNED})
STATES: "dict[str, tuple[StrOrPromise, frozenset[Status]]]" = {
    "": (_("All"), frozenset(Status)),
    "under-way": (_("On the way"), UNDER_WAY),
    "exception": (_("Exceptions"), TROUBLED),
    "delivered": (_("Delivered"), frozenset({Status.DELIVERED})),
}
EXPECTED: "dict[str, StrOrPromise]" = {
    "": _("Expected any day"),
    "late": _("Late"),
    "today": _("Expected today"),
    "7d": _("Expected within 7 days"),
}


@dataclass(frozen=True)
class MyShipments(Narrowing):
    """Which of the shipments that a customer sees are listed."""

    CHOICES: ClassVar = {"status": STATES, "expected": EXPECTED}

    status: str = ""
    expected: str = ""

    def shipments(self, viewer: Viewer) -> ShipmentQuerySet:
        """Those that the viewer sees and that fit, in whatever status; without any order."""
        seen = Shipment.objects.visible_to(viewer).filter(self._in_time())
        return seen.with_number(self.q) if self.q else seen

    def in_status(self, viewer: Viewer) -> ShipmentQuerySet:
        """The same in the statuses that are asked for: what the list shows."""
        found = self.shipments(viewer)
        return found.filter(status__in=sorted(STATES[self.status][1])) if self.status else found

    def _in_time(self) -> Q:
        if not self.expected:
            return Q()
        awaited = Q(status__in=sorted(UNDER_WAY | {Status.EXCEPTION}))
        if self.expected == "late":
            return awaited & Q(eta__lt=now())
        days = {"today": 1, "7d": 7}[self.expected]
        return awaited & Q(eta__gte=_midnight(0), eta__lt=_midnight(days))


def _midnight(days: int) -> datetime:
    """The beginning of the reader's day, so many days from today."""
    day = localtime(now()).replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None)
    return (day + timedelta(days=days)).replace(tzinfo=localtime(now()).tzinfo)
