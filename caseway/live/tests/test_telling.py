"""What goes over the stream: what the reader may see, and nothing of the rest."""

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from caseway.accounts.models import Membership
from caseway.accounts.viewer import NOBODY, agent_viewer
from caseway.cases.editing.actions import edit
from caseway.cases.models import Case, CaseEvent, Side
from caseway.cases.ownership.actions import claim
from caseway.cases.tests.story import fresh, owned_by_ana, raised_by_kim, says, shared_with_brightwater
from caseway.cases.types import Audience
from caseway.live.changes import COLUMNS, Happened
from caseway.live.sight import seen_by_each, sight_of
from caseway.live.telling import told_of

pytestmark = pytest.mark.django_db
ALL = ("ana", "ben", "lea", "admin", "sam", "omar", "iris", "pia", "kim", "jo", "max")


@pytest.fixture
def everybody(cast):
    seats = {name: getattr(cast, name) for name in ALL}
    viewers = {
        name: cast.in_portal(person) if person.email in cast.contacts else cast.at_desk(person)
        for name, person in seats.items()
    }
    return {**viewers, "nobody": NOBODY}


def latest(count=1):
    rows = CaseEvent.objects.order_by("-pk").values_list(*COLUMNS)[:count]
    return [Happened(*row) for row in rows][::-1]


def told(happened, everybody):
    return {
        name: [change.number for change in changes] for name, changes in told_of(happened, everybody).items()
    }


LARKFIELD = {"ana", "ben", "lea", "admin", "sam"}


def test_a_note_is_told_to_our_organisation_alone(cast, everybody):
    case = shared_with_brightwater(cast)
    says(case, cast.at_desk(cast.ana), Audience.TEAM, "Careful.")

    assert set(told(latest(), everybody)) == LARKFIELD


def test_a_private_act_of_the_other_side_is_not_told(cast, everybody):
    case = shared_with_brightwater(cast)
    claim(case, by=cast.at_desk(cast.ana))
    edit(fresh(case), by=cast.at_desk(cast.ana), changes={"crm_number": "SF-1"})

    assert set(told(latest(), everybody)) == LARKFIELD


def test_what_is_said_to_the_partner_is_told_to_both_sides_and_not_to_the_customer(cast, everybody):
    case = shared_with_brightwater(cast)
    says(case, cast.at_desk(cast.ana), Audience.PARTNER, "Where is it?")

    assert set(told(latest(), everybody)) == LARKFIELD | {"omar", "iris"}


def test_what_is_said_to_the_customer_is_told_to_the_customer_and_not_to_the_partner(cast, everybody):
    case = shared_with_brightwater(cast)
    says(case, cast.at_desk(cast.ana), Audience.CUSTOMER, "It is on its way.")

    # Kim administers her account; Jo, of the same account, sees her own cases only.
    posted = [one for one in latest(2) if one.kind == "message.posted"]
    assert set(told(posted, everybody)) == LARKFIELD | {"kim"}


def test_a_record_is_told_to_the_owner_and_to_administrators(cast, everybody):
    case = shared_with_brightwater(cast)
    claim(case, by=cast.at_desk(cast.ben))
    says(fresh(case), cast.at_desk(cast.ben), Audience.RECORD, "Privileged.")

    assert set(told(latest(), everybody)) == {"ben", "admin"}


def test_an_internal_case_is_told_to_no_partner_not_even_its_number(cast, everybody):
    case = owned_by_ana(cast)

    assert told(latest(), everybody) == {key: [case.number] for key in LARKFIELD}


def test_versions_are_those_of_the_reader(cast, everybody):
    case = shared_with_brightwater(cast)
    says(case, cast.at_desk(cast.ana), Audience.CUSTOMER, "Soon.")

    changes = told_of(latest(), everybody)

    assert changes["ana"][0].version == Side.objects.get(case=case, organisation=cast.larkfield).version
    assert changes["kim"][0].version == fresh(case).customer_version
    assert (changes["ana"][0].mine, changes["ben"][0].mine) == (True, False)


def test_agents_of_some_teams_are_told_of_their_cases_alone(cast, everybody):
    cast.larkfield.stored_policy = {"agents_see_all": False}
    cast.larkfield.save()
    for name in ("ana", "ben", "lea"):
        person = getattr(cast, name)
        everybody[name] = agent_viewer(Membership.objects.get(person=person))
    case = owned_by_ana(cast)

    assert set(told(latest(), everybody)) & {"ana", "ben", "lea"} == {"ana", "lea"}
    assert case.number


def test_viewers_of_equal_sight_see_the_same_as_each_would_alone(cast, everybody):
    for case in (shared_with_brightwater(cast), owned_by_ana(cast), raised_by_kim(cast, "Another")):
        assert case.number
    together = seen_by_each(everybody, Case.objects.visible_to, sight_of)

    alone = {
        name: set(Case.objects.visible_to(v).values_list("pk", flat=True)) for name, v in everybody.items()
    }
    assert {name: set(found) for name, found in together.items()} == alone


def test_five_hundred_readers_cost_the_queries_of_one(cast):
    case = shared_with_brightwater(cast)
    says(case, cast.at_desk(cast.ana), Audience.PARTNER, "Where is it?")
    viewers = {n: cast.at_desk(cast.ana if n % 2 else cast.omar) for n in range(500)}
    happened = latest()

    with CaptureQueriesContext(connection) as seen:
        told = told_of(happened, viewers)

    assert len(told) == 500
    assert len(seen) == 2, [query["sql"] for query in seen.captured_queries]


def test_who_sees_by_person_is_asked_for_together(cast):
    cast.larkfield.stored_policy = {"agents_see_all": False}
    cast.larkfield.save()
    case = owned_by_ana(cast)
    ana = agent_viewer(Membership.objects.get(person=cast.ana))
    viewers = {n: replace(ana, team_ids=frozenset({n})) for n in range(3)} | {9: cast.at_desk(cast.omar)}
    happened = latest()

    with CaptureQueriesContext(connection) as seen:
        told = told_of(happened, viewers)

    assert {n: [c.number for c in changes] for n, changes in told.items()} == {
        key: [case.number] for key in range(3)
    }
    assert len(seen) == 2
