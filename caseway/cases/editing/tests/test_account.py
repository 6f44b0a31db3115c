"""Whose customer a case is: copied to the host's side, where lists find it, and to no other."""

import pytest

from caseway.cases.editing.actions import edit
from caseway.cases.models import Case
from caseway.cases.partnering.actions import add_partner
from caseway.cases.tests.story import owned_by_ana, raised_by_kim, shared_with_brightwater, side_of
from caseway.cases.views.filters import CaseFilter
from caseway.cases.views.named import View
from caseway.demo.cast import Cast

pytestmark = pytest.mark.django_db


def found(cast: Cast, person: str) -> set[int]:
    wanted = CaseFilter(view=View.ALL).having({"customer": [str(cast.orchid.pk)]})
    viewer = cast.at_desk(getattr(cast, person))
    return {side.case_id for side in wanted.sides(viewer)}


def test_only_the_hosts_side_has_it(cast: Cast) -> None:
    case = shared_with_brightwater(cast)
    assert side_of(case, cast.larkfield).account == cast.orchid
    assert side_of(case, cast.brightwater).account is None
    assert found(cast, "ana") == {case.pk}
    assert found(cast, "omar") == set()


def test_a_case_that_is_given_a_contact_is_among_the_accounts(cast: Cast) -> None:
    case: Case = owned_by_ana(cast)
    ana = cast.at_desk(cast.ana)
    add_partner(case, by=ana, partner=cast.brightwater, subject="Crate", text="Look, please.")
    assert found(cast, "ana") == set()
    edit(case, by=ana, changes={"contact": str(cast.contact(cast.kim).pk)})
    assert found(cast, "ana") == {case.pk}
    assert side_of(case, cast.brightwater).account is None


def test_what_an_account_has_is_found_by_its_index_alone(cast: Cast) -> None:
    raised_by_kim(cast)
    wanted = CaseFilter(view=View.ALL).having({"customer": [str(cast.orchid.pk)], "status": ["active"]})
    asked = str(wanted.sides(cast.at_desk(cast.ana)).query)
    assert '"cases_side"."account_id" IN' in asked
    assert "cases_case" not in asked
