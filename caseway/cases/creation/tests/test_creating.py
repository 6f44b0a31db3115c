"""Making a case: what a customer gives, what an agent gives, and what follows."""

from datetime import timedelta

import pytest

from caseway.accounts.viewer import NOBODY
from caseway.cases.creation.actions import create
from caseway.cases.creation.fields import NewCase
from caseway.cases.models import Case, CaseEvent, Category, Participant, Priority
from caseway.cases.status import Status
from caseway.cases.tests.story import side_of
from caseway.cases.types import CaseType, Source
from caseway.core.errors import Invalid, NotAllowed
from caseway.demo.cast import Cast
from caseway.shipments.models import Shipment

pytestmark = pytest.mark.django_db


def damaged(cast: Cast) -> Category:
    return Category.objects.get(organisation=cast.larkfield, case_type=CaseType.DAMAGED)


def test_a_customers_case_is_new_and_its_words_are_the_first_message(cast: Cast) -> None:
    new = NewCase(subject="Cracked", description="The top is cracked.", category=damaged(cast).pk)
    case = create(new, by=cast.in_portal(cast.kim))
    assert (case.status, case.source, case.type) == (Status.NEW, Source.PORTAL, CaseType.DAMAGED)
    assert (case.contact, case.account) == (cast.contact(cast.kim), cast.orchid)
    assert case.messages.get().text == "The top is cracked."
    assert Participant.objects.get(case=case).address == cast.kim.email


def test_the_category_brings_priority_and_deadline(cast: Cast) -> None:
    new = NewCase(subject="Cracked", description="x", category=damaged(cast).pk)
    side = side_of(create(new, by=cast.in_portal(cast.kim)), cast.larkfield)
    assert side.priority == Priority.objects.get(organisation=cast.larkfield, name__en="High")
    assert side.deadline == side.created_at + timedelta(hours=24)


def test_a_customer_cannot_set_what_is_the_agents(cast: Cast) -> None:
    urgent = Priority.objects.get(organisation=cast.larkfield, name__en="Urgent")
    new = NewCase(
        subject="x", description="y", priority=urgent.pk, crm_number="1", tags=("vip",), partner="brightwater"
    )
    case = create(new, by=cast.in_portal(cast.kim))
    side = side_of(case, cast.larkfield)
    assert (side.crm_number, side.tags, side.priority == urgent) == ("", [], False)
    assert case.sides.count() == 1


def test_an_agent_owns_what_they_make_unless_they_leave_it(cast: Cast) -> None:
    ana = cast.at_desk(cast.ana)
    owned = create(NewCase(subject="x", description="y"), by=ana)
    left = create(NewCase(subject="x", description="y", owned=False), by=ana)
    assert (owned.status, side_of(owned, cast.larkfield).owner) == (Status.OPEN, cast.ana)
    assert (left.status, side_of(left, cast.larkfield).owner) == (Status.NEW, None)


def test_only_shipments_that_the_maker_sees_can_be_linked(cast: Cast) -> None:
    Shipment.objects.create(organisation=cast.larkfield, number="SHP-1", account=cast.orchid)
    new = NewCase(subject="x", description="y", shipment="SHP-1")
    assert create(new, by=cast.in_portal(cast.kim)).shipment is not None
    for stranger in (cast.in_portal(cast.max), cast.at_desk(cast.pia)):
        with pytest.raises(Invalid) as refused:
            create(new, by=stranger)
        assert set(refused.value.errors) == {"shipment"}


def test_everything_that_is_wrong_is_said_at_once_and_nothing_is_stored(cast: Cast) -> None:
    foreign = Priority.objects.filter(organisation=cast.quillon).first()
    assert foreign is not None
    new = NewCase(type="nonsense", priority=foreign.pk, contact="999999", category="x")
    with pytest.raises(Invalid) as refused:
        create(new, by=cast.at_desk(cast.ana))
    assert {"type", "priority", "contact", "category", "description"} <= set(refused.value.errors)
    assert not Case.objects.exists()


def test_a_subject_may_be_left_out_where_the_type_gives_one(cast: Cast) -> None:
    case = create(NewCase(description="Where is it?", type="lost"), by=cast.at_desk(cast.ana))
    assert side_of(case, cast.larkfield).subject == "Lost"


def test_a_contact_of_another_account_does_not_fit(cast: Cast) -> None:
    new = NewCase(subject="x", description="y", account=cast.orchid.pk, contact=cast.contact(cast.max).pk)
    with pytest.raises(Invalid) as refused:
        create(new, by=cast.at_desk(cast.ana))
    assert set(refused.value.errors) == {"contact"}


def test_the_history_begins_with_the_creation(cast: Cast) -> None:
    case = create(NewCase(subject="x", description="y"), by=cast.in_portal(cast.kim))
    assert list(CaseEvent.objects.filter(case=case).values_list("kind", flat=True)) == [
        "case.created",
        "message.posted",
    ]


def test_nobody_makes_a_case(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        create(NewCase(subject="x", description="y"), by=NOBODY)
