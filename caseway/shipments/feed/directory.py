"""What the feeding organisation knows by name: its partners, brands and customers. Nobody else's."""

from collections.abc import Iterable
from typing import TypeVar
from zoneinfo import ZoneInfo

from django.db.models import Q

from caseway.accounts.models import Brand, Organisation, Partnership
from caseway.accounts.reader import zone_named
from caseway.customers.models import CustomerAccount

from .values import Wrong

Row = TypeVar("Row")


class Directory:
    """Names to rows, loaded once for a file."""

    def __init__(self, organisation: Organisation) -> None:
        self.organisation = organisation
        self.zone: ZoneInfo = zone_named(organisation.time_zone)
        self._partners = _partners_of(organisation)
        self._brands = _index((b, (b.slug, b.name)) for b in organisation.brands.all())
        accounts = list(CustomerAccount.objects.filter(organisation=organisation))
        self._numbers = {account.number.casefold(): account for account in accounts}
        self._names = _index((account, (account.name,)) for account in accounts)

    def partner(self, name: str) -> Organisation | None:
        """The organisation itself or a partner, by slug or name; None for anybody else, known or not."""
        return self._partners.get(name.casefold())

    def brand(self, name: str) -> Brand:
        """The organisation's own brand of that slug or name."""
        found = self._brands.get(name.casefold(), [])
        if len(found) != 1:
            raise Wrong(f"“{name}” is no brand of {self.organisation}: add it first, or leave it empty")
        return found[0]

    def customer(self, name: str) -> CustomerAccount:
        """The organisation's own customer account with that number, or that name if only one has it."""
        if by_number := self._numbers.get(name.casefold()):
            return by_number
        found = self._names.get(name.casefold(), [])
        if len(found) > 1:
            raise Wrong(f"“{name}” is the name of {len(found)} customers: give the customer number")
        if not found:
            raise Wrong(f"“{name}” is no customer of {self.organisation}: add it first, or leave it empty")
        return found[0]


def _partners_of(organisation: Organisation) -> dict[str, Organisation]:
    pairs = Partnership.objects.filter(Q(shipper=organisation) | Q(carrier=organisation), is_active=True)
    partners = [pair.partner_of(organisation.pk) for pair in pairs.select_related("shipper", "carrier")]
    return {
        name.casefold(): partner
        for partner in [*partners, organisation]
        for name in (partner.slug, partner.name)
    }


def _index(rows: Iterable[tuple[Row, tuple[str, ...]]]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row, names in rows:
        for name in {name.casefold() for name in names}:
            found.setdefault(name, []).append(row)
    return found
