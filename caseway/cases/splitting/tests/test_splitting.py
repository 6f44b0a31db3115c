"""Splitting messages into a case of their own: nobody reads more than before, and back again."""

import pytest

from caseway.cases.conversation.drafts import save_draft
from caseway.cases.conversation.queries import messages_of
from caseway.cases.creation.actions import create
from caseway.cases.creation.fields import NewCase
from caseway.cases.history.queries import timeline_of
from caseway.cases.merging.actions import merge
from caseway.cases.models import Case, CaseLink, Draft, Message, Participant, Split
from caseway.cases.partnering.actions import add_partner
from caseway.cases.search.asking import asked_for
from caseway.cases.search.documents import cases_with_words
from caseway.cases.splitting.actions import NewFromSplit, split, take_back
from caseway.cases.status import Status
from caseway.cases.tests.story import (
    fresh,
    owned_by_ana,
    raised_by_kim,
    says,
    shared_with_brightwater,
    side_of,
)
from caseway.cases.types import Audience
from caseway.core.errors import Conflict, Invalid, NotAllowed
from caseway.demo.cast import Cast
from caseway.mail.models import Delivery

pytestmark = pytest.mark.django_db
SECOND = NewFromSplit(subject="A second question")


def texts(case: Case, viewer) -> list[str]:
    return [message.text for message in messages_of(case, viewer)]


def asked_more(cast: Cast) -> tuple[Case, Message]:
    case = raised_by_kim(cast)
    return case, says(case, cast.in_portal(cast.kim), Audience.CUSTOMER, "And where is my invoice?")


def test_a_customers_message_becomes_a_case_of_theirs_and_stays_where_it_was(cast: Cast) -> None:
    case, message = asked_more(cast)
    lea, kim = cast.at_desk(cast.lea), cast.in_portal(cast.kim)
    made = split(case, by=lea, messages=[message.pk], new=SECOND)
    assert (made.contact, made.status) == (case.contact, Status.OPEN)
    for reader in (lea, kim):
        assert texts(made, reader) == ["And where is my invoice?"]
        assert "And where is my invoice?" in texts(case, reader)
    assert CaseLink.objects.get().kind == CaseLink.Kind.RELATED
    assert side_of(made, cast.larkfield).description == "And where is my invoice?"


def test_the_customer_is_told_the_new_number_and_answered_under_it(cast: Cast) -> None:
    case, message = asked_more(cast)
    lea = cast.at_desk(cast.lea)
    made = split(case, by=lea, messages=[message.pk], new=SECOND)
    assert Delivery.objects.get(case=made, purpose=Delivery.Purpose.CREATED).address == cast.kim.email
    assert Participant.objects.filter(case=made, address=cast.kim.email).count() == 1
    says(made, lea, Audience.CUSTOMER, "Here it is")
    assert Delivery.objects.get(case=made, purpose=Delivery.Purpose.ANSWER).address == cast.kim.email


def test_both_cases_tell_it_to_our_own_agents_only(cast: Cast) -> None:
    case = shared_with_brightwater(cast)
    message = says(case, cast.at_desk(cast.omar), Audience.PARTNER, "The other crate is lost")
    made = split(case, by=cast.at_desk(cast.lea), messages=[message.pk], new=SECOND)
    told = [line.sentence for line in timeline_of([case], cast.at_desk(cast.lea))]
    assert f"Lea Brandt split messages into {made.number}" in told
    for stranger in (cast.at_desk(cast.omar), cast.in_portal(cast.kim)):
        words = " ".join(line.sentence for line in timeline_of([case], stranger))
        assert "split" not in words
        assert made.number not in words


def test_a_partners_message_is_split_for_ourselves_and_never_shown_to_the_customer(cast: Cast) -> None:
    case = shared_with_brightwater(cast)
    message = says(case, cast.at_desk(cast.omar), Audience.PARTNER, "The other crate is lost")
    lea, kim, omar = cast.at_desk(cast.lea), cast.in_portal(cast.kim), cast.at_desk(cast.omar)
    made = split(case, by=lea, messages=[message.pk], new=SECOND)
    assert made.contact is None
    assert texts(made, lea) == ["The other crate is lost"]
    assert not Case.objects.visible_to(omar).filter(pk=made.pk).exists()
    assert not Case.objects.visible_to(kim).filter(pk=made.pk).exists()


def test_with_the_customer_on_it_the_partners_words_are_nowhere_in_what_they_read(cast: Cast) -> None:
    case = shared_with_brightwater(cast)
    message = says(case, cast.at_desk(cast.omar), Audience.PARTNER, "The other crate is lost")
    new = NewFromSplit(subject="Second crate", with_customer=True)
    made = split(case, by=cast.at_desk(cast.lea), messages=[message.pk], new=new)
    assert made.contact == case.contact
    assert texts(made, cast.in_portal(cast.kim)) == []
    assert "lost" not in side_of(made, cast.larkfield).description


def test_a_customers_message_never_reaches_a_partner_of_the_new_case(cast: Cast) -> None:
    case, message = asked_more(cast)
    lea = cast.at_desk(cast.lea)
    made = split(case, by=lea, messages=[message.pk], new=SECOND)
    add_partner(made, by=lea, partner=cast.brightwater, subject="Invoice", text="Please send it.")
    assert texts(made, cast.at_desk(cast.omar)) == ["Please send it."]


def test_a_partner_splits_what_it_reads_for_itself(cast: Cast) -> None:
    case = shared_with_brightwater(cast)
    iris = cast.at_desk(cast.iris)
    message = Message.objects.get(case=case, audience=Audience.PARTNER)
    made = split(case, by=iris, messages=[message.pk], new=NewFromSplit(subject="Ours", with_customer=True))
    assert (made.host, made.contact) == (cast.brightwater, None)
    assert texts(made, iris) == ["Please check."]
    assert not Case.objects.visible_to(cast.at_desk(cast.lea)).filter(pk=made.pk).exists()
    lea_sees = messages_of(case, cast.at_desk(cast.lea))
    assert not any(one.split_into for one in lea_sees)  # type: ignore[attr-defined]


@pytest.mark.parametrize("audience", [Audience.TEAM, Audience.RECORD])
def test_notes_and_records_stay(cast: Cast, audience: Audience) -> None:
    case = owned_by_ana(cast)
    message = says(case, cast.at_desk(cast.ana), audience, "between us")
    with pytest.raises(Invalid):
        split(case, by=cast.at_desk(cast.ana), messages=[message.pk], new=SECOND)


def test_a_record_is_refused_like_a_message_that_is_not_there(cast: Cast) -> None:
    case = owned_by_ana(cast)
    message = says(case, cast.at_desk(cast.ana), Audience.RECORD, "between us")
    refusals = []
    for key in (message.pk, 999_999_999):
        with pytest.raises(Invalid) as refusal:
            split(case, by=cast.at_desk(cast.lea), messages=[key], new=SECOND)
        refusals.append(refusal.value.errors)
    assert refusals[0] == refusals[1]


def test_messages_of_other_cases_and_of_two_customers_are_refused(cast: Cast) -> None:
    case, message = asked_more(cast)
    maxs = create(NewCase(subject="Late", description="Where is it?"), by=cast.in_portal(cast.max))
    lea, other = cast.at_desk(cast.lea), maxs.messages.get()
    with pytest.raises(Invalid, match="that you read on this case"):
        split(case, by=lea, messages=[message.pk, other.pk], new=SECOND)
    merge(maxs, by=lea, into=case, across_customers=True)
    with pytest.raises(Invalid, match="different customers"):
        split(case, by=lea, messages=[message.pk, other.pk], new=SECOND)
    made = split(case, by=lea, messages=[other.pk], new=SECOND)
    assert made.contact == maxs.contact


def test_who_may_not_merge_may_not_split(cast: Cast) -> None:
    case, message = asked_more(cast)
    with pytest.raises(NotAllowed):
        split(case, by=cast.at_desk(cast.sam), messages=[message.pk], new=SECOND)


def test_a_message_is_split_once(cast: Cast) -> None:
    case, message = asked_more(cast)
    lea = cast.at_desk(cast.lea)
    made = split(case, by=lea, messages=[message.pk], new=SECOND)
    with pytest.raises(Conflict, match=made.number):
        split(case, by=lea, messages=[message.pk], new=SECOND)


def test_what_was_split_is_found_under_the_new_case(cast: Cast) -> None:
    case, message = asked_more(cast)
    lea = cast.at_desk(cast.lea)
    made = split(case, by=lea, messages=[message.pk], new=SECOND)
    assert made.pk in cases_with_words(asked_for("invoice"), lea)


def test_an_unsent_new_case_is_still_there_afterwards(cast: Cast) -> None:
    case, message = asked_more(cast)
    lea = cast.at_desk(cast.lea)
    save_draft(lea, None, Audience.TEAM, {"subject": "Half typed"})
    split(case, by=lea, messages=[message.pk], new=SECOND)
    assert Draft.objects.filter(person=cast.lea, case=None).exists()


def test_taking_it_back_leaves_everything_as_it_was(cast: Cast) -> None:
    case, message = asked_more(cast)
    lea = cast.at_desk(cast.lea)
    made = split(case, by=lea, messages=[message.pk], new=SECOND)
    assert take_back(made, by=lea) == case
    assert fresh(made).merged_into == case
    assert not CaseLink.objects.exists()
    assert not Split.objects.filter(undone_at=None).exists()
    assert texts(case, lea).count("And where is my invoice?") == 1
    assert not any(one.split_into for one in messages_of(case, lea))  # type: ignore[attr-defined]
    split(case, by=lea, messages=[message.pk], new=SECOND)


def test_it_is_not_taken_back_once_more_was_said(cast: Cast) -> None:
    case, message = asked_more(cast)
    lea = cast.at_desk(cast.lea)
    made = split(case, by=lea, messages=[message.pk], new=SECOND)
    says(made, lea, Audience.CUSTOMER, "Here it is")
    with pytest.raises(Conflict, match="More was said"):
        take_back(made, by=lea)
    with pytest.raises(Conflict, match="not split"):
        take_back(case, by=lea)


def test_an_entry_of_the_record_betrays_itself_to_nobody_who_takes_back(cast: Cast) -> None:
    case, message = asked_more(cast)
    ana, admin = cast.at_desk(cast.ana), cast.at_desk(cast.admin)
    made = split(case, by=ana, messages=[message.pk], new=SECOND)
    says(made, admin, Audience.RECORD, "Careful with this one")
    take_back(made, by=cast.at_desk(cast.lea))
    assert "Careful with this one" in texts(fresh(made), ana)
    assert "Careful with this one" not in texts(case, cast.at_desk(cast.lea))
