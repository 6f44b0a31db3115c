"""The mails on a case that wait for somebody's decision."""

from collections.abc import Sequence
from dataclasses import dataclass

from caseway.accounts.viewer import Viewer
from caseway.cases.models import Case
from caseway.mail.incoming.queries import first_held_on
from caseway.mail.models import RawMail

MOST_SHOWN = 10
"""More are shown as these are decided: a flood of mails must not bury the conversation."""


@dataclass(frozen=True)
class HeldMails:
    """The first of them, oldest first, and whether there are more."""

    mails: list[RawMail]
    more: bool


def held_mails(case: Case, viewer: Viewer, family: Sequence[int]) -> HeldMails:
    """What is held on the case or on one of `family`, those merged into it; one query."""
    found = first_held_on(viewer, family, MOST_SHOWN + 1)
    return HeldMails(found[:MOST_SHOWN], more=len(found) > MOST_SHOWN)
