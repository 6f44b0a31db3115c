"""Who reads what: four audiences, and readers that never change afterwards."""

import pytest

from caseway.accounts.viewer import Viewer
from caseway.cases.conversation.actions import Then, post
from caseway.cases.conversation.queries import messages_of
from caseway.cases.conversation.writing import Content
from caseway.cases.models import Case
from caseway.cases.ownership.actions import claim
from caseway.cases.status import Status
from caseway.cases.tests.story import (
    closure_reason,
    fresh,
    owned_by_ana,
    raised_by_kim,
    says,
    shared_with_brightwater,
    side_of,
)
from caseway.cases.types import Audience, Court
from caseway.core.errors import Invalid, NotAllowed, NotFound
from caseway.demo.cast import Cast

pytestmark = pytest.mark.django_db


def texts(case: Case, viewer: Viewer) -> list[str]:
    return [message.text for message in messages_of(case, viewer)]


@pytest.fixture
def talked(cast: Cast) -> Case:
    """A shared case with one message of each audience."""
    case = shared_with_brightwater(cast)
    claim(case, by=cast.at_desk(cast.ana))
    ana = cast.at_desk(cast.ana)
    for audience in Audience:
        says(case, ana, audience, f"for {audience.value}")
    return case


def test_each_audience_has_its_readers(cast: Cast, talked: Case) -> None:
    opening = ["The top is cracked.", "Please check."]
    assert texts(talked, cast.at_desk(cast.ana)) == [*opening, *[f"for {a.value}" for a in Audience]]
    assert texts(talked, cast.at_desk(cast.ben)) == [
        *opening, "for customer", "for partner", "for team",
    ]  # fmt: skip
    assert texts(talked, cast.at_desk(cast.admin))[-1] == "for record"
    assert texts(talked, cast.at_desk(cast.omar)) == ["Please check.", "for partner"]
    assert texts(talked, cast.in_portal(cast.kim)) == ["The top is cracked.", "for customer"]


def test_strangers_read_nothing(cast: Cast, talked: Case) -> None:
    for stranger in (cast.at_desk(cast.pia), cast.in_portal(cast.max), cast.in_portal(cast.jo)):
        assert texts(talked, stranger) == []
        with pytest.raises(NotFound):
            says(talked, stranger, Audience.CUSTOMER, "let me in")


def test_a_lead_who_does_not_own_the_case_cannot_write_the_record(cast: Cast, talked: Case) -> None:
    with pytest.raises(NotAllowed):
        says(talked, cast.at_desk(cast.lea), Audience.RECORD, "secret")


def test_a_partner_never_writes_to_the_customer(cast: Cast, talked: Case) -> None:
    with pytest.raises(NotAllowed):
        says(talked, cast.at_desk(cast.omar), Audience.CUSTOMER, "hello")


def test_an_answer_waits_for_the_customer_and_their_comment_brings_it_back(cast: Cast) -> None:
    case = raised_by_kim(cast)
    says(case, cast.at_desk(cast.ana), Audience.CUSTOMER, "Which piece?")
    assert (fresh(case).status, side_of(case, cast.larkfield).court) == (
        Status.PENDING_CUSTOMER, Court.CUSTOMER,
    )  # fmt: skip
    says(case, cast.in_portal(cast.kim), Audience.CUSTOMER, "The sideboard")
    assert (fresh(case).status, side_of(case, cast.larkfield).court) == (Status.PENDING_AGENT, Court.US)


def test_an_agent_may_choose_to_leave_the_status(cast: Cast) -> None:
    case, ana = raised_by_kim(cast), cast.at_desk(cast.ana)
    post(case, by=ana, audience="customer", content=Content("On it"), then=Then("stay"))
    assert fresh(case).status == Status.NEW


def test_send_and_close_closes_with_reason_and_note(cast: Cast) -> None:
    case, ana = raised_by_kim(cast), cast.at_desk(cast.ana)
    then = Then("closed", closure_reason(cast).pk, "Refunded.")
    post(case, by=ana, audience="customer", content=Content("Refunded"), then=then)
    assert fresh(case).status == Status.CLOSED


def test_what_is_refused_leaves_nothing_behind(cast: Cast) -> None:
    case, ana = raised_by_kim(cast), cast.at_desk(cast.ana)
    with pytest.raises(Invalid):
        post(case, by=ana, audience="customer", content=Content("Bye"), then=Then("closed"))
    assert texts(case, ana) == ["The top is cracked."]
    assert fresh(case).status == Status.NEW


def test_the_court_moves_with_partner_messages(cast: Cast) -> None:
    case = shared_with_brightwater(cast)
    assert side_of(case, cast.larkfield).court == Court.PARTNER
    assert side_of(case, cast.brightwater).court == Court.US
    says(case, cast.at_desk(cast.omar), Audience.PARTNER, "We look into it")
    assert side_of(case, cast.larkfield).court == Court.US
    assert side_of(case, cast.brightwater).court == Court.PARTNER


def test_notes_and_records_are_never_the_latest_message(cast: Cast) -> None:
    case, ana = owned_by_ana(cast), cast.at_desk(cast.ana)
    before = side_of(case, cast.larkfield)
    says(case, ana, Audience.RECORD, "secret")
    after_record = side_of(case, cast.larkfield)
    assert (after_record.updated_at, after_record.version) == (before.updated_at, before.version)
    says(case, ana, Audience.TEAM, "note")
    after_note = side_of(case, cast.larkfield)
    assert after_note.updated_at > before.updated_at
    assert after_note.latest_message_at is None


def test_one_sides_private_acts_move_nothing_for_the_other(cast: Cast) -> None:
    case = shared_with_brightwater(cast)
    before = side_of(case, cast.brightwater)
    says(case, cast.at_desk(cast.lea), Audience.TEAM, "between us")
    says(case, cast.in_portal(cast.kim), Audience.CUSTOMER, "hello?")
    after = side_of(case, cast.brightwater)
    assert (after.updated_at, after.version) == (before.updated_at, before.version)


def test_empty_messages_and_missing_partners_are_refused_at_their_field(cast: Cast) -> None:
    case, ana = raised_by_kim(cast), cast.at_desk(cast.ana)
    for audience, text, field in (("customer", "  ", "text"), ("partner", "x", "audience")):
        with pytest.raises(Invalid) as refused:
            post(case, by=ana, audience=audience, content=Content(text))
        assert set(refused.value.errors) == {field}
