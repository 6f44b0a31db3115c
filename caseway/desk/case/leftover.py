"""What somebody was writing when the case was merged, with the case that it can go along to."""

from collections.abc import Iterable
from dataclasses import dataclass

from caseway.accounts.viewer import Viewer
from caseway.cases.conversation.along import goes_on_at
from caseway.cases.models import Case, Draft
from caseway.cases.types import Audience
from caseway.core.text import excerpt

LONGEST_EXCERPT = 160


@dataclass(frozen=True)
class LeftOver:
    """One text. `number` is where it goes on; "" where the writer doesn't see that case."""

    audience: str
    reader: str
    text: str
    number: str

    @property
    def shown(self) -> str:
        """The beginning of it; all of it where it can only be copied."""
        return excerpt(self.text, LONGEST_EXCERPT) if self.number else self.text


def left_over(
    drafts: Iterable[Draft], case: Case, viewer: Viewer, *, customer: str, partner: str
) -> list[LeftOver]:
    """The texts of these drafts. `customer` and `partner` name whom they were for."""
    return [
        LeftOver(
            audience=draft.audience,
            reader=partner if draft.audience == Audience.PARTNER else customer,
            text=str(draft.content.get("text", "")),
            number=_number_seen(goes_on_at(case, Audience(draft.audience)), viewer),
        )
        for draft in drafts
    ]


def _number_seen(home: Case, viewer: Viewer) -> str:
    """The number of the case, where the viewer may know it."""
    return home.number if Case.objects.visible_to(viewer).filter(pk=home.pk).exists() else ""
