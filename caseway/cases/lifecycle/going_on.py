"""How a case goes on when its customer writes: the one rule for the portal and for mail."""

from enum import Enum

from caseway.cases.models import Case
from caseway.cases.status import Status

from .actions import reopens_in_time


class GoingOn(Enum):
    """What the customer's words lead to."""

    JOINS = "joins"
    """The case is active: they join it."""
    MAY_REOPEN = "may reopen"
    """It was solved not long ago: it may be taken up again (a mail does so, the portal asks)."""
    FOLLOW_UP = "follow-up"
    """It was solved too long ago: a case of their own is made of them, linked to this one."""
    ELSEWHERE = "elsewhere"
    """It was merged: they belong to the surviving case."""


def going_on(case: Case) -> GoingOn:
    """How the case goes on, by its status and its host's policy.

    One that was merged into another customer's goes on talking with its own, while that one lasts.
    """
    if case.status == Status.MERGED:
        if not case.speaks_for_itself:
            return GoingOn.ELSEWHERE
        return GoingOn.JOINS if survivor_of(case).is_active else GoingOn.FOLLOW_UP
    if case.is_active:
        return GoingOn.JOINS
    return GoingOn.MAY_REOPEN if reopens_in_time(case) else GoingOn.FOLLOW_UP


def survivor_of(case: Case) -> Case:
    """The case into which this one was merged, at the end of the chain; itself if it wasn't."""
    while case.merged_into is not None:
        case = case.merged_into
    return case


def talks_at(case: Case) -> Case:
    """The case on which we go on talking with the customer of this one: where it was merged, the
    survivor, but never a case of another customer."""
    while case.merged_into is not None and not case.speaks_for_itself:
        case = case.merged_into
    return case
