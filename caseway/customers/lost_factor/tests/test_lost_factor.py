"""Resetting a lost second factor: whose, by whom."""

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from caseway.accounts.models import AuditEntry, Membership, Person
from caseway.accounts.roles import give_default_roles
from caseway.accounts.second_factor.tests.codes import set_up
from caseway.core.errors import NotAllowed, NotFound
from caseway.customers.lost_factor.actions import reset_lost_factor
from caseway.customers.models import Contact
from caseway.demo.cast import Cast


@pytest.mark.parametrize("name", ["ana", "kim"])
def test_a_tenant_administrator_resets_for_colleagues_and_contacts(cast: Cast, name: str) -> None:
    person = getattr(cast, name)
    set_up(person)
    reset_lost_factor(person, by=cast.at_desk(cast.admin))
    assert not Authenticator.objects.exists()
    entry = AuditEntry.objects.get()
    assert (entry.organisation, entry.actor, entry.subject) == (cast.larkfield, cast.admin, person)


def test_who_may_not(cast: Cast) -> None:
    set_up(cast.ben)
    for viewer in (cast.at_desk(cast.ana), cast.at_desk(cast.lea)):
        with pytest.raises(NotAllowed):
            reset_lost_factor(cast.ben, by=viewer)
    for viewer in (cast.at_desk(cast.iris), cast.at_desk(cast.pia), cast.in_portal(cast.kim)):
        with pytest.raises(NotFound):
            reset_lost_factor(cast.ben, by=viewer)
    assert Authenticator.objects.exists()


def test_not_ones_own(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        reset_lost_factor(cast.admin, by=cast.at_desk(cast.admin))


def test_not_for_somebody_whose_second_factor_guards_others_too(cast: Cast) -> None:
    Contact.objects.create(organisation=cast.quillon, person=cast.kim, email=cast.kim.email)
    role = give_default_roles(cast.quillon)["Agent"]
    Membership.objects.create(person=cast.ben, organisation=cast.quillon, role=role)
    Person.objects.filter(pk=cast.sam.pk).update(is_staff=True)
    cast.sam.refresh_from_db()
    for person in (cast.kim, cast.ben, cast.sam):
        with pytest.raises(NotAllowed):
            reset_lost_factor(person, by=cast.at_desk(cast.admin))


def test_the_page_names_who_has_one(cast: Cast, client: Client) -> None:
    set_up(cast.ben)
    client.force_login(cast.admin)
    page = client.get("/desk/settings/second-factor/").content.decode()
    assert page.count('name="do" value="reset"') == 1
    key = cast.memberships[cast.ben.email].pk
    assert client.post(f"/desk/settings/second-factor/{key}/reset/").status_code == 302
    assert not Authenticator.objects.exists()
    foreign = cast.memberships[cast.omar.email].pk
    assert client.post(f"/desk/settings/second-factor/{foreign}/reset/").status_code == 404


def test_the_page_is_for_administrators(cast: Cast, client: Client) -> None:
    client.force_login(cast.ana)
    assert client.get("/desk/settings/second-factor/").status_code == 403
