"""The cases that somebody has begun and not sent."""

from uuid import UUID

from django.db.models import QuerySet

from caseway.accounts.viewer import Viewer
from caseway.cases.models import Case, CaseDraft, Submission
from caseway.core.errors import NotFound


def drafts_of(viewer: Viewer) -> QuerySet[CaseDraft]:
    """Those that are offered to go on with: something was written or attached. Latest first."""
    offered = CaseDraft.objects.visible_to(viewer).filter(set_aside_at=None)
    return offered.exclude(content__subject="", content__description="", content__attachments=[])


def draft_visible_to(viewer: Viewer, key: UUID) -> CaseDraft:
    """The viewer's draft with this key. Raises NotFound for anything else."""
    draft = CaseDraft.objects.visible_to(viewer).filter(pk=key).first()
    if draft is None:
        raise NotFound
    return draft


def case_made_of(viewer: Viewer, key: UUID) -> Case | None:
    """The case that came of the viewer's draft with this key, where it was sent."""
    mine = Submission.objects.filter(person=viewer.person_id, token=key).values("case")
    return Case.objects.visible_to(viewer).filter(pk__in=mine).first()


def as_uuid(text: str) -> UUID | None:
    """The key that `text` is; None where it is none."""
    try:
        return UUID(text)
    except ValueError:
        return None
