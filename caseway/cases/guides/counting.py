"""How often guides were shown, opened, solved it, or were put into an answer: once for each visit.

A visit is one form in one session (`visit_of`), so that somebody who reads three guides while
writing one case counts once for each. A deflection is one customer's, topic's and day's (of UTC),
whatever they read it on: a case that they raise after all takes it back (`take_back_solved`).
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from django.db.models import Count
from django.utils.crypto import salted_hmac

from caseway.accounts.viewer import Viewer
from caseway.cases.models import Case, Category, GuideUse, Side
from caseway.core.clock import now
from caseway.core.transactions import action
from caseway.guidance.models import Guide

Kind = GuideUse.Kind
AFTER_ALL = timedelta(hours=24)
"""How long after "this solved it" a case of the same topic says that it didn't."""


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


def record_solved(guide: Guide, *, by: Viewer, category: Category | None = None) -> None:
    """ "This solved it" was said. It is one case less, however many guides of the topic it is said of."""
    topic = _topic_of(category)
    _record([guide], Kind.SOLVED, by, _deflection(by.us, by.person_id, topic, now().date()), category)


def record_inserted(guide: Guide, *, by: Viewer, visit: str) -> None:
    """An agent put it into what they are writing; `visit` is that one composer."""
    rows = [GuideUse(guide=guide, kind=Kind.INSERTED, visit=visit)]
    GuideUse.objects.bulk_create(rows, ignore_conflicts=True)


@action
def take_back_solved(case: Case) -> None:
    """Its customer has raised a case after all: no guide of its topic, or of none, has spared it.

    A case without a topic (a mail, say) may be about any.
    """
    person = case.contact.person_id if case.contact else None
    if person is None:
        return
    days = (now().date(), now().date() - timedelta(days=1))
    visits = [_deflection(case.host_id, person, topic, day) for topic in _topics_of(case) for day in days]
    solved = GuideUse.objects.filter(kind=Kind.SOLVED, visit__in=visits, at__gt=now() - AFTER_ALL)
    solved.delete()


def _topics_of(case: Case) -> list[int | None]:
    category = Side.objects.select_related("category").get(case=case, organisation=case.host_id).category
    if category is not None:
        return [None, _topic_of(category)]
    every = Category.objects.filter(organisation=case.host_id, parent=None)
    return [None, *every.values_list("pk", flat=True)]


def _topic_of(category: Category | None) -> int | None:
    return (category.parent_id or category.pk) if category else None


def _deflection(organisation_id: int, person_id: int | None, topic: int | None, day: date) -> str:
    """What all devices of a customer call the same deflection; a digest, which leads back to nobody."""
    named = f"{organisation_id}:{person_id}:{topic or ''}:{day.isoformat()}"
    return salted_hmac("deflection by a guide", named, algorithm="sha256").hexdigest()


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
