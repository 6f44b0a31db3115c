"""The filter of My cases as an object: made from the address, giving cases, an address and words."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, ClassVar, Self

from django.db.models import Q, QuerySet
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from caseway.accounts.viewer import Viewer
from caseway.cases.models import Case
from caseway.cases.numbers import number_from
from caseway.cases.status import ACTIVE, SOLVED, Status
from caseway.cases.types import Source
from caseway.core.clock import now
from caseway.portal.narrowing import Narrowing
from caseway.shipments.models import Shipment

if TYPE_CHECKING:
    # Comes with the tools of development only.
    from django_stubs_ext import StrOrPromise

STATES: "dict[str, tuple[StrOrPromise, frozenset[Status]]]" = {
    "": (_("All"), frozenset(Status)),
    "waiting": (_("Waiting for you"), frozenset({Status.PENDING_CUSTOMER})),
    "with-us": (_("With us"), ACTIVE - {Status.PENDING_CUSTOMER}),
    "closed": (_("Closed"), SOLVED),
}
CHANNELS: "dict[str, tuple[StrOrPromise, Q]]" = {
    "": (_("All channels"), Q()),
    "portal": (_("Portal"), Q(source=Source.PORTAL)),
    "email": (_("E-mail"), Q(source=Source.EMAIL)),
    "other": (_("Phone and others"), ~Q(source__in=[Source.PORTAL, Source.EMAIL])),
}
DATES: "dict[str, StrOrPromise]" = {
    "": _("Any date"),
    "7d": _("Last 7 days"),
    "30d": _("Last 30 days"),
    "90d": _("Last 90 days"),
    "year": _("This year"),
}


@dataclass(frozen=True)
class MyCases(Narrowing):
    """Which of the cases that a customer sees are listed."""

    CHOICES: ClassVar = {"status": STATES, "channel": CHANNELS, "created": DATES, "whose": {"", "me"}}

    status: str = ""
    category: str = ""
    channel: str = ""
    created: str = ""
    whose: str = ""
    """"me" leaves out those of colleagues, which account administrators see as well."""

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> Self:
        """The filter that an address asks for."""
        category = query.get("category", "")
        is_key = category.isdecimal() and len(category) < 18
        return replace(super().from_query(query), category=category if is_key else "")

    def cases(self, viewer: Viewer) -> QuerySet[Case]:
        """The cases that the viewer sees and that fit, in whatever status; without any order."""
        seen = Case.objects.visible_to(viewer).filter(CHANNELS[self.channel][1])
        if self.whose:
            seen = seen.filter(contact=viewer.contact_id)
        if self.q:
            seen = seen.filter(self._numbered(viewer))
        if self.category:
            topic = {"sides__organisation": viewer.organisation_id, "sides__category__parent": self.category}
            seen = seen.filter(**topic)
        since = self._since()
        return seen.filter(created_at__gte=since) if since else seen

    def in_status(self, viewer: Viewer) -> QuerySet[Case]:
        """The same in the statuses that are asked for: what the list shows."""
        found = self.cases(viewer)
        return found.filter(status__in=sorted(STATES[self.status][1])) if self.status else found

    def _numbered(self, viewer: Viewer) -> Q:
        shipments = Shipment.objects.visible_to(viewer).with_number(self.q)
        return Q(number=number_from(self.q) or "") | Q(shipment__in=shipments.values("pk"))

    def _since(self) -> datetime | None:
        if self.created == "year":
            return localtime(now()).replace(month=1, day=1, hour=0, minute=0, second=0, microsecond=0)
        return now() - timedelta(days=int(self.created[:-1])) if self.created else None
