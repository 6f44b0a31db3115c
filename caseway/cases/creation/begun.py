"""A case on its way through the steps: what was entered, where it stands, and which page shows it."""

from dataclasses import dataclass, replace
from typing import Any, Self
from uuid import UUID, uuid4

from django.urls import reverse
from django.utils.functional import cached_property

from caseway.accounts.requests import ViewerRequest
from caseway.cases.drafting.actions import Overtaken, Page, keep
from caseway.cases.drafting.steps import ORDER, Step
from caseway.cases.models import CaseDraft, Category
from caseway.core.text import clean_line
from caseway.shipments.models import Shipment

from .forms import Entered
from .queries import item_chosen, shipment_chosen


@dataclass(frozen=True)
class Begun:
    """The draft as this page shows it; `overtaken` where another page has saved something else."""

    request: ViewerRequest
    draft: CaseDraft
    step: Step
    entered: Entered
    page: Page
    overtaken: Entered | None = None

    @classmethod
    def at(cls, request: ViewerRequest, draft: CaseDraft, step: Step) -> Self:
        """The draft at a step: as stored, with what the browser sent of this step."""
        entered, sent = Entered.kept(draft), request.POST
        if request.method == "POST":
            page = Page(clean_line(sent.get("page", ""), 64), clean_line(sent.get("seen", ""), 64))
            return cls(request, draft, step, entered.sent(step, sent), page)
        return cls(request, draft, step, entered, Page(uuid4().hex, draft.pages.get(step, "")))

    @property
    def key(self) -> UUID:
        """The draft's."""
        return self.draft.pk

    @cached_property
    def item(self) -> Category | None:
        """The item that was chosen, if customers may still choose it."""
        return item_chosen(self.request.viewer, self.entered.category)

    @cached_property
    def shipment(self) -> Shipment | None:
        """The shipment that was chosen, if it is still theirs."""
        return shipment_chosen(self.request.viewer, self.entered.shipment)

    @property
    def open_step(self) -> Step | None:
        """The first step before this one that must be put right; None where this one may be entered."""
        if self.step is not Step.TOPIC and self.item is None:
            return Step.TOPIC
        if self.step is Step.CONTENT and self.entered.shipment and self.shipment is None:
            return Step.SHIPMENT
        return None

    def url(self, step: Step | None = None) -> str:
        """The address of a step: this one's, unless told."""
        return step_url(self.key, step or self.step)

    def but(self, **changes: Any) -> Self:
        """The same with some of it changed."""
        return replace(self, **changes)

    def kept(self) -> Self:
        """Keep what was entered at this step. Gives it `overtaken` where somebody else's would be lost.

        Raises Invalid where it is beyond all limits.
        """
        try:
            draft = keep(self.key, self.step, self.entered.as_draft(), by=self.request.viewer, page=self.page)
        except Overtaken as other:
            return self.but(draft=other.draft, overtaken=Entered.kept(other.draft))
        return self.but(draft=draft)


def step_url(key: UUID, step: Step) -> str:
    """The address of a step of a draft."""
    return reverse(f"portal:new_{step}", args=[key])


def standing_at(draft: CaseDraft) -> Step:
    """The step with which to go on: the last that was saved, or the one after the topic."""
    saved = [step for step in ORDER if step in draft.pages]
    return saved[-1] if saved and saved[-1] is not Step.TOPIC else Step.GUIDANCE
