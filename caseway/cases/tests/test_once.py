"""Forms that are sent twice."""

from datetime import timedelta
from uuid import uuid4

from caseway.cases.models import Submission
from caseway.cases.once import forget_old_submissions, form_token, once
from caseway.cases.tests.story import raised_by_kim
from caseway.core.clock import now
from caseway.demo.cast import Cast


def test_the_second_time_gives_the_first_ones_case(cast: Cast) -> None:
    kim, token = cast.in_portal(cast.kim), uuid4()
    first = once(kim, token, lambda: raised_by_kim(cast))
    assert once(kim, token, lambda: raised_by_kim(cast)) == first
    assert once(kim, uuid4(), lambda: raised_by_kim(cast)) != first


def test_a_token_that_is_none_is_replaced() -> None:
    token = uuid4()
    assert form_token(str(token)) == token
    assert form_token("") != form_token("nonsense")


def test_old_ones_are_forgotten(cast: Cast) -> None:
    kim = cast.in_portal(cast.kim)
    for age in (0, 29, 31):
        token = uuid4()
        once(kim, token, lambda: raised_by_kim(cast))
        Submission.objects.filter(token=token).update(sent_at=now() - timedelta(days=age))
    assert forget_old_submissions() == 1
    assert Submission.objects.count() == 2
