"""Counts are honest: once for each form of each session, and a case raised after all takes one back."""

from datetime import timedelta

import pytest

from caseway.accounts.viewer import Viewer
from caseway.cases.creation.actions import create
from caseway.cases.creation.fields import NewCase
from caseway.cases.guides.counting import (
    counts_of,
    record_opened,
    record_shown,
    record_solved,
    visit_of,
)
from caseway.cases.models import Category, GuideUse
from caseway.core.clock import now, standing_at
from caseway.demo.cast import Cast
from caseway.guidance.models import Guide
from caseway.guidance.tests.writing import guide_of, larkfields

pytestmark = pytest.mark.django_db


@pytest.fixture
def kim(cast: Cast) -> Viewer:
    return cast.in_portal(cast.kim)


@pytest.fixture
def guide(cast: Cast) -> Guide:
    return guide_of(larkfields(cast))


def counted(guide: Guide) -> tuple[int, int, int]:
    counts = counts_of([guide])[guide.pk]
    return counts["shown"], counts["opened"], counts["solved"]


def test_a_reload_counts_nothing_again(kim: Viewer, guide: Guide) -> None:
    visit = visit_of(kim, "session", "form")
    for _reload in range(3):
        record_shown([guide], to=kim, visit=visit)
        record_opened(guide, by=kim, visit=visit)
        record_solved(guide, by=kim)
    assert counted(guide) == (1, 1, 1)


def test_another_form_or_session_or_person_is_another_visit(cast: Cast, kim: Viewer, guide: Guide) -> None:
    jo = cast.in_portal(cast.jo)
    visits = {
        visit_of(kim, "a", "1"),
        visit_of(kim, "a", "2"),
        visit_of(kim, "b", "1"),
        visit_of(jo, "a", "1"),
    }
    for visit in visits:
        record_shown([guide], to=kim, visit=visit)
    assert counted(guide) == (4, 0, 0)


def test_one_topic_is_solved_once_a_day_whichever_guides_helped(
    cast: Cast, kim: Viewer, guide: Guide
) -> None:
    other, (goods, _delivery) = guide_of(larkfields(cast), "Other"), topics(cast)
    record_solved(guide, by=kim, category=goods)
    record_solved(other, by=kim, category=goods)
    assert (counted(guide)[2], counted(other)[2]) == (1, 0)
    with standing_at(now() + timedelta(days=1)):
        record_solved(other, by=kim, category=goods)
    assert (counted(guide)[2], counted(other)[2]) == (1, 1)


def topics(cast: Cast) -> tuple[Category, Category]:
    """An item of each of two topics."""
    items = Category.objects.filter(organisation=cast.larkfield, parent__isnull=False)
    first = items.order_by("pk")[0]
    return first, items.exclude(parent=first.parent).order_by("pk")[0]


def raises_a_case(by: Viewer, category: Category | None = None, hours: int = 0) -> None:
    with standing_at(now() + timedelta(hours=hours)):
        create(NewCase(subject="Still", description="Wet", category=category.pk if category else None), by=by)


def test_a_case_raised_after_all_takes_the_deflection_back_on_any_device(
    cast: Cast, kim: Viewer, guide: Guide
) -> None:
    goods, delivery = topics(cast)
    record_opened(guide, by=kim, visit=visit_of(kim, "one session", "form"))
    record_solved(guide, by=kim, category=goods)
    raises_a_case(kim, delivery)
    raises_a_case(cast.in_portal(cast.jo), goods)
    raises_a_case(kim, goods, hours=25)
    assert counted(guide) == (0, 1, 1)
    raises_a_case(kim, goods, hours=23)
    assert counted(guide) == (0, 1, 0)


@pytest.mark.parametrize("solved_as_topic", [False, True])
def test_without_a_topic_it_may_have_been_about_any(
    cast: Cast, kim: Viewer, guide: Guide, solved_as_topic: bool
) -> None:
    goods, _delivery = topics(cast)
    record_solved(guide, by=kim, category=goods if solved_as_topic else None)
    raises_a_case(kim, None if solved_as_topic else goods)
    assert counted(guide)[2] == 0


def test_what_agents_look_at_counts_nothing(cast: Cast, guide: Guide) -> None:
    record_opened(guide, by=cast.at_desk(cast.ana), visit="x")
    assert counted(guide) == (0, 0, 0)


def test_topic_and_moment_are_kept_and_nobody_can_be_told_from_them(
    cast: Cast, kim: Viewer, guide: Guide
) -> None:
    category = Category.objects.filter(organisation=cast.larkfield, parent__isnull=False).first()
    record_shown([guide], to=kim, visit=visit_of(kim, "session-key", "form"), category=category)
    use = GuideUse.objects.get()
    assert (use.category, use.at is not None) == (category, True)
    assert "session-key" not in use.visit
    assert not [field for field in GuideUse._meta.get_fields() if field.name in ("person", "contact")]
