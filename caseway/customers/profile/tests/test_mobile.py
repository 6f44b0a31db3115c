"""One's own mobile number: given and taken away by oneself alone."""

import pytest
from django.db import IntegrityError
from django.test import Client

from caseway.accounts.models import Person
from caseway.demo.cast import Cast

PAGE = "/accounts/profile/"


def save(client: Client, mobile: str, **changes: str):
    return client.post(
        PAGE, {"name": "Ana Ferreira", "language": "", "time_zone": "", "mobile": mobile} | changes
    )


def mobile_of(person: Person) -> str:
    return Person.objects.get(pk=person.pk).mobile


def test_it_is_kept_and_shown_with_its_country(cast: Cast, client: Client) -> None:
    client.force_login(cast.ana)
    assert save(client, "(202) 555-0123").status_code == 302
    assert mobile_of(cast.ana) == "+12025550123"
    assert 'value="+1 202-555-0123"' in client.get(PAGE).content.decode()
    assert save(client, "+1 202-555-0123").status_code == 302
    assert mobile_of(cast.ana) == "+12025550123"


def test_the_persons_own_zone_goes_before_the_organisations(cast: Cast, client: Client) -> None:
    Person.objects.filter(pk=cast.ana.pk).update(time_zone="Europe/Berlin")
    client.force_login(cast.ana)
    save(client, "01512 3456789")
    assert mobile_of(cast.ana) == "+4915123456789"


def test_emptied_it_is_gone(cast: Cast, client: Client) -> None:
    Person.objects.filter(pk=cast.ana.pk).update(mobile="+12025550123")
    client.force_login(cast.ana)
    assert save(client, "").status_code == 302
    assert mobile_of(cast.ana) == ""


def test_a_wrong_one_is_said_and_nothing_is_stored(cast: Cast, client: Client) -> None:
    client.force_login(cast.ana)
    refused = save(client, "+49 30 1234567", name="Ana F.")
    assert refused.status_code == 422
    page = refused.content.decode()
    assert "No SMS reaches this number" in page
    assert "+49 30 1234567" in page
    assert (mobile_of(cast.ana), Person.objects.get(pk=cast.ana.pk).name) == ("", "Ana Ferreira")


def test_customers_have_none(cast: Cast, client: Client) -> None:
    client.force_login(cast.kim)
    assert 'name="mobile"' not in client.get(PAGE).content.decode()
    save(client, "+1 202 555 0123", name="Kim Tran")
    assert mobile_of(cast.kim) == ""


def test_the_database_takes_nothing_else(cast: Cast) -> None:
    with pytest.raises(IntegrityError):
        Person.objects.filter(pk=cast.ana.pk).update(mobile="555")
