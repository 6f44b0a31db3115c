"""Urging is offered where there is somebody else to be urged."""

import pytest

from caseway.cases.access.rules import Operation, offered
from caseway.cases.ownership.actions import claim
from caseway.cases.tests.story import fresh, raised_by_kim, side_of
from caseway.demo.cast import Cast


@pytest.mark.django_db
def test_urging_is_offered_where_somebody_else_owns_the_case(cast: Cast) -> None:
    case, ana, ben = raised_by_kim(cast), cast.at_desk(cast.ana), cast.at_desk(cast.ben)
    assert Operation.URGE not in offered(ben, case, side_of(case, cast.larkfield))
    claim(case, by=ana)
    side = side_of(case, cast.larkfield)
    assert Operation.URGE in offered(ben, fresh(case), side)
    assert Operation.URGE not in offered(ana, fresh(case), side)
