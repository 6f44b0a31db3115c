"""Adding a case to a customer account."""

import pytest
from django.test import Client

from caseway.cases.models import Case, Priority
from caseway.cases.status import Status
from caseway.cases.tests.browsing import words_of
from caseway.cases.tests.story import closure_reason, side_of
from caseway.customers.models import Contact
from caseway.demo.cast import Cast

pytestmark = pytest.mark.django_db
WORDS = {"subject": "Two chairs missing", "description": "Six of eight came.", "type": "shortage"}


@pytest.fixture
def sam(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.sam)
    return client


@pytest.fixture
def form(cast: Cast) -> str:
    return f"/desk/customers/{cast.orchid.pk}/cases/new/"


def test_required_fields_carry_a_star_and_the_default_priority_is_chosen(
    cast: Cast, sam: Client, form: str
) -> None:
    page = words_of(sam.get(form))
    usual = Priority.objects.get(organisation=cast.larkfield, is_default=True)
    for label in ("Subject *", "Details *", "Type *"):
        assert label in page
    assert f'<option value="{usual.pk}" selected>' in page
    assert "Jo" in page
    assert "max@fernwood.example" not in page


def test_save_makes_it_the_accounts(cast: Cast, sam: Client, form: str) -> None:
    jo = Contact.objects.get(email="jo@orchid.example")
    answer = sam.post(form, WORDS | {"do": "save", "contact": jo.pk, "tags": "claim, chairs"})
    case = Case.objects.get()
    assert answer["Location"] == f"/desk/customers/{cast.orchid.pk}/cases/{case.number}/"
    assert (case.account, case.contact, case.creator) == (cast.orchid, jo, cast.sam)
    side = side_of(case, cast.larkfield)
    assert (side.status, side.tags) == (Status.OPEN, ["claim", "chairs"])


def test_what_is_missing_is_said_and_what_was_typed_kept(sam: Client, form: str) -> None:
    answer = sam.post(form, WORDS | {"do": "save", "type": ""})
    assert answer.status_code == 422
    assert "Two chairs missing" in words_of(answer)
    assert not Case.objects.exists()


def test_save_and_close_asks_why_first_and_then_does_both(cast: Cast, sam: Client, form: str) -> None:
    asked = words_of(sam.post(form, WORDS | {"do": "close"}))
    assert "Why is it closed already?" in asked
    assert "Two chairs missing" in asked
    assert not Case.objects.exists()
    refused = sam.post(form, WORDS | {"do": "close", "asked": "1", "note": "Sent two more"})
    assert refused.status_code == 422
    assert "Sent two more" in words_of(refused)
    assert not Case.objects.exists()
    why = {"asked": "1", "reason": closure_reason(cast).pk, "note": "Sent two more"}
    page = words_of(sam.post(form, WORDS | why | {"do": "close"}, follow=True))
    case = Case.objects.get()
    assert (case.status, case.closed_at is not None) == (Status.CLOSED, True)
    assert "CLOSED" in page
    assert "Sent two more" in page


def test_a_double_click_makes_one(sam: Client, form: str) -> None:
    token = {"token": "0d0c4a64-5c6a-4a86-93cd-6a1fd0c6a0a1", "do": "save"}
    assert sam.post(form, WORDS | token)["Location"] == sam.post(form, WORDS | token)["Location"]
    assert Case.objects.count() == 1


def test_another_accounts_contact_is_refused(sam: Client, form: str) -> None:
    max_ = Contact.objects.get(email="max@fernwood.example")
    assert sam.post(form, WORDS | {"do": "save", "contact": max_.pk}).status_code == 422
    assert not Case.objects.exists()


def test_strangers_add_nothing(cast: Cast, form: str) -> None:
    for person in (cast.pia, cast.omar, cast.kim):
        client = Client()
        client.force_login(person)
        assert client.get(form).status_code == 404
        assert client.post(form, WORDS | {"do": "save"}).status_code == 404
    assert not Case.objects.exists()
