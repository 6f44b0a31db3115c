"""What was sent waits for some seconds: seen by nobody, then sent once, or taken back whole."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine

from caseway.accounts.models import Membership
from caseway.cases.conversation.actions import Then
from caseway.cases.conversation.drafts import drafts_and_waiting, drafts_of, save_draft
from caseway.cases.conversation.sending import Outgoing, Unseen
from caseway.cases.conversation.waiting import hold, send_all_due, send_due, take_back
from caseway.cases.models import Case, CaseEvent, Draft, Message
from caseway.cases.status import Status
from caseway.cases.tests.browsing import Desk
from caseway.cases.tests.story import fresh, raised_by_kim, says
from caseway.cases.types import Audience
from caseway.core.clock import now
from caseway.core.errors import Conflict, Invalid, NotAllowed
from caseway.demo.cast import Cast
from caseway.mail.models import Delivery

LATER = timedelta(seconds=11)
SCRIPT = {"HX-Request": "true"}


@pytest.fixture
def case(cast: Cast) -> Case:
    case = raised_by_kim(cast)
    Desk(cast.ana, case).do("claim")
    return fresh(case)


def held(cast: Cast, case: Case, text: str = "It comes on Friday.", **more) -> Draft:
    outgoing = Outgoing(audience=Audience.CUSTOMER, text=text, **more)
    hold(case, by=cast.at_desk(cast.ana), outgoing=outgoing, token=uuid4())
    return drafts_and_waiting(cast.at_desk(cast.ana), case)[1][-1]


def waited(draft: Draft) -> bool:
    with time_machine.travel(now() + LATER):
        return send_due(draft.pk)


def test_while_it_waits_nothing_has_happened(cast: Cast, case: Case) -> None:
    before = (Message.objects.count(), Delivery.objects.count(), CaseEvent.objects.count())
    updated = case.sides.get(organisation=cast.larkfield).updated_at
    waiting = held(cast, case)
    assert (Message.objects.count(), Delivery.objects.count(), CaseEvent.objects.count()) == before
    assert fresh(case).status == Status.OPEN
    assert case.sides.get(organisation=cast.larkfield).updated_at == updated
    assert "It comes on Friday." in Desk(cast.ana, case).read()
    for person in (cast.ben, cast.admin):
        assert "It comes on Friday." not in Desk(person, case).read()
    assert not send_due(waiting.pk)  # not due yet


def test_when_it_is_due_it_is_sent_once_with_all_that_follows(cast: Cast, case: Case) -> None:
    waiting = held(cast, case)
    assert waited(waiting)
    assert not waited(waiting)
    assert Message.objects.filter(text="It comes on Friday.", author=cast.ana).count() == 1
    assert fresh(case).status == Status.PENDING_CUSTOMER
    assert Delivery.objects.filter(address=cast.kim.email, purpose=Delivery.Purpose.ANSWER).count() == 1
    assert not Draft.objects.exists()


def test_taking_it_back_puts_it_before_what_was_begun_since(cast: Cast, case: Case) -> None:
    ana = cast.at_desk(cast.ana)
    waiting = held(cast, case)
    save_draft(ana, case, Audience.CUSTOMER, {"text": "And another thing"})
    take_back(case, waiting.pk, by=ana)
    assert drafts_of(ana, case)["customer"].content["text"] == "It comes on Friday.\n\nAnd another thing"
    assert not waited(waiting)
    assert not Message.objects.filter(text="It comes on Friday.").exists()


def test_nobody_else_takes_it_back_and_too_late_is_said(cast: Cast, case: Case) -> None:
    waiting = held(cast, case)
    with pytest.raises(Conflict):
        take_back(case, waiting.pk, by=cast.at_desk(cast.ben))
    waited(waiting)
    with pytest.raises(Conflict, match="too late"):
        take_back(case, waiting.pk, by=cast.at_desk(cast.ana))


def test_sending_leaves_the_next_draft_alone(cast: Cast, case: Case) -> None:
    ana = cast.at_desk(cast.ana)
    waiting = held(cast, case)
    save_draft(ana, case, Audience.CUSTOMER, {"text": "The next one"})
    waited(waiting)
    assert drafts_of(ana, case)["customer"].content["text"] == "The next one"


def test_a_late_save_of_what_waits_makes_no_second_draft(cast: Cast, case: Case) -> None:
    held(cast, case)
    save_draft(cast.at_desk(cast.ana), case, Audience.CUSTOMER, {"text": "It comes on Friday."})
    assert not drafts_of(cast.at_desk(cast.ana), case)


def test_what_would_be_refused_is_refused_at_once_and_nothing_waits(cast: Cast, case: Case) -> None:
    seen = Message.objects.latest("pk").pk
    for refused, more in (
        (Invalid, {"text": " "}),
        (Invalid, {"attachments": [str(uuid4())]}),
        (Invalid, {"then": Then("closed")}),
    ):
        with pytest.raises(refused):
            held(cast, case, **({"text": "Words"} | more))
    says(case, cast.at_desk(cast.ben), Audience.CUSTOMER, "Ben was quicker")
    with pytest.raises(Unseen):
        held(cast, case, latest=seen)
    by = cast.at_desk(cast.ben)
    with pytest.raises(NotAllowed):
        hold(case, by=by, outgoing=Outgoing(Audience.RECORD, "x"), token=uuid4())
    assert not Draft.objects.filter(sends_at__isnull=False).exists()


def test_what_became_impossible_goes_back_with_the_reason(cast: Cast, case: Case) -> None:
    waiting = held(cast, case)
    Membership.objects.filter(person=cast.ana).update(is_active=False)
    assert not waited(waiting)
    Membership.objects.filter(person=cast.ana).update(is_active=True)
    draft = drafts_of(cast.at_desk(cast.ana), case)["customer"]
    assert draft.content["text"] == "It comes on Friday."
    assert "no desk" in Desk(cast.ana, case).read()


def test_what_a_stopped_worker_left_behind_is_sent(cast: Cast, case: Case) -> None:
    held(cast, case, "One")
    held(cast, case, "Two")
    assert send_all_due() == 0
    with time_machine.travel(now() + LATER):
        assert send_all_due() == 2
        assert send_all_due() == 0
    assert [m.text for m in Message.objects.filter(author=cast.ana).order_by("pk")] == ["One", "Two"]


@pytest.mark.parametrize(("headers", "status"), [(SCRIPT, 204), ({}, 302)], ids=["scripts", "none"])
def test_the_page_waits_and_offers_to_take_it_back(
    cast: Cast, case: Case, headers: dict[str, str], status: int
) -> None:
    ana = Desk(cast.ana, case)
    data = {"audience": "customer", "text": "By script"}
    assert ana.post(ana.url("messages"), data, headers=headers).status_code == status
    assert not Message.objects.filter(text="By script").exists()
    waiting = Draft.objects.get(sends_at__isnull=False)
    assert f"/waiting/{waiting.pk}/undo" in ana.read()
    for stranger in (cast.ben, cast.omar):
        Desk(stranger, case).do(f"waiting/{waiting.pk}/undo")
        Desk(stranger, case).do(f"waiting/{waiting.pk}/sending")
    assert Draft.objects.filter(pk=waiting.pk).exists()
    assert ana.do(f"waiting/{waiting.pk}/undo").status_code == 302
    assert ">\nBy script</textarea>" in ana.read()


def test_policy_sends_at_once(cast: Cast, case: Case) -> None:
    cast.larkfield.stored_policy = {"undo_send_seconds": 0}
    cast.larkfield.save()
    ana = Desk(cast.ana, case)
    ana.post(ana.url("messages"), {"audience": "team", "text": "Now"}, headers=SCRIPT)
    assert Message.objects.filter(text="Now").exists()


def test_the_way_chosen_last_is_offered_first_for_that_audience(cast: Cast, case: Case) -> None:
    ana = Desk(cast.ana, case)
    ana.do("messages", audience="customer", text="One moment.", set_status="stay")
    page = ana.read()
    assert 'name="set_status" value="stay"' in page.split('id="composer-ways-customer"')[0]
    assert "Send and set Pending from customer" in page.split('id="composer-ways-customer"')[1]
    assert 'name="set_status" value="stay"' not in Desk(cast.ben, case).read().split("composer-ways-")[0]


def test_an_answer_that_came_meanwhile_can_be_sent_past(cast: Cast, case: Case) -> None:
    ana = Desk(cast.ana, case)
    seen = Message.objects.latest("pk").pk
    says(case, cast.at_desk(cast.ben), Audience.CUSTOMER, "Ben was quicker")
    ana.do("messages", audience="customer", text="Mine", latest=seen, set_status="stay")
    page = ana.read()
    assert "Send anyway" in page
    newest = Message.objects.latest("pk").pk
    assert f'name="latest" value="{newest}"' in page
    ana.do("messages", audience="customer", text="Mine", latest=newest, set_status="stay")
    assert Message.objects.filter(text="Mine").exists()
    assert "Send anyway" not in ana.read()
