"""The timeline says what happened in words, to each reader what they may know."""

import pytest
from django.db import DatabaseError, connection, transaction

from caseway.accounts.viewer import Viewer
from caseway.cases.history.queries import timeline_of
from caseway.cases.lifecycle.actions import close, withdraw
from caseway.cases.models import Case, CaseEvent
from caseway.cases.ownership.actions import assign, claim, give_to_team
from caseway.cases.tests.story import closure_reason, raised_by_kim, shared_with_brightwater
from caseway.cases.watching.actions import add_watcher, follow
from caseway.demo.cast import Cast

pytestmark = pytest.mark.django_db


def sentences(case: Case, viewer: Viewer) -> list[str]:
    return [line.sentence for line in timeline_of([case], viewer)]


def test_each_reader_reads_who_did_it_as_they_may_know(cast: Cast) -> None:
    case = shared_with_brightwater(cast)
    claim(case, by=cast.at_desk(cast.ana))
    assert sentences(case, cast.at_desk(cast.ben)) == [
        "Kim Tran created the case",
        "Lea Brandt brought in Brightwater Freight",
        "Ana Ferreira claimed the case",
    ]
    assert sentences(case, cast.at_desk(cast.omar)) == [
        "Larkfield Home created the case",
        "Larkfield Home brought in Brightwater Freight",
        "Larkfield Home claimed the case",
    ]
    assert sentences(case, cast.in_portal(cast.kim)) == [
        "You created the case",
        "Ana Ferreira claimed the case",
    ]
    assert sentences(case, cast.at_desk(cast.pia)) == []


def test_what_is_between_colleagues_stays_there(cast: Cast) -> None:
    case, lea = shared_with_brightwater(cast), cast.at_desk(cast.lea)
    follow(case, by=lea)
    add_watcher(case, by=lea, person=cast.ben)
    give_to_team(case, by=lea, team=cast.larkfield.teams.get(name="Claims"))
    assert sentences(case, lea)[-3:] == [
        "Lea Brandt follows the case",
        "Lea Brandt added Ben Okafor as a watcher",
        "Lea Brandt gave the case to Claims",
    ]
    for other in (cast.at_desk(cast.omar), cast.in_portal(cast.kim)):
        assert not any("watcher" in s or "follows" in s or "Claims" in s for s in sentences(case, other))


def test_reason_and_note_are_a_sides_own(cast: Cast) -> None:
    case = shared_with_brightwater(cast)
    close(case, by=cast.at_desk(cast.lea), reason=closure_reason(cast).pk, note="goodwill of fifty")
    for reader, knows in ((cast.ben, True), (cast.omar, False)):
        line = timeline_of([case], cast.at_desk(reader))[-1]
        assert (line.note == "goodwill of fifty", bool(line.reason)) == (knows, knows)
    assert timeline_of([case], cast.in_portal(cast.kim))[-1].note == ""


def test_a_withdrawals_reason_is_the_customers_word_to_the_host(cast: Cast) -> None:
    case = shared_with_brightwater(cast)
    withdraw(case, by=cast.in_portal(cast.kim), note="Turned up")
    assert timeline_of([case], cast.at_desk(cast.ana))[-1].note == "Turned up"
    assert timeline_of([case], cast.at_desk(cast.omar))[-1].note == ""


def test_history_is_never_changed_or_removed(cast: Cast) -> None:
    raised_by_kim(cast)
    for act in (lambda: CaseEvent.objects.update(kind="x"), lambda: CaseEvent.objects.all().delete()):
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            act()


def test_the_number_of_queries_does_not_grow_with_the_history(cast: Cast) -> None:
    from django.test.utils import CaptureQueriesContext

    case, lea = shared_with_brightwater(cast), cast.at_desk(cast.lea)
    counts = []
    for owner in (cast.ana, cast.ben, cast.sam, cast.lea):
        assign(case, by=lea, to=owner)
        with CaptureQueriesContext(connection) as seen:
            sentences(case, lea)
        counts.append(len(seen))
    assert len(set(counts)) == 1
