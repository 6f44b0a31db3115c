"""Counts are honest: once for each form of each session, and a case raised after all takes one back."""

import pytest

from caseway.accounts.viewer import Viewer
from caseway.cases.guides.counting import (
    counts_of,
    record_opened,
    record_shown,
    record_solved,
    take_back_solved,
    visit_of,
)
from caseway.cases.models import Category, GuideUse
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
        record_solved(guide, by=kim, visit=visit)
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


def test_one_visit_is_solved_once_whichever_guides_helped(cast: Cast, kim: Viewer, guide: Guide) -> None:
    visit, other = visit_of(kim, "session", "form"), guide_of(larkfields(cast), "Other")
    record_solved(guide, by=kim, visit=visit)
    record_solved(other, by=kim, visit=visit)
    assert (counted(guide)[2], counted(other)[2]) == (1, 0)


def test_a_case_raised_after_all_takes_the_deflection_back(kim: Viewer, guide: Guide) -> None:
    visit = visit_of(kim, "session", "form")
    record_opened(guide, by=kim, visit=visit)
    record_solved(guide, by=kim, visit=visit)
    take_back_solved(visit)
    assert counted(guide) == (0, 1, 0)


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
