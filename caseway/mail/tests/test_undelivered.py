"""What was written and didn't arrive: told on the case, to whoever looks after it."""

from datetime import timedelta

import pytest

from caseway.accounts.models import Person
from caseway.cases.history.queries import lines_of
from caseway.cases.models import Case, CaseEvent
from caseway.cases.ownership.actions import assign
from caseway.cases.tests.story import raised_by_kim, says, shared_with_brightwater
from caseway.cases.types import Audience
from caseway.demo.cast import Cast
from caseway.mail.models import Delivery
from caseway.mail.outbox.mime import envelope_sender
from caseway.mail.outbox.sending import Sender
from caseway.mail.outbox.smtp import Refused
from caseway.mail.outbox.tests.test_sending import Relay
from caseway.mail.tests.mails import latest_to, take
from caseway.mail.tests.test_machines import report, sent
from caseway.notifications.models import Notice

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("mailboxes")]
KIND = "case.mail_undelivered"


@pytest.fixture
def answer(cast: Cast) -> Delivery:
    """Ben's answer to Kim in Ana's case."""
    case = raised_by_kim(cast)
    assign(case, by=cast.at_desk(cast.lea), to=cast.ana)
    says(case, cast.at_desk(cast.ben), Audience.CUSTOMER, "It comes on Friday.")
    return latest_to(cast.kim.email)


def told_of(cast: Cast, person: Person, case: Case) -> list[str]:
    """What somebody's timeline says of mails that didn't arrive."""
    viewer = cast.at_desk(person)
    seen = CaseEvent.objects.visible_to(viewer).filter(case=case, kind=KIND)
    return [line.sentence for line in lines_of(list(seen), viewer)]


def noticed(person: Person) -> int:
    """How many notices somebody got of such mails."""
    return Notice.objects.filter(person=person, event__kind=KIND).count()


def test_a_mail_that_came_back_is_told_once(cast: Cast, answer: Delivery) -> None:
    assert answer.case is not None
    for _again in range(2):
        take(report(sent(answer)), envelope_sender(answer))
    assert told_of(cast, cast.ana, answer.case) == [f"A mail to {cast.kim.email} didn't arrive"]
    assert (noticed(cast.ana), noticed(cast.lea)) == (1, 0)
    assert not CaseEvent.objects.visible_to(cast.in_portal(cast.kim)).filter(kind=KIND).exists()
    assert not CaseEvent.objects.visible_to(cast.at_desk(cast.pia)).filter(kind=KIND).exists()


def test_a_mail_that_is_refused_for_good_is_told(cast: Cast, answer: Delivery) -> None:
    assert answer.case is not None
    for before in Delivery.objects.filter(pk__lt=answer.pk):  # what was written before goes before
        sent(before)
    relay, earlier = Relay(), answer.written_at - timedelta(hours=1)
    for said, times in ((Refused(451, "later"), 0), (Refused(550, "5.1.1 no such user"), 1)):
        Delivery.objects.filter(pk=answer.pk).update(next_try_at=earlier)
        relay.answers[answer.address] = said
        assert Sender(relay).send(answer.pk)
        assert len(told_of(cast, cast.ana, answer.case)) == noticed(cast.ana) == times


def test_of_a_partner_with_a_desk_the_name_alone_is_told(cast: Cast) -> None:
    case = shared_with_brightwater(cast)
    mail = latest_to("cases@brightwater.example")
    take(report(sent(mail)), envelope_sender(mail))
    assert told_of(cast, cast.ana, case) == ["A mail to Brightwater Freight didn't arrive"]
    assert told_of(cast, cast.omar, case) == []


def test_nobody_waits_for_a_confirmation(cast: Cast) -> None:
    case = raised_by_kim(cast)
    confirmation = latest_to(cast.kim.email)
    take(report(sent(confirmation)), envelope_sender(confirmation))
    confirmation.refresh_from_db()
    assert confirmation.state == Delivery.State.BOUNCED
    assert not CaseEvent.objects.filter(case=case, kind=KIND).exists()
