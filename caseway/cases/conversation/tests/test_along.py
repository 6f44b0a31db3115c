"""A case is merged while somebody writes on it: their words follow, to the same readers or not at all."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine

from caseway.cases.conversation.actions import Then
from caseway.cases.conversation.along import take_along
from caseway.cases.conversation.drafts import drafts_and_waiting, drafts_of, save_draft
from caseway.cases.conversation.sending import Outgoing
from caseway.cases.conversation.waiting import hold, send_due
from caseway.cases.creation.actions import create
from caseway.cases.creation.fields import NewCase
from caseway.cases.merging.actions import merge, unmerge
from caseway.cases.models import Case, Draft, Message
from caseway.cases.status import Status
from caseway.cases.tests.browsing import Desk
from caseway.cases.tests.story import closure_reason, fresh, raised_by_kim, shared_with_brightwater
from caseway.cases.types import Audience
from caseway.core.clock import now
from caseway.core.errors import Conflict, NotFound
from caseway.demo.cast import Cast

pytestmark = pytest.mark.django_db

CUSTOMER, PARTNER, TEAM = Audience.CUSTOMER, Audience.PARTNER, Audience.TEAM


@pytest.fixture
def merged(cast: Cast) -> tuple[Case, Case]:
    """Two cases of Kim's, the first one merged into the second while Ana was writing on it."""
    first, second = shared_with_brightwater(cast), raised_by_kim(cast)
    ana = cast.at_desk(cast.ana)
    for audience in (CUSTOMER, PARTNER, TEAM):
        save_draft(ana, first, audience, {"text": f"for the {audience.value}", "attachments": []})
    merge(first, by=cast.at_desk(cast.lea), into=second)
    return fresh(first), fresh(second)


def texts(cast: Cast, case: Case) -> dict[str, str]:
    kept = drafts_of(cast.at_desk(cast.ana), case)
    return {audience: draft.content["text"] for audience, draft in kept.items()}


def test_what_can_not_be_sent_here_any_more_is_shown_with_the_way_to_take_it_along(
    cast: Cast, merged: tuple[Case, Case]
) -> None:
    first, second = merged
    desk = Desk(cast.ana, first)
    page = desk.read()
    assert "for the customer" in page
    assert "for the partner" in page
    assert page.count(f"Take it along to {second.number}") == 2
    answer = desk.do("draft/move", audience="customer")
    assert answer.url == f"/desk/cases/{second.number}"
    assert "for the customer" in desk.get(answer.url).content.decode()
    assert "for the customer" not in desk.read()
    assert texts(cast, first) == {"partner": "for the partner", "team": "for the team"}


def test_it_goes_below_what_was_begun_there_and_twice_is_once(cast: Cast, merged: tuple[Case, Case]) -> None:
    first, second = merged
    ana = cast.at_desk(cast.ana)
    save_draft(ana, second, CUSTOMER, {"text": "Good morning", "attachments": ["1"]})
    left = Draft.objects.get(case=first, audience=CUSTOMER)
    left.content["attachments"] = ["1", "2"]
    left.save()
    for _time in range(2):
        assert take_along(first, CUSTOMER, by=ana) == second
    content = drafts_of(ana, second)["customer"].content
    assert content["text"] == "Good morning\n\nfor the customer"
    assert content["attachments"] == ["1", "2"]


def test_others_see_and_move_nothing_of_it(cast: Cast, merged: tuple[Case, Case]) -> None:
    first, second = merged
    assert "for the customer" not in Desk(cast.ben, first).read()
    take_along(first, CUSTOMER, by=cast.at_desk(cast.ben))
    assert texts(cast, first)["customer"] == "for the customer"
    assert not drafts_of(cast.at_desk(cast.ben), second)


def test_words_for_one_customer_never_come_to_another(cast: Cast) -> None:
    kims = raised_by_kim(cast)
    ana, lea = cast.at_desk(cast.ana), cast.at_desk(cast.lea)
    maxs = create(NewCase(subject="Late", description="Where?"), by=cast.in_portal(cast.max))
    save_draft(ana, kims, CUSTOMER, {"text": "Dear Kim"})
    merge(kims, by=lea, into=maxs, across_customers=True)
    assert "Take it along" not in Desk(cast.ana, kims).read()
    with pytest.raises(Conflict):
        take_along(fresh(kims), CUSTOMER, by=ana)
    assert texts(cast, kims) == {"customer": "Dear Kim"}
    assert texts(cast, maxs) == {}


def test_along_a_chain_they_stop_where_the_same_customer_is_talked_with(cast: Cast) -> None:
    one, two = raised_by_kim(cast), raised_by_kim(cast)
    ana, lea = cast.at_desk(cast.ana), cast.at_desk(cast.lea)
    maxs = create(NewCase(subject="Late", description="Where?"), by=cast.in_portal(cast.max))
    save_draft(ana, one, CUSTOMER, {"text": "Dear Kim"})
    merge(one, by=lea, into=two)
    merge(fresh(two), by=lea, into=maxs, across_customers=True)
    assert take_along(fresh(one), CUSTOMER, by=ana) == two
    assert texts(cast, two) == {"customer": "Dear Kim"}


def test_a_note_stays_and_an_unmerged_case_has_its_drafts_as_before(
    cast: Cast, merged: tuple[Case, Case]
) -> None:
    first, _second = merged
    ana = cast.at_desk(cast.ana)
    with pytest.raises(Conflict):
        take_along(first, TEAM, by=ana)
    unmerge(first, by=cast.at_desk(cast.lea))
    with pytest.raises(Conflict):
        take_along(fresh(first), CUSTOMER, by=ana)
    assert set(texts(cast, first)) == {"customer", "partner", "team"}
    assert "Take it along" not in Desk(cast.ana, first).read()


def test_who_does_not_see_the_other_case_keeps_the_words_to_copy(
    cast: Cast, merged: tuple[Case, Case], monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = merged
    seen = Case.objects.filter(pk=first.pk)
    monkeypatch.setattr("caseway.cases.conversation.along.Case.objects.visible_to", lambda _viewer: seen)
    with pytest.raises(NotFound):
        take_along(first, CUSTOMER, by=cast.at_desk(cast.ana))
    assert texts(cast, first)["customer"] == "for the customer"
    assert texts(cast, second) == {}


def test_what_was_sent_just_before_arrives_where_the_talk_goes_on_and_ends_nothing_there(cast: Cast) -> None:
    first, second = raised_by_kim(cast), raised_by_kim(cast)
    ana = cast.at_desk(cast.ana)
    Desk(cast.ana, first).do("claim")
    then = Then(Status.CLOSED, str(closure_reason(cast).pk), "done")
    hold(first, by=ana, outgoing=Outgoing(CUSTOMER, "It comes on Friday.", then=then), token=uuid4())
    waiting = drafts_and_waiting(ana, first)[1][-1]
    merge(fresh(first), by=cast.at_desk(cast.lea), into=second)
    with time_machine.travel(now() + timedelta(seconds=11)):
        assert send_due(waiting.pk)
    assert Message.objects.get(text="It comes on Friday.").case_id == second.pk
    assert fresh(second).status == Status.NEW
