"""A case on its customer account's page: what customer service reads of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from caseway.accounts.viewer import Viewer
from caseway.cases.access.rules import Operation, offered
from caseway.cases.conversation.queries import messages_of
from caseway.cases.family import family_of
from caseway.cases.history.queries import Line, timeline_of
from caseway.cases.history.whys import STEPS
from caseway.cases.models import Case, Message, Side
from caseway.cases.types import Audience
from caseway.customers.models import CustomerAccount
from caseway.desk.case.said import said
from caseway.desk.case.timeline import Entry, Show, entries_of


@dataclass(frozen=True)
class AccountCase:
    """The case, its notes, and why it was closed and taken up again."""

    account: CustomerAccount
    side: Side
    viewer: Viewer

    @property
    def case(self) -> Case:
        """The case itself."""
        return self.side.case

    @property
    def may_claim(self) -> bool:
        """Whether the viewer may claim it now."""
        return Operation.CLAIM in offered(self.viewer, self.case, self.side)

    @cached_property
    def messages(self) -> list[Message]:
        """What was said, as far as the viewer may read it."""
        return messages_of(self.case, self.viewer, family=family_of(self.case))

    @property
    def with_customer(self) -> int:
        """How many of the latest messages were exchanged with the customer."""
        return sum(message.audience == Audience.CUSTOMER for message in self.messages)

    @cached_property
    def steps(self) -> Sequence[Line]:
        """When and why it was closed, reopened, put on hold …"""
        return [line for line in timeline_of([self.case], self.viewer) if line.event.kind in STEPS]

    @property
    def entries(self) -> list[Entry]:
        """Our notes, and the closing and reopening ones among them, oldest first."""
        notes = [message for message in self.messages if message.audience == Audience.TEAM]
        return entries_of(notes, self.steps, Show.ALL, seen_at=None, viewer=self.viewer)

    @property
    def added_by(self) -> str:
        """Who added it: a colleague, the customer, or how it came by itself."""
        case = self.case
        return str(case.creator or case.contact or case.get_source_display())

    def said(self, message: Message) -> dict[str, object]:
        """A note as the history shows it."""
        return said(message, self.viewer, customer=self.account.name, partner="")
