"""How often guides were shown, opened, solved it, or were put into an answer: once for each visit.

A visit is one form in one session (`visit_of`), so that somebody who reads three guides while
writing one case counts once for each, and a case that was raised after all takes the
deflection back (`take_back_solved`).
"""

from collections.abc import Iterable, Mapping

from django.db.models import Count
from django.utils.crypto import salted_hmac

from caseway.accounts.viewer import Viewer
from caseway.cases.models import Category, GuideUse
from caseway.core.transactions import action
from caseway.guidance.models import Guide

Kind = GuideUse.Kind


def visit_of(viewer: Viewer, session: str, form: str = "") -> str:
    """The visit of a viewer: this session (its key, or the id of a token) and this form (its own token)."""
    return salted_hmac(
        "guides", f"{viewer.us}:{viewer.person_id}:{session}:{form}", algorithm="sha256"
    ).hexdigest()


def record_shown(
    guides: Iterable[Guide], *, to: Viewer, visit: str, category: Category | None = None
) -> None:
    """They were suggested."""
    _record(guides, Kind.SHOWN, to, visit, category)


def record_opened(guide: Guide, *, by: Viewer, visit: str, category: Category | None = None) -> None:
    """Its text was opened."""
    _record([guide], Kind.OPENED, by, visit, category)


def record_solved(guide: Guide, *, by: Viewer, visit: str, category: Category | None = None) -> None:
    """ "This solved it" was said. Of one visit only the first such guide counts: it is one case less."""
    _record([guide], Kind.SOLVED, by, visit, category)


def record_inserted(guide: Guide, *, by: Viewer, visit: str) -> None:
    """An agent put it into what they are writing; `visit` is that one composer."""
    rows = [GuideUse(guide=guide, kind=Kind.INSERTED, visit=visit)]
    GuideUse.objects.bulk_create(rows, ignore_conflicts=True)


@action
def take_back_solved(visit: str) -> None:
    """The visit ended with a case after all."""
    GuideUse.objects.filter(visit=visit, kind=Kind.SOLVED).delete()


def counts_of(guides: Iterable[Guide]) -> Mapping[int, dict[str, int]]:
    """By the guide's id: how often it was shown, opened, solved it and was inserted. One query."""
    keys = [guide.pk for guide in guides]
    counts = {key: dict.fromkeys(Kind.values, 0) for key in keys}
    rows = GuideUse.objects.filter(guide__in=keys).values_list("guide", "kind").annotate(n=Count("pk"))
    for key, kind, count in rows.order_by():
        counts[key][kind] = count
    return counts


@action
def _record(
    guides: Iterable[Guide], kind: Kind, viewer: Viewer, visit: str, category: Category | None
) -> None:
    """Only what customers do counts: an agent who looks at the portal's guides deflects nothing."""
    if not viewer.is_contact:
        return
    rows = [GuideUse(guide=guide, kind=kind, visit=visit, category=category) for guide in guides]
    GuideUse.objects.bulk_create(rows, ignore_conflicts=True)
