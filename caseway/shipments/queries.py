"""Which shipments a viewer sees, and how their numbers are found."""

import re
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from caseway.accounts.viewer import Seat, Viewer

if TYPE_CHECKING:
    from .models import Shipment  # noqa: F401 - named in the type below

_SEPARATORS = re.compile(r"[\s\-–./]+")


def normal_number(typed: str) -> str:
    """A number as it is stored for search: upper case, without blanks, dashes, dots and slashes."""
    return _SEPARATORS.sub("", typed).upper()[:60]


class ShipmentQuerySet(models.QuerySet["Shipment"]):
    """Shipments; `visible_to` is the only door."""

    def visible_to(self, viewer: Viewer) -> Self:
        """Agents see what their organisation feeds, ships or carries; a contact their account's."""
        match viewer.seat:
            case Seat.AGENT:
                ours = viewer.organisation_id
                return self.filter(Q(organisation=ours) | Q(shipper=ours) | Q(carrier=ours))
            case Seat.CONTACT if viewer.account_id:
                return self.filter(organisation=viewer.organisation_id, account=viewer.account_id)
            case _:
                return self.none()

    def with_number(self, typed: str) -> Self:
        """Those of which some number is, or begins with, what was typed (three characters at least)."""
        value = normal_number(typed)
        if len(value) < 3:
            return self.none()
        return self.filter(numbers__value__startswith=value).distinct()
