"""Whether a case asks its customer, what was answered, and the figures of it by day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Count
from django.db.models.functions import TruncDate

from caseway.accounts.viewer import Viewer
from caseway.cases.models import Case, Closure, Satisfaction
from caseway.cases.status import Status
from caseway.cases.types import Verdict
from caseway.core.clock import now
from caseway.customers.models import Contact


@dataclass(frozen=True)
class Question:
    """The question about one closing, as its customer has it before them."""

    closure: Closure
    contact: Contact
    ends_at: datetime
    answer: Satisfaction | None

    @property
    def choices(self) -> list[tuple[str, str]]:
        """What may be answered, with the words for it."""
        return [(verdict.value, str(verdict.label)) for verdict in Verdict]

    @property
    def is_open(self) -> bool:
        """Whether it waits for an answer."""
        return self.answer is None

    @property
    def takes_comment(self) -> bool:
        """Whether a word may still be added to the answer."""
        return self.answer is not None and not self.answer.comment


def question_about(case: Case) -> Question | None:
    """The question that the case asks now: of its latest closing, while the case stays closed, for as
    many days as its host's policy says. None where nothing is asked. One query, where it is closed."""
    policy = case.host.policy
    if case.status != Status.CLOSED or case.contact is None or not policy.asks_satisfaction:
        return None
    closure = case.closures.select_related("satisfaction").order_by("-at", "-pk").first()
    if closure is None:
        return None
    ends_at = closure.at + timedelta(days=policy.satisfaction_days)
    return Question(closure, case.contact, ends_at, answer_to(closure)) if now() <= ends_at else None


def question_to(viewer: Viewer, case: Case) -> Question | None:
    """The same, if it is this viewer who is asked: the case's contact, and nobody for them."""
    if not viewer.is_contact or viewer.contact_id != case.contact_id:
        return None
    return question_about(case)


def answer_to(closure: Closure) -> Satisfaction | None:
    """What was answered to the question after the closing, if anything."""
    return getattr(closure, "satisfaction", None)


def answers_on(case: Case, viewer: Viewer) -> list[Satisfaction]:
    """What was answered after each closing of the case, the latest first, as far as the viewer may know."""
    return list(Satisfaction.objects.visible_to(viewer).filter(case=case).order_by("-answered_at", "-pk"))


@dataclass(frozen=True)
class DayOfAnswers:
    """How often each verdict was given on one day."""

    day: date
    verdict: Verdict
    count: int


def answers_by_day(
    viewer: Viewer, *, since: datetime, until: datetime, zone: ZoneInfo
) -> Iterator[DayOfAnswers]:
    """The answers that the viewer may know of, by day in `zone` and verdict; `until` is excluded."""
    within = Satisfaction.objects.visible_to(viewer).filter(answered_at__gte=since, answered_at__lt=until)
    rows = (
        within.order_by()
        .annotate(day=TruncDate("answered_at", tzinfo=zone))
        .values_list("day", "verdict")
        .annotate(count=Count("pk"))
        .order_by("day", "verdict")
    )
    for day, verdict, count in rows:
        yield DayOfAnswers(day, Verdict(verdict), count)
