"""A case beside its list: its head and what was said last, with the way to the whole. Queries only."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from caseway.accounts.viewer import Viewer
from caseway.cases.access.rules import Operation, offered
from caseway.cases.conversation.queries import messages_of
from caseway.cases.models import Message, Side
from caseway.cases.partnering.queries import other_side
from caseway.cases.types import Sharing
from caseway.core.errors import NotFound
from caseway.desk.case.said import said

LATEST = 5
JOINED = ("case__host", "case__contact", "case__account", "case__shipment", "owner", "team", "priority")


def preview_of(viewer: Viewer, number: str) -> "Preview":
    """The preview of the viewer's own side. Raises NotFound."""
    rows = Side.objects.visible_to(viewer).select_related("organisation", *JOINED)
    side = rows.filter(case__number=number.upper()).first()
    if side is None:
        raise NotFound
    return Preview(side, viewer)


@dataclass(frozen=True)
class Preview:
    """One case in short."""

    side: Side
    viewer: Viewer

    @cached_property
    def _found(self) -> Sequence[Message]:
        return messages_of(self.side.case, self.viewer, latest=LATEST + 1)

    @property
    def messages(self) -> Sequence[Message]:
        """What was said last, oldest first."""
        return self._found[-LATEST:]

    @property
    def has_more(self) -> bool:
        """Whether there is more to read than what is shown."""
        return len(self._found) > LATEST

    @property
    def is_host(self) -> bool:
        """Whether the customer is the viewer's to know."""
        return self.side.case.host_id == self.viewer.organisation_id

    @property
    def customer(self) -> str:
        """The customer, by contact and account; "" for nobody, or somebody else's."""
        case = self.side.case
        known = [case.contact, case.account] if self.is_host else []
        return ", ".join(str(one) for one in known if one)

    @cached_property
    def partner(self) -> str:
        """The other organisation that reads along, if any."""
        other = other_side(self.side.case, self.viewer)
        shared = self.side.sharing == Sharing.SHARED or not self.is_host
        return other.organisation.name if other and shared else ""

    def said(self, message: Message) -> dict[str, object]:
        """A message as the timeline shows it."""
        contact = self.side.case.contact if self.is_host else None
        customer = str(contact) if contact else _("the customer")
        return said(message, self.viewer, customer=customer, partner=self.partner)

    @cached_property
    def may_claim(self) -> bool:
        """Whether it can be claimed from here."""
        return Operation.CLAIM in offered(self.viewer, self.side.case, self.side)
