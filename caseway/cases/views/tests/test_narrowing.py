"""The fields of the filter: each keeps what fits, says what it is, and tells nobody of another's."""

from datetime import timedelta

import pytest

from caseway.accounts.viewer import Viewer
from caseway.cases.creation.actions import create
from caseway.cases.creation.fields import NewCase
from caseway.cases.models import Case, Priority
from caseway.cases.models.task import TaskStatus
from caseway.cases.ownership.actions import claim
from caseway.cases.tasks import actions as tasks
from caseway.cases.tasks.tests.work import noted
from caseway.cases.tests.story import raised_by_kim, says, shared_with_brightwater
from caseway.cases.types import Audience
from caseway.cases.views.filters import CaseFilter
from caseway.cases.views.named import View
from caseway.cases.views.queries import listing_of
from caseway.core.clock import now
from caseway.core.errors import Invalid
from caseway.demo.cast import Cast

pytestmark = pytest.mark.django_db


def wanted(**query: str) -> CaseFilter:
    asked = {name.replace("__", "."): [value] for name, value in query.items()}
    return CaseFilter.from_query(asked, view=View.ALL)


def numbers(viewer: Viewer, **query: str) -> set[str]:
    return {row.side.number for row in listing_of(wanted(**query), viewer).rows}


@pytest.fixture
def table(cast: Cast) -> Case:
    """An urgent case about a table, due in three days, of Orchid's."""
    urgent = Priority.objects.get(organisation=cast.larkfield, rank=4)
    new = NewCase(
        subject="Table wobbles",
        description="One leg is shorter.",
        account=cast.orchid.pk,
        priority=urgent.pk,
        tags=("claim", "show room"),
        deadline=now() + timedelta(days=3),
    )
    return create(new, by=cast.at_desk(cast.ana))


def test_each_field_keeps_what_fits(cast: Cast, table: Case) -> None:
    ana, other = cast.at_desk(cast.ana), raised_by_kim(cast)
    urgent = str(Priority.objects.get(organisation=cast.larkfield, rank=4).pk)
    soon = (now() + timedelta(days=3)).date().isoformat()
    late = (now() + timedelta(days=5)).date().isoformat()
    assert numbers(ana) == {table.number, other.number}
    assert numbers(ana, priority=urgent) == {table.number}
    assert numbers(ana, tag="Show room") == {table.number}
    assert numbers(ana, tag="show") == set()
    assert numbers(ana, deadline__before=soon) == {table.number}
    assert numbers(ana, deadline__after=late) == set()
    assert numbers(ana, customer=str(cast.orchid.pk)) == {table.number, other.number}
    assert numbers(ana, customer=str(cast.fernwood.pk)) == set()


def test_open_tasks_are_those_of_ones_own_side(cast: Cast, table: Case) -> None:
    ana = cast.at_desk(cast.ana)
    shared = shared_with_brightwater(cast)
    claim(shared, by=cast.at_desk(cast.omar))
    noted(shared, cast.at_desk(cast.omar))
    assert numbers(ana, tasks="open") == set()
    ours = noted(table, ana)
    assert numbers(ana, tasks="open") == {table.number}
    assert numbers(cast.at_desk(cast.omar), tasks="open") == {shared.number}
    tasks.move(ours, by=ana, status=TaskStatus.DONE)
    assert numbers(ana, tasks="open") == set()
    sentence = wanted(tasks="open").sentence(ana)
    assert sentence.endswith("Tasks open")


def test_a_keyword_is_of_subject_and_description_not_of_what_was_said(cast: Cast, table: Case) -> None:
    ana = cast.at_desk(cast.ana)
    says(table, ana, Audience.TEAM, "Ask the carpenter")
    orchid, fernwood = str(cast.orchid.pk), str(cast.fernwood.pk)
    for known in ("wobbles", "shorter", "leg table"):
        assert numbers(ana, keyword=known) == {table.number}
    assert numbers(ana, keyword="carpenter") == set()
    assert numbers(ana, q="carpenter") == {table.number}
    assert numbers(ana, keyword="wobbles", customer=orchid) == {table.number}
    assert numbers(ana, keyword="wobbles", customer=fernwood) == set()


def test_to_a_partner_no_case_is_anybodys(cast: Cast) -> None:
    shared = shared_with_brightwater(cast)
    omar, account = cast.at_desk(cast.omar), str(cast.orchid.pk)
    assert numbers(omar) == {shared.number}
    assert numbers(omar, customer=account) == set()
    assert "Orchid" not in wanted(customer=account).sentence(omar)


@pytest.mark.parametrize("query", [{"priority": "high"}, {"customer": "Orchid"}, {"deadline__after": "soon"}])
def test_what_is_no_value_is_said(query: dict[str, str]) -> None:
    with pytest.raises(Invalid):
        wanted(**query)


def test_chips_name_what_ids_mean(cast: Cast) -> None:
    ana = cast.at_desk(cast.ana)
    urgent = Priority.objects.get(organisation=cast.larkfield, rank=4)
    asked = wanted(priority=str(urgent.pk), customer=str(cast.orchid.pk), tag="claim", keyword="leg")
    values = {chip.name: chip.value for chip in asked.chips(ana)}
    assert values == {"priority": "Urgent", "customer": "Orchid Hotels", "tag": "claim", "keyword": "leg"}


def test_what_the_address_says_already_is_not_repeated(cast: Cast) -> None:
    all_cases = CaseFilter(view=View.ALL, fixed=frozenset({"view", "customer"}))
    fixed = all_cases.having({"customer": ["7"], "status": ["active"]})
    assert fixed.query_string() == "status=active"
    assert "customer=7" in fixed.whole
