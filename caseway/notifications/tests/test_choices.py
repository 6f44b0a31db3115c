"""Customers and owners are mailed what they chose; people who were switched off are mailed nothing."""

import pytest

from caseway.cases.conversation.actions import post
from caseway.cases.conversation.writing import Content
from caseway.cases.lifecycle import actions as lifecycle
from caseway.cases.models import Participant
from caseway.cases.ownership import actions as ownership
from caseway.cases.tests.story import closure_reason, raised_by_kim, says
from caseway.cases.types import Audience
from caseway.customers.models import Contact
from caseway.customers.profile.actions import choose_mails, choose_owner_mails
from caseway.demo.cast import Cast
from caseway.mail.incoming.subscribing import unsubscribe
from caseway.mail.models import Delivery


def purposes(cast: Cast) -> set[str]:
    return set(Delivery.objects.filter(address=cast.kim.email).values_list("purpose", flat=True))


def tell_all(cast: Cast) -> None:
    """A case of Kim's, an answer, and its end."""
    case = raised_by_kim(cast)
    lea = cast.at_desk(cast.lea)
    says(case, lea, Audience.CUSTOMER, "On its way")
    lifecycle.close(case, by=lea, reason=closure_reason(cast).pk, note="done")


@pytest.mark.parametrize("missing", ["created", "answer", "solved", ""])
def test_a_customer_is_mailed_what_they_chose(cast: Cast, missing: str) -> None:
    wants = {"created": "creation", "answer": "answers", "solved": "closing"}
    chosen = {choice: name != missing for name, choice in wants.items()}
    contact = cast.contact(cast.kim)
    choose_mails(contact, **chosen)
    contact.refresh_from_db()
    tell_all(cast)
    assert purposes(cast) == set(wants) - {missing}


def test_somebody_switched_off_is_mailed_no_answer(cast: Cast) -> None:
    case = raised_by_kim(cast)
    Contact.objects.filter(person=cast.kim).update(is_active=False)
    says(case, cast.at_desk(cast.lea), Audience.CUSTOMER, "On its way")
    assert "answer" not in purposes(cast)


def test_unsubscribing_by_mail_is_the_same_choice(cast: Cast) -> None:
    case = raised_by_kim(cast)
    unsubscribe(Participant.objects.get(case=case, address=cast.kim.email), case)
    contact = Contact.objects.get(person=cast.kim)
    assert (contact.told_of_creation, contact.told_of_answers, contact.told_of_closing) == (
        False,
        True,
        False,
    )


@pytest.mark.parametrize("told", [True, False])
def test_an_owner_is_mailed_what_they_chose(cast: Cast, told: bool) -> None:
    choose_owner_mails(cast.memberships[cast.ana.email], told=told)
    case = raised_by_kim(cast)
    ownership.claim(case, by=cast.at_desk(cast.ana))
    post(case, by=cast.in_portal(cast.kim), audience="customer", content=Content("And?"))
    assert Delivery.objects.filter(address=cast.ana.email, purpose="owner").exists() is told
