"""Editing: our side's fields, guarded against lost updates, closed once the case is solved."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from caseway.accounts.models import Person
from caseway.cases.editing.actions import Overlap, edit
from caseway.cases.lifecycle.actions import cancel
from caseway.cases.models import CaseEvent, Priority
from caseway.cases.tests.story import fresh, owned_by_ana, raised_by_kim, shared_with_brightwater, side_of
from caseway.core.errors import Conflict, Invalid, NotAllowed, NotFound, Stale
from caseway.demo.cast import Cast, make_cast

pytestmark = pytest.mark.django_db


def test_fields_are_changed_and_their_names_kept_not_their_text(cast: Cast) -> None:
    case = owned_by_ana(cast)
    edit(case, by=cast.at_desk(cast.ana), changes={"subject": "Crate lost", "tags": ["Claim", "claim "]})
    side = side_of(case, cast.larkfield)
    assert (side.subject, side.tags) == ("Crate lost", ["claim"])
    event = CaseEvent.objects.get(case=case, kind="case.edited")
    assert event.payload == {"changed": ["subject", "tags"]}


def test_a_stale_edit_is_refused_with_what_is_stored(cast: Cast) -> None:
    case, ana = owned_by_ana(cast), cast.at_desk(cast.ana)
    version = side_of(case, cast.larkfield).version
    edit(case, by=cast.at_desk(cast.ben), changes={"subject": "Ben's words"}, version=version)
    with pytest.raises(Stale) as stale:
        edit(case, by=ana, changes={"subject": "Ana's words"}, version=version)
    assert stale.value.current["subject"] == "Ben's words"
    assert side_of(case, cast.larkfield).subject == "Ben's words"


def test_the_partners_private_edits_make_nothing_stale_here(cast: Cast) -> None:
    case = shared_with_brightwater(cast)
    version = side_of(case, cast.larkfield).version
    edit(case, by=cast.at_desk(cast.omar), changes={"crm_number": "BW-1"})
    edit(case, by=cast.at_desk(cast.lea), changes={"crm_number": "LK-1"}, version=version)
    assert side_of(case, cast.larkfield).crm_number == "LK-1"
    assert side_of(case, cast.brightwater).crm_number == "BW-1"


def test_the_type_is_true_for_everyone(cast: Cast) -> None:
    case = shared_with_brightwater(cast)
    edit(case, by=cast.at_desk(cast.omar), changes={"type": "lost"})
    assert set(case.sides.values_list("type", flat=True)) == {"lost"}


def test_a_partner_cannot_move_the_case_to_another_shipment(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        edit(shared_with_brightwater(cast), by=cast.at_desk(cast.omar), changes={"shipment": None})


def test_foreign_choices_are_refused_whole(cast: Cast) -> None:
    case = owned_by_ana(cast)
    foreign = Priority.objects.filter(organisation=cast.brightwater).first()
    assert foreign is not None
    with pytest.raises(Invalid):
        edit(case, by=cast.at_desk(cast.ana), changes={"subject": "New", "priority": foreign.pk})
    assert side_of(case, cast.larkfield).subject == "Crate held"


def test_a_solved_case_is_closed_to_edits_and_strangers_never_get_in(cast: Cast) -> None:
    case, lea = raised_by_kim(cast), cast.at_desk(cast.lea)
    with pytest.raises(NotFound):
        edit(case, by=cast.at_desk(cast.pia), changes={"subject": "x"})
    cancel(case, by=lea, note="x")
    with pytest.raises(Conflict):
        edit(fresh(case), by=lea, changes={"subject": "x"})


def test_unknown_fields_are_named(cast: Cast) -> None:
    with pytest.raises(Invalid) as refused:
        edit(owned_by_ana(cast), by=cast.at_desk(cast.ana), changes={"status": "closed"})
    assert set(refused.value.errors) == {"status"}


def test_edits_of_different_fields_both_hold(cast: Cast) -> None:
    case = owned_by_ana(cast)
    edit(case, by=cast.at_desk(cast.ben), changes={"crm_number": "SF-1"}, before={"crm_number": ""})
    edit(case, by=cast.at_desk(cast.ana), changes={"tags": ["claim"]}, before={"tags": ""})
    side = side_of(case, cast.larkfield)
    assert (side.crm_number, side.tags) == ("SF-1", ["claim"])


def test_the_same_field_is_refused_with_what_it_holds(cast: Cast) -> None:
    case = owned_by_ana(cast)
    edit(case, by=cast.at_desk(cast.ben), changes={"crm_number": "SF-1"}, before={"crm_number": ""})
    changes = {"crm_number": "SF-2", "tags": ["claim"]}
    with pytest.raises(Overlap) as overlap:
        edit(case, by=cast.at_desk(cast.ana), changes=changes, before={"crm_number": "", "tags": ""})
    side = side_of(case, cast.larkfield)
    assert overlap.value.stored == {"crm_number": "SF-1"}
    assert (side.crm_number, side.tags) == ("SF-1", [])


def test_who_wants_what_is_stored_already_has_no_quarrel(cast: Cast) -> None:
    case = owned_by_ana(cast)
    edit(case, by=cast.at_desk(cast.ben), changes={"crm_number": "SF-1"}, before={"crm_number": ""})
    edit(case, by=cast.at_desk(cast.ana), changes={"crm_number": "SF-1"}, before={"crm_number": ""})
    assert CaseEvent.objects.filter(case=case, kind="case.edited").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_at_once_on_one_field_and_on_two(transactional_db: None) -> None:
    """Real threads: of two who change one field one is told; two who change two both hold."""
    cast = make_cast()
    case = owned_by_ana(cast)

    def attempt(by: Person, changes: dict[str, object]) -> str:
        try:
            edit(case, by=cast.at_desk(by), changes=changes, before=dict.fromkeys(changes, ""))
        except Overlap:
            return "told"
        finally:
            connection.close()
        return "held"

    with ThreadPoolExecutor(2) as pool:
        same = list(pool.map(attempt, [cast.ana, cast.ben], [{"crm_number": "A"}, {"crm_number": "B"}]))
        apart = list(pool.map(attempt, [cast.ana, cast.ben], [{"tags": ["claim"]}, {"deadline": None}]))

    assert sorted(same) == ["held", "told"]
    assert apart == ["held", "held"]
