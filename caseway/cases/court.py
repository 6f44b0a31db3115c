"""Whose court: which side must act next. Every move of it stands here and nowhere else.

Each organisation on a case has its own view of it. What only one of them knows (that the host waits
for its customer) moves that one's view alone: to the partner it is simply the other side's move.
"""

from datetime import datetime
from enum import Enum, auto
from typing import Final

from caseway.core.clock import now

from .access.locking import Locked
from .models import CourtStay, Message, Side
from .status import Status
from .types import Audience, Court, Sharing


class Turn(Enum):
    """What may happen to a case that concerns the court."""

    WROTE_TO_PARTNER = auto()
    ACKNOWLEDGED = auto()
    """A message to the other side by which the writer takes the work on (accepted, an ETA)."""
    ASKED_CUSTOMER = auto()
    """The status is Pending from customer now."""
    ANSWERED_CUSTOMER = auto()
    """An answer that leaves the status as it is."""
    CUSTOMER_WROTE = auto()
    TOOK_IT_BACK = auto()
    """No longer pending from the customer, though they haven't written."""
    JOINED = auto()
    """The partner came along with a case that was merged into this one, or left with it."""
    HELD = auto()
    WENT_ON = auto()
    """Off hold again; or a closing or a merge was taken back, as if it had not been."""
    SOLVED = auto()
    """Closed, cancelled, withdrawn or merged."""
    REOPENED = auto()


class Goal(Enum):
    """Where the court goes, other than to somebody at once."""

    STAYS = auto()
    BEFORE = auto()
    """Where it was before nobody had to act."""
    PARTNER_IF_ASKED = auto()
    """The partner, where the case is theirs to act on in their own view; else it stays."""


STAYS, BEFORE, PARTNER_IF_ASKED = Goal.STAYS, Goal.BEFORE, Goal.PARTNER_IF_ASKED
US, CUSTOMER, PARTNER, NOBODY = Court.US, Court.CUSTOMER, Court.PARTNER, Court.NOBODY

TABLE: Final[dict[Turn, tuple[Court | Goal, Court | Goal]]] = {
    # What happened:        the court of the side that did it, and of the other one
    Turn.WROTE_TO_PARTNER: (PARTNER, US),
    Turn.ACKNOWLEDGED: (US, PARTNER),
    Turn.REOPENED: (US, PARTNER),
    # At the host's side, whose customer it is; the partner's view is never moved by it:
    Turn.ASKED_CUSTOMER: (CUSTOMER, STAYS),
    Turn.ANSWERED_CUSTOMER: (PARTNER_IF_ASKED, STAYS),
    Turn.CUSTOMER_WROTE: (US, STAYS),
    Turn.TOOK_IT_BACK: (US, STAYS),
    Turn.JOINED: (STAYS, US),
    # For both alike:
    Turn.HELD: (NOBODY, NOBODY),
    Turn.WENT_ON: (BEFORE, BEFORE),
    Turn.SOLVED: (NOBODY, NOBODY),
}
"""A case begins as the move of whoever has it. Claiming, assigning, releasing, giving to a team,
editing, notes, records, tasks, tags, levels, following, urging, linking and splitting move nothing,
nor does an automatic mail, nor anything that is said on a solved case. A partner to whom a case is
only listed never has to act."""

BY_EITHER_SIDE = frozenset({Turn.WROTE_TO_PARTNER, Turn.ACKNOWLEDGED, Turn.REOPENED})


def move(locked: Locked, turn: Turn, by: int | None = None, at: datetime | None = None) -> None:
    """Let the court go where the table says, since `at` (aware; None: now).

    `by` is the organisation that did it, where either side may; None is the host, for its customers.
    """
    host = locked.case.host_id
    doer = by if by in locked.sides and turn in BY_EITHER_SIDE else host
    partner_acts = any(side.court == US for key, side in locked.sides.items() if key != host)
    for organisation_id, side in locked.sides.items():
        goal = TABLE[turn][organisation_id != doer]
        if side.sharing == Sharing.LISTED or not locked.case.is_active:
            goal = NOBODY
        elif goal is PARTNER_IF_ASKED:
            goal = PARTNER if partner_acts else STAYS
        elif goal is BEFORE:
            goal = _before(side)
        if isinstance(goal, Court):
            _go(side, goal, at or now())


def after_status(locked: Locked, before: Status, by: int | None = None, *, undone: bool = False) -> None:
    """Move the court after the status went on from `before`; `undone`: as if it had never moved."""
    turn = _turn_of(before, Status(locked.case.status), undone=undone)
    if turn is not None:
        move(locked, turn, by)


def after_message(locked: Locked, message: Message, *, acknowledges: bool = False) -> None:
    """Move the court after a message; notes, records and automatic mails move nothing.

    `acknowledges`: its writer takes the work on by it, and says nothing that asks for an answer.
    """
    if message.is_automatic or not locked.case.is_active:
        return
    if message.audience == Audience.PARTNER:
        turn = Turn.ACKNOWLEDGED if acknowledges else Turn.WROTE_TO_PARTNER
        move(locked, turn, message.author_organisation_id, message.created_at)
    elif message.audience == Audience.CUSTOMER:
        answered = message.author_organisation_id is not None
        turn = Turn.ANSWERED_CUSTOMER if answered else Turn.CUSTOMER_WROTE
        move(locked, turn, at=message.created_at)


def _turn_of(before: Status, status: Status, *, undone: bool) -> Turn | None:
    """What a change of status means for the court; the first that fits."""
    if not status.is_active:
        return Turn.SOLVED
    if status is Status.ON_HOLD:
        return Turn.HELD
    if undone or before is Status.ON_HOLD:
        return Turn.WENT_ON
    if not before.is_active:
        return Turn.REOPENED
    if status is Status.PENDING_CUSTOMER:
        return Turn.ASKED_CUSTOMER
    return Turn.TOOK_IT_BACK if before is Status.PENDING_CUSTOMER else None


def _before(side: Side) -> Court | Goal:
    """Where the court was before nobody had to act; a side that has to stays where it is."""
    if side.court != NOBODY:
        return STAYS
    last = side.court_stays.exclude(court=NOBODY).order_by("-until", "-pk").first()
    return Court(last.court) if last else US


def _go(side: Side, court: Court, at: datetime) -> None:
    """Begin a stay, and keep the one that ends."""
    if side.court == court:
        return
    at = max(at, side.court_since)
    if at > side.court_since:
        CourtStay.objects.create(side=side, court=side.court, since=side.court_since, until=at)
    side.court, side.court_since = court, at
    Side.objects.filter(pk=side.pk).update(court=court, court_since=at)
