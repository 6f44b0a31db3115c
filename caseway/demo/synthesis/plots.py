"""What a synthetic case comes to, before it is written down."""

from dataclasses import dataclass
from datetime import datetime

from caseway.cases.status import Status

from .organisations import Tenant


@dataclass
class Said:
    """One message of a conversation: who reads it, who wrote it, when. `key` is its id, once stored."""

    audience: str
    by_customer: bool
    by_partner: bool
    at: datetime
    text: str
    key: int = 0


@dataclass
class Plot:
    """A case. `key` is its id, `participant` its customer's as one who takes part; given when stored."""

    number: str
    tenant: Tenant
    partner: Tenant | None
    status: Status
    type: str
    owner: int | None
    contact: tuple[int, int, str, str]
    subject: str
    created: datetime
    closed: datetime | None
    said: list[Said]
    source: str
    brand: int | None
    shipment: int | None = None
    key: int = 0
    participant: int = 0

    @property
    def last(self) -> datetime:
        """The last moment that anything happened."""
        return max([self.closed or self.created, *(one.at for one in self.said)])
