"""Urging by SMS: the dialog where there are two ways, and what stands in the way."""

import pytest

from caseway.accounts.models import Person
from caseway.accounts.seats import seats_of
from caseway.accounts.viewer import Viewer, agent_viewer
from caseway.cases.models import Case
from caseway.cases.tests.browsing import Desk, words_of
from caseway.cases.tests.story import owned_by_ana
from caseway.cases.urging.actions import urge
from caseway.core.errors import Conflict, Invalid
from caseway.demo.cast import Cast
from caseway.mail.models import Delivery
from caseway.notifications.models import Sms

NUMBER = "+12025550123"


@pytest.fixture
def case(cast: Cast) -> Case:
    """Ana's, who has a number, at an organisation that urges in both ways."""
    Person.objects.filter(pk=cast.ana.pk).update(mobile=NUMBER)
    return configured(cast, owned_by_ana(cast), urging_by_mail=True, urging_by_sms=True)


def configured(cast: Cast, case: Case, **policy: bool) -> Case:
    cast.larkfield.stored_policy = policy
    cast.larkfield.save()
    return case


def ben_at_desk(cast: Cast) -> Viewer:
    """Ben, with the policy that is stored now."""
    [seat] = seats_of(cast.ben)
    return agent_viewer(seat)


def urged() -> tuple[int, int]:
    """How many mails and SMS urge somebody."""
    return Delivery.objects.filter(subject__contains="hurry").count(), Sms.objects.count()


def test_it_goes_by_sms_and_by_nothing_else(cast: Cast, case: Case) -> None:
    urge(case, by=ben_at_desk(cast), way="sms")
    assert urged() == (0, 1)
    sms = Sms.objects.get()
    assert (sms.number, sms.person, sms.organisation) == (NUMBER, cast.ana, cast.larkfield)
    assert sms.text.startswith(f"Ben Okafor asks you to hurry: {case.number}, ")


def test_the_timeline_tells_how(cast: Cast, case: Case) -> None:
    ben = Desk(cast.ben, case)
    ben.do("urges", way="sms")
    assert "urged Ana Ferreira by SMS" in ben.read()


def test_with_two_ways_it_asks_which(cast: Cast, case: Case) -> None:
    ben = Desk(cast.ben, case)
    asked = words_of(ben.ask("urges"))
    assert 'value="email" required checked' in asked
    assert 'value="sms" required>' in asked
    ben.do("urges", way="email")
    assert urged() == (1, 0)


def test_who_has_no_number_is_named_and_stays_reachable_by_mail(cast: Cast, case: Case) -> None:
    Person.objects.filter(pk=cast.ana.pk).update(mobile="")
    asked = words_of(Desk(cast.ben, case).ask("urges"))
    assert 'value="sms" required disabled' in asked
    assert "Ana Ferreira has given no mobile number" in asked
    with pytest.raises(Conflict, match="no mobile number"):
        urge(case, by=ben_at_desk(cast), way="sms")
    assert urged() == (0, 0)


def test_without_a_provider_it_says_so(cast: Cast, case: Case, settings) -> None:
    settings.SENDS_SMS = False
    with pytest.raises(Conflict, match="CASEWAY_SMS_URL"):
        urge(case, by=ben_at_desk(cast), way="sms")


def test_one_way_needs_no_question(cast: Cast, case: Case) -> None:
    configured(cast, case, urging_by_sms=True)
    Desk(cast.ben, case).do("urges")
    assert urged() == (0, 1)


def test_a_way_that_the_organisation_did_not_switch_on_is_refused(cast: Cast, case: Case) -> None:
    configured(cast, case, urging_by_mail=True)
    with pytest.raises(Conflict, match="does not urge by SMS"):
        urge(case, by=ben_at_desk(cast), way="sms")
    with pytest.raises(Invalid):
        urge(case, by=ben_at_desk(cast), way="pigeon")
    assert urged() == (0, 0)


def test_where_nothing_is_configured_the_dialog_says_so(cast: Cast, case: Case) -> None:
    configured(cast, case)
    assert "Reminders are not configured." in words_of(Desk(cast.ben, case).ask("urges"))
