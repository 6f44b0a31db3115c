"""The page of a customer account: its latest open cases, its people, its shipments."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from caseway.accounts.viewer import Viewer
from caseway.cases.views.counts import counts_of
from caseway.cases.views.filters import CaseFilter
from caseway.cases.views.named import View
from caseway.cases.views.queries import Row, listing_of
from caseway.customers.colleagues.queries import people_of
from caseway.customers.models import Contact, CustomerAccount
from caseway.desk.shipments.listing import Row as ShipmentRow
from caseway.desk.shipments.listing import rows_of
from caseway.shipments.models import Shipment

SHOWN = 5
"""How many of each the page shows; the rest is a press away."""


def cases_of(account: CustomerAccount) -> CaseFilter:
    """All cases of the account, newest first: what its list begins with."""
    fixed = frozenset({"view", "customer"})
    all_cases = CaseFilter(view=View.ALL, sort="-created", fixed=fixed)
    return all_cases.having({"customer": [str(account.pk)]})


@dataclass(frozen=True)
class Overview:
    """What the page shows; each part is asked for once."""

    account: CustomerAccount
    viewer: Viewer

    @property
    def open_cases(self) -> CaseFilter:
        """The open ones among the account's cases."""
        return cases_of(self.account).having({"status": ["active"]})

    @cached_property
    def cases(self) -> Sequence[Row]:
        """The open cases raised last; four queries."""
        return listing_of(self.open_cases, self.viewer, limit=SHOWN).rows

    @cached_property
    def open_count(self) -> int:
        """How many cases are open; 1000 means a thousand or more."""
        return counts_of([View.ALL], self.viewer, self.open_cases)[View.ALL]

    @cached_property
    def people(self) -> list[Contact]:
        """The first of the account's contacts, and one more if there are more."""
        return list(people_of(self.account, self.viewer)[: SHOWN + 1])

    @cached_property
    def shipments(self) -> list[ShipmentRow]:
        """The shipments that moved last; two queries."""
        return rows_of(shipments_of(self.account, self.viewer)[:SHOWN], self.viewer)


def shipments_of(account: CustomerAccount, viewer: Viewer) -> list[Shipment]:
    """The account's shipments that moved last."""
    seen = Shipment.objects.visible_to(viewer).filter(account=account)
    return list(seen.select_related("carrier", "shipper").order_by("-updated_at", "-pk")[:SHOWN])
