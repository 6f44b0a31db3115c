"""Putting something into what somebody writes."""

from caseway.accounts.viewer import Viewer
from caseway.cases.guides.counting import record_inserted, visit_of
from caseway.cases.models import Side
from caseway.cases.types import Audience
from caseway.core.transactions import action

from .guides import guide_for, words_of


@action
def insert_guide(side: Side, audience: Audience, key: int, *, by: Viewer, composer: str) -> str:
    """The guide's text for these readers; counted once for each composer (the token of its form).

    Raises NotFound for a guide that one of the readers may not see.
    """
    guide = guide_for(side, audience, by, key)
    record_inserted(guide, by=by, visit=visit_of(by, "composer", composer))
    return words_of(guide, side, audience)
