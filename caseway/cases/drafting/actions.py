"""Beginning a case, keeping what is entered, and ending it without a case."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from caseway.accounts.viewer import Viewer
from caseway.cases.models import CaseDraft
from caseway.core.clock import now
from caseway.core.errors import Conflict, Invalid, NotAllowed, NotFound
from caseway.core.text import clean
from caseway.core.transactions import action

from .queries import drafts_of
from .steps import Step

LONGEST = 5_300_000
"""Characters: no less than a request may carry."""
MOST = 30
"""Drafts of one person that are offered at once."""
KEPT_FOR = timedelta(days=90)
SET_ASIDE_FOR = timedelta(days=14)
EMPTY: dict[str, Any] = {
    "category": "", "shipment": "", "subject": "", "description": "", "follow_up": "", "attachments": [],
}  # fmt: skip


class Overtaken(Conflict):
    """Another page saved this step after the sender's page was shown; `draft` is what stands there."""

    def __init__(self, draft: CaseDraft) -> None:
        super().__init__(_("This was changed on another device or in another window."))
        self.draft = draft


@dataclass(frozen=True)
class Page:
    """A page of a browser: its own id, and the id of the page that it took a step's content from."""

    key: str
    seen: str = ""


@action
def begin(content: dict[str, Any], *, by: Viewer) -> CaseDraft:
    """A draft with this content. Raises NotAllowed for anybody but a contact, and Invalid beyond MOST."""
    if not by.is_contact:
        raise NotAllowed("Only customers begin a case here.")
    if drafts_of(by).count() >= MOST:
        raise Invalid({"draft": _("You have too many drafts. Send one, or throw one away.")})
    kept = EMPTY | _cleaned(content)
    return CaseDraft.objects.create(organisation_id=by.us, person_id=by.me, content=kept)


@action
def keep(key: UUID, step: Step, content: dict[str, Any], *, by: Viewer, page: Page) -> CaseDraft:
    """Keep what was entered at a step; saving the same again changes nothing.

    A draft that was set aside is taken up by it. Raises NotFound, Overtaken where another page has
    saved something else since this one was shown, and Invalid where it is beyond all limits.
    """
    draft = _locked(key, by)
    given = {name: value for name, value in _cleaned(content).items() if name in step.fields}
    if sum(len(str(value)) for value in given.values()) > LONGEST:
        raise Invalid({"description": _("This is too long to be kept.")})
    changes = any(draft.content.get(name) != value for name, value in given.items())
    if changes and draft.pages.get(step, "") not in ("", page.key, page.seen):
        raise Overtaken(draft)
    if changes or draft.set_aside_at:
        draft.content |= given
        draft.pages[step] = page.key
        draft.saved_at, draft.set_aside_at = now(), None
        draft.save()
    return draft


@action
def set_aside(key: UUID, *, by: Viewer) -> None:
    """Offer the draft no more: it was solved without a case, or thrown away. Twice is once."""
    mine = CaseDraft.objects.visible_to(by).filter(pk=key, set_aside_at=None)
    mine.update(set_aside_at=now())


@action
def take_up(key: UUID, *, by: Viewer) -> CaseDraft:
    """Offer it again. Raises NotFound."""
    draft = _locked(key, by)
    draft.set_aside_at = None
    draft.save(update_fields=["set_aside_at"])
    return draft


@action
def end(key: UUID, *, by: Viewer) -> None:
    """The draft has become a case."""
    CaseDraft.objects.visible_to(by).filter(pk=key).delete()


def forget_old_drafts() -> int:
    """Delete those untouched for 90 days, and those set aside for 14; returns how many."""
    old = Q(saved_at__lt=now() - KEPT_FOR) | Q(set_aside_at__lt=now() - SET_ASIDE_FOR)
    return CaseDraft.objects.filter(old).delete()[0]


def _locked(key: UUID, by: Viewer) -> CaseDraft:
    draft = CaseDraft.objects.visible_to(by).select_for_update(no_key=True).filter(pk=key).first()
    if draft is None:
        raise NotFound
    return draft


def _cleaned(content: dict[str, Any]) -> dict[str, Any]:
    return {
        name: clean(value) if isinstance(value, str) else [clean(one) for one in value]
        for name, value in content.items()
    }
