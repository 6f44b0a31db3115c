"""What a case's page shows its customer."""

from dataclasses import dataclass

from django.db.models import Q

from caseway.accounts.viewer import Viewer
from caseway.cases.access.rules import Operation, fits
from caseway.cases.conversation.folding import STEP, UNFOLDED
from caseway.cases.conversation.queries import counts_by_audience, messages_of
from caseway.cases.family import family_of
from caseway.cases.models import Case, Side
from caseway.cases.satisfaction.queries import Question, question_to
from caseway.core.errors import NotFound
from caseway.portal.mycases.queries import Row, as_listed, rows_of
from caseway.shipments.models import Shipment

from .emails import emails_of
from .milestones import Milestone, milestones_of
from .progress import Step, progress_of
from .talk import Bubble, File, News, bubble_of, woven


@dataclass(frozen=True)
class CasePage:
    """Everything on the page, as far as the customer may see it."""

    case: Case
    row: Row
    side: Side
    shipment: Shipment | None
    steps: list[Step]
    talk: list[Bubble | Milestone | News]
    emails: list[Bubble]
    comments: int
    files: list[File]
    relatives: list[Case]
    """Cases that this one follows up, or that follow it up."""
    question: Question | None
    """Whether the customer is asked if they are satisfied, and what they said."""
    unfolded: int
    """How many messages the reader asked for."""
    folded: int
    """How many earlier messages the page leaves out."""
    first: int
    """The first message that is shown; 0 where there is none."""

    @property
    def query(self) -> str:
        """What the address says, so that what was unfolded stays so."""
        return f"?messages={self.unfolded}" if self.unfolded > UNFOLDED else ""

    @property
    def unfolding(self) -> str:
        """What it says to show more, at the message that was the first until then."""
        return f"?messages={self.unfolded + STEP}#message-{self.first}"

    @property
    def may_withdraw(self) -> bool:
        """Whether the customer may take the case back now."""
        return fits(Operation.WITHDRAW, self.case)

    @property
    def follow_ups(self) -> list[Case]:
        """The cases that go on with it."""
        return [case for case in self.relatives if case.follow_up_of_id == self.case.pk]

    @property
    def intro(self) -> str:
        """What we wrote down when we raised the case for the customer; "" where their own words begin it."""
        if self.folded:
            return ""
        by_customer = any(isinstance(entry, Bubble) and entry.from_customer for entry in self.talk[:2])
        return "" if by_customer else self.side.description


def page_of_case(number: str, viewer: Viewer, *, unfolded: int = UNFOLDED) -> CasePage:
    """The page of the customer's case with this number, and its latest messages.

    Raises NotFound for anything else.
    """
    seen = Case.objects.visible_to(viewer).select_related("host", "contact__account", "brand")
    case = as_listed(seen.filter(number=number), viewer).first()
    if case is None:
        raise NotFound
    row = rows_of([case], viewer)[0]
    side: Side = case.own_sides[0]  # type: ignore[attr-defined]
    family = family_of(case)
    messages = messages_of(case, viewer, family=family, latest=unfolded)
    said = sum(counts_by_audience(messages).values())
    bubbles = [bubble_of(message, viewer) for message in messages]
    milestones = milestones_of(case, viewer, row.joined_with)
    folded = said - len(messages)
    shown = [one for one in milestones if one.at >= messages[0].created_at] if folded else milestones
    return CasePage(
        case=case,
        row=row,
        side=side,
        shipment=_shipment_of(case, viewer),
        steps=progress_of(row, milestones),
        talk=woven(bubbles, shown, row.seen_at),
        emails=emails_of(case, viewer, family, bubbles),
        comments=said,
        files=[file for bubble in bubbles for file in bubble.files],
        relatives=_relatives_of(case, viewer),
        question=question_to(viewer, case),
        unfolded=unfolded,
        folded=folded,
        first=messages[0].pk if messages else 0,
    )


def _shipment_of(case: Case, viewer: Viewer) -> Shipment | None:
    if case.shipment_id is None:
        return None
    seen = Shipment.objects.visible_to(viewer).select_related("carrier")
    return seen.filter(pk=case.shipment_id).first()


def _relatives_of(case: Case, viewer: Viewer) -> list[Case]:
    related = Q(follow_up_of=case) | Q(pk=case.follow_up_of_id or 0)
    return list(Case.objects.visible_to(viewer).filter(related).order_by("pk")[:10])
