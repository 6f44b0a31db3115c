"""Cases of different customers handled as one: each goes on talking with us, alone."""

import pytest

from caseway.cases.commenting.actions import Comment, comment
from caseway.cases.conversation.queries import messages_of
from caseway.cases.creation.actions import create
from caseway.cases.creation.fields import NewCase
from caseway.cases.history.queries import timeline_of
from caseway.cases.lifecycle import actions as lifecycle
from caseway.cases.merging.actions import merge, unmerge
from caseway.cases.models import Case, Message
from caseway.cases.once import form_token
from caseway.cases.partnering.actions import add_partner
from caseway.cases.status import Status
from caseway.cases.tests.browsing import Desk
from caseway.cases.tests.story import closure_reason, fresh, raised_by_kim, says, shared_with_brightwater
from caseway.cases.types import Audience
from caseway.core.errors import Conflict, Invalid
from caseway.demo.cast import Cast
from caseway.mail.incoming.routing import Route, participant_on
from caseway.mail.models import Delivery

pytestmark = pytest.mark.django_db


@pytest.fixture
def joined(cast: Cast) -> tuple[Case, Case]:
    """Kim's case, merged into Max's."""
    kims = raised_by_kim(cast)
    maxs = create(NewCase(subject="Late", description="Where is it?"), by=cast.in_portal(cast.max))
    with pytest.raises(Invalid, match="different customers"):
        merge(kims, by=cast.at_desk(cast.lea), into=maxs)
    merge(kims, by=cast.at_desk(cast.lea), into=maxs, across_customers=True)
    return fresh(kims), fresh(maxs)


def texts(case: Case, viewer) -> list[str]:
    return [message.text for message in messages_of(case, viewer)]


def test_we_read_both_and_each_customer_only_their_own(cast: Cast, joined: tuple[Case, Case]) -> None:
    kims, maxs = joined
    assert set(texts(maxs, cast.at_desk(cast.lea))) == {"The top is cracked.", "Where is it?"}
    assert texts(maxs, cast.in_portal(cast.max)) == ["Where is it?"]
    assert texts(kims, cast.in_portal(cast.kim)) == ["The top is cracked."]
    assert not Case.objects.visible_to(cast.in_portal(cast.kim)).filter(pk=maxs.pk).exists()
    assert not Case.objects.visible_to(cast.in_portal(cast.max)).filter(pk=kims.pk).exists()


def test_neither_learns_the_others_number(cast: Cast, joined: tuple[Case, Case]) -> None:
    kims, maxs = joined
    for case, other, person in ((kims, maxs, cast.kim), (maxs, kims, cast.max)):
        told = " ".join(line.sentence for line in timeline_of([case], cast.in_portal(person)))
        assert other.number not in told
        page = Desk(person).get(f"/portal/cases/{case.number}/", headers={"host": "larkfield.localhost"})
        assert page.status_code == 200
        assert other.number not in page.content.decode()


def test_what_one_customer_says_stays_under_the_old_number(cast: Cast, joined: tuple[Case, Case]) -> None:
    kims, maxs = joined
    kim = cast.in_portal(cast.kim)
    place = comment(kims, Comment("Is it coming?"), by=kim, token=form_token())
    assert place == kims
    assert "Is it coming?" in texts(maxs, cast.at_desk(cast.lea))
    assert "Is it coming?" not in texts(maxs, cast.in_portal(cast.max))


def test_the_survivor_is_news_for_us_and_not_for_its_customer(cast: Cast, joined: tuple[Case, Case]) -> None:
    kims, maxs = joined
    before, side = fresh(maxs), maxs.sides.get()
    comment(kims, Comment("Is it coming?"), by=cast.in_portal(cast.kim), token=form_token())
    assert maxs.sides.get().updated_at > side.updated_at
    assert fresh(maxs).customer_updated_at == before.customer_updated_at
    assert fresh(maxs).status == before.status


def test_an_answer_under_the_old_number_reaches_its_own_customer_alone(
    cast: Cast, joined: tuple[Case, Case]
) -> None:
    kims, maxs = joined
    lea = cast.at_desk(cast.lea)
    says(kims, lea, Audience.CUSTOMER, "It is on its way, Kim")
    says(maxs, lea, Audience.CUSTOMER, "Yours too, Max")
    sent = Delivery.objects.filter(purpose=Delivery.Purpose.ANSWER)
    assert {(one.address, "Kim" in one.text) for one in sent} == {
        (cast.kim.email, True),
        (cast.max.email, False),
    }
    assert fresh(kims).status == Status.MERGED


def test_a_mail_to_the_old_number_never_lands_before_the_other_customer(
    cast: Cast, joined: tuple[Case, Case]
) -> None:
    kims, maxs = joined
    says(kims, cast.at_desk(cast.lea), Audience.CUSTOMER, "On its way")
    assert participant_on(Route(kims, kims, Audience.CUSTOMER), cast.kim.email)
    assert not participant_on(Route(maxs, maxs, Audience.CUSTOMER), cast.kim.email)


def test_both_are_told_when_it_is_closed(cast: Cast, joined: tuple[Case, Case]) -> None:
    _kims, maxs = joined
    lifecycle.close(maxs, by=cast.at_desk(cast.lea), reason=closure_reason(cast).pk, note="Arrived")
    told = Delivery.objects.filter(purpose=Delivery.Purpose.SOLVED)
    assert {(one.address, one.case_id) for one in told} == {
        (cast.kim.email, joined[0].pk),
        (cast.max.email, maxs.pk),
    }


def test_after_the_closing_the_customer_begins_a_case_of_their_own(
    cast: Cast, joined: tuple[Case, Case]
) -> None:
    kims, maxs = joined
    lifecycle.close(maxs, by=cast.at_desk(cast.lea), reason=closure_reason(cast).pk, note="Arrived")
    new = comment(kims, Comment("It is broken"), by=cast.in_portal(cast.kim), token=form_token())
    assert new.follow_up_of == kims
    assert new.contact == kims.contact
    assert fresh(maxs).status == Status.CLOSED


def test_separating_restores_both(cast: Cast, joined: tuple[Case, Case]) -> None:
    kims, maxs = joined
    kim, lea = cast.in_portal(cast.kim), cast.at_desk(cast.lea)
    comment(kims, Comment("Is it coming?"), by=kim, token=form_token())
    unmerge(kims, by=lea)
    assert texts(kims, kim) == ["The top is cracked.", "Is it coming?"]
    assert texts(maxs, lea) == ["Where is it?"]


def test_the_partner_is_not_written_to_under_a_merged_number(cast: Cast) -> None:
    shared, lea = shared_with_brightwater(cast), cast.at_desk(cast.lea)
    maxs = create(NewCase(subject="Late", description="Where is it?"), by=cast.in_portal(cast.max))
    merge(shared, by=lea, into=maxs, across_customers=True)
    for by in (lea, cast.at_desk(cast.omar)):
        with pytest.raises(Conflict, match="write to the partner"):
            says(fresh(shared), by, Audience.PARTNER, "Hello")


def test_a_partner_never_merges_two_customers_cases(cast: Cast) -> None:
    kims, omar = shared_with_brightwater(cast), cast.at_desk(cast.iris)
    maxs = create(NewCase(subject="Late", description="Where is it?"), by=cast.in_portal(cast.max))
    add_partner(maxs, by=cast.at_desk(cast.lea), partner=cast.brightwater, subject="Late", text="Look")
    with pytest.raises(Conflict, match="Only Larkfield Home"):
        merge(kims, by=omar, into=maxs, across_customers=True)
    assert not Message.objects.filter(case=kims, contact=maxs.contact).exists()
