"""Streams from outside: who gets one, what comes over it, when it ends."""

import pytest

from caseway.accounts.models import Membership
from caseway.cases.editing.actions import edit
from caseway.cases.ownership.actions import claim
from caseway.cases.tests.story import fresh, owned_by_ana, says
from caseway.cases.types import Audience
from caseway.core.channels import NOTICES, notify
from caseway.live.presence.actions import be_here, leave
from caseway.live.streams import MOST_OF_ONE
from tests.faults.processes import wait_until
from tests.live.serving import status_of

pytestmark = pytest.mark.fault
SOON = 45
"""Seconds within which a lost right ends a stream: it promises a minute."""


def test_what_happens_arrives_at_those_who_may_know(people, case, listen):
    ana, omar, kim, pia = (
        listen(people.ana), listen(people.omar), listen(people.kim, at="portal"), listen(people.pia)
    )  # fmt: skip

    says(case, people.at_desk(people.lea), Audience.PARTNER, "Where is it?")
    told = ana.next("case").data
    assert (told["number"], told["kinds"], told["mine"]) == (case.number, ["message.posted"], False)
    assert omar.next("case").data["number"] == case.number

    claim(fresh(case), by=people.at_desk(people.ana))
    edit(fresh(case), by=people.at_desk(people.ana), changes={"crm_number": "SF-1"})
    assert "case.edited" in ana.next("case").data["kinds"] + [k for e in ana.rest() for k in e.data["kinds"]]
    says(fresh(case), people.at_desk(people.ana), Audience.RECORD, "Privileged.")
    says(fresh(case), people.at_desk(people.ana), Audience.CUSTOMER, "Soon.")

    assert "message.posted" in {kind for event in kim.rest(3) for kind in event.data.get("kinds", ())}
    partners = {kind for event in omar.rest() for kind in event.data.get("kinds", ())}
    assert "case.edited" not in partners
    assert "message.posted" not in partners
    assert pia.rest() == []


def test_a_number_that_may_not_be_known_is_never_sent(people, case, listen):
    omar, pia = listen(people.omar), listen(people.pia)
    hidden = owned_by_ana(people)
    claimed = claim(case, by=people.at_desk(people.ana))

    assert omar.next("case").data["number"] == claimed.number
    assert hidden.number not in str(omar.rest())
    assert pia.rest() == []


def test_who_comes_back_gets_what_was_missed(people, case, listen):
    first = listen(people.ana)
    says(case, people.at_desk(people.lea), Audience.TEAM, "One.")
    position = first.next("case").position
    first.close()
    says(case, people.at_desk(people.lea), Audience.TEAM, "Two.")
    other = owned_by_ana(people)

    again = listen(people.ana, after=position)  # waits for "ready", which follows what was missed

    missed = [event for event in again.passed if event.kind == "case"]
    assert {event.data["number"] for event in missed} == {case.number, other.number}
    assert int(again.position) >= int(position)


def test_who_was_away_too_long_loads_anew(people, listen):
    late = listen(people.ana, after="999999999999")

    assert [event.kind for event in late.passed] == ["reload"]


@pytest.mark.parametrize("at", ["desk", "portal"])
def test_without_a_session_there_is_no_stream(people, events_port, listen, at):
    assert status_of(events_port) == 401
    assert listen(None, session="0" * 32, at=at).status == 401
    assert listen(people.new_agent).status == 401
    assert listen(people.kim).status == 401


def test_a_person_has_so_many_streams_and_no_more(people, listen):
    streams = [listen(people.ana) for _ in range(MOST_OF_ONE)]

    assert listen(people.ana).status == 429
    assert listen(people.ben).status == 200
    streams[0].close()

    assert wait_until(lambda: listen(people.ana).status == 200, 20) < 20  # with the next mark it is noticed


def test_a_stream_ends_soon_after_its_reader_may_no_longer_read(people, case, listen):
    deactivated, unseated, signed_out, stays = (
        listen(people.ana), listen(people.ben), listen(people.lea), listen(people.sam)
    )  # fmt: skip
    people.ana.is_active = False
    people.ana.save()
    Membership.objects.filter(person=people.ben).update(is_active=False)
    people.lea.session_epoch += 1
    people.lea.save()

    assert all(stream.has_ended(SOON) for stream in (deactivated, unseated, signed_out))
    says(case, people.at_desk(people.admin), Audience.TEAM, "After.")
    assert stays.next("case").data["number"] == case.number


def test_colleagues_see_who_is_here_and_partners_do_not(people, case, listen):
    ana, omar = listen(people.ana), listen(people.omar)
    ben = people.at_desk(people.ben)

    be_here(case, by=ben, writing=False)
    first = ana.next("presence").data
    be_here(case, by=ben, writing=True)
    second = ana.next("presence").data
    leave(case, by=ben)
    third = ana.next("presence").data

    assert first["number"] == case.number
    assert [[(one["name"], one["writing"]) for one in told["people"]] for told in (first, second, third)] == [
        [(str(people.ben), False)], [(str(people.ben), True)], []
    ]  # fmt: skip
    assert omar.rest() == []


def test_a_notice_reaches_the_one_whom_it_is_for(people, listen):
    ana, ben = listen(people.ana), listen(people.ben)

    notify(NOTICES, str(people.ana.pk))

    assert ana.next("notices").data == {}
    assert ben.rest() == []
