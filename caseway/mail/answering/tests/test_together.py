"""Many presses at one moment: one answer, one event."""

from functools import partial
from uuid import uuid4

import pytest

from caseway.cases.models import CaseEvent, PartnerAnswer
from caseway.cases.tests.test_together import at_once
from caseway.cases.types import AnswerKind
from caseway.demo.cast import make_cast
from caseway.mail.answering.actions import answer
from caseway.mail.answering.given import Given
from caseway.mail.answering.links import link_named
from caseway.mail.models import Mailbox

from .scenes import asked, links, partner_messages


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("same_form", [True, False])
def test_two_people_at_once_accept_once(same_form: bool) -> None:
    cast = make_cast()
    Mailbox.objects.get_or_create(address="support@larkfield.example", organisation=cast.larkfield)
    case = asked(cast)
    link = link_named(links()[AnswerKind.ACCEPTED].split("/")[2])
    assert link is not None
    one = uuid4()
    forms = [Given(one if same_form else uuid4()) for _ in range(6)]
    given = at_once([partial(answer, link, form) for form in forms])
    assert all(isinstance(found, PartnerAnswer) for found in given), given
    assert PartnerAnswer.objects.count() == 1
    assert CaseEvent.objects.filter(kind="case.partner_answer").count() == 1
    assert len(partner_messages(case)) == 2
