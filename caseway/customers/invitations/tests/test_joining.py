"""Following the link of an invitation."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.utils import timezone

from caseway.accounts.models import Person
from caseway.accounts.sign_in.tests.people import is_signed_in, sign_in
from caseway.core.errors import DomainError
from caseway.customers.colleagues.actions import switch_off
from caseway.customers.invitations.actions import invite, revoke
from caseway.customers.invitations.joining import join_with_password
from caseway.customers.models import Contact
from caseway.demo.cast import Cast

from .links import NEW, PASSWORD, invite_noa, join_by, mailed_path


def is_dead(client: Client, path: str) -> bool:
    page = client.get(path)
    return page.status_code == 404 and "works no more" in page.content.decode()


def test_somebody_new_chooses_a_password_and_lands_in_the_portal(cast: Cast, client: Client) -> None:
    invite_noa(cast)
    page = client.get(mailed_path()).content.decode()
    assert "at least 10 characters" in page
    assert NEW in page
    response = join_by(client, mailed_path(), zone="Europe/Berlin")
    assert response["Location"] == "/"
    assert "My cases" in client.get("/", follow=True).content.decode()
    person = Person.objects.get(email=NEW)
    assert (person.time_zone, person.language) == ("Europe/Berlin", "en")
    contact = Contact.objects.get(person=person)
    assert (contact.account, contact.administers_account) == (cast.orchid, False)
    assert sign_in(Client(), NEW, PASSWORD)["Location"] == "/"


def test_an_administrator_to_be_becomes_one(cast: Cast, client: Client) -> None:
    invite_noa(cast, administers=True)
    join_by(client, mailed_path())
    assert Contact.objects.get(email=NEW).administers_account


def test_the_session_gets_a_new_key(cast: Cast, client: Client) -> None:
    invite_noa(cast)
    before = client.session
    before["planted"] = "by somebody else"
    before.save()
    client.cookies["session"] = str(before.session_key)
    join_by(client, mailed_path())
    assert client.session.session_key != before.session_key
    assert not Session.objects.filter(session_key=before.session_key).exists()


def test_the_link_works_once(cast: Cast, client: Client) -> None:
    invite_noa(cast)
    path = mailed_path()
    join_by(client, path)
    assert is_dead(Client(), path)
    assert join_by(Client(), path, "another one entirely").status_code == 404
    assert Person.objects.get(email=NEW).check_password(PASSWORD)


def test_it_dies_with_time_and_when_taken_back(cast: Cast, client: Client) -> None:
    invitation = invite_noa(cast)
    with time_machine.travel(timezone.now() + timedelta(days=7, minutes=1)):
        assert is_dead(client, mailed_path())
        assert join_by(client, mailed_path()).status_code == 404
    revoke(invitation, by=cast.in_portal(cast.kim))
    assert is_dead(client, mailed_path())


def test_a_guessed_or_altered_link_looks_like_a_dead_one(cast: Cast, client: Client) -> None:
    invitation = invite_noa(cast)
    path = mailed_path()
    last = path[-2]
    altered = path[:-2] + ("A" if last != "A" else "B") + "/"
    for guess in (altered, f"/accounts/invitation/{invitation.key_digest}/", "/accounts/invitation/1/"):
        assert is_dead(client, guess)
        assert join_by(client, guess).status_code == 404
    assert client.get(path).status_code == 200


def test_neither_host_nor_next_shapes_anything(cast: Cast, client: Client) -> None:
    client.force_login(cast.kim)
    form = {"name": "Noa Berg", "email": NEW}
    asked = {
        "host": "larkfield.localhost",
        "x-forwarded-host": "evil.example",
        "origin": "http://evil.example",
    }
    client.post("/portal/account/colleagues/", form, headers=asked)
    assert mailed_path()
    assert (
        client.post("/portal/account/colleagues/", form, headers={"host": "evil.example"}).status_code == 400
    )
    assert join_by(Client(), mailed_path() + "?next=//evil.example", next="//evil.example")["Location"] == "/"


@pytest.mark.parametrize("weak", ["short", "password123", "noa@orchid.example", "Noa Berg Noa"])
def test_a_weak_password_is_refused_and_nobody_is_made(cast: Cast, client: Client, weak: str) -> None:
    invite_noa(cast)
    assert join_by(client, mailed_path(), weak).status_code == 422
    assert not Person.objects.filter(email=NEW).exists()
    assert client.get(mailed_path()).status_code == 200


def test_two_passwords_that_differ_are_told(cast: Cast, client: Client) -> None:
    invite_noa(cast)
    page = join_by(client, mailed_path(), password2="another one entirely")
    assert "The two passwords differ" in page.content.decode()


def test_somebody_with_a_sign_in_joins_with_it(cast: Cast, client: Client) -> None:
    invite(cast.orchid, by=cast.in_portal(cast.kim), name="Pia", email=cast.pia.email)
    path = mailed_path(cast.pia.email)
    page = client.get(path).content.decode()
    assert f"/accounts/login/?next={path.replace('/', '%2F')}" in page
    assert join_by(client, path).status_code == 200
    assert not is_signed_in(client)
    assert sign_in(client, cast.pia.email, next=path)["Location"] == path
    assert client.post(path)["Location"] == "/"
    contact = Contact.objects.get(person=cast.pia)
    assert (contact.organisation, contact.account) == (cast.larkfield, cast.orchid)
    cast.pia.refresh_from_db()
    assert cast.pia.name != "Noa Berg"


def test_somebody_else_who_is_signed_in_joins_nothing(cast: Cast, client: Client) -> None:
    invite_noa(cast)
    client.force_login(cast.max)
    assert "signed in as max@fernwood.example" in client.get(mailed_path()).content.decode()
    assert join_by(client, mailed_path()).status_code == 409
    assert Contact.objects.get(person=cast.max).account == cast.fernwood
    assert not Person.objects.filter(email=NEW).exists()


def test_a_contact_of_another_account_doesnt_change_sides(cast: Cast, client: Client) -> None:
    invite(cast.orchid, by=cast.in_portal(cast.kim), name="Max", email=cast.max.email)
    client.force_login(cast.max)
    page = client.post(mailed_path(cast.max.email))
    assert (page.status_code, "belong to another account" in page.content.decode()) == (409, True)
    assert Contact.objects.get(person=cast.max).account == cast.fernwood


def test_who_only_wrote_mails_gets_their_sign_in_and_keeps_their_cases(cast: Cast, client: Client) -> None:
    wrote = Contact.objects.create(organisation=cast.larkfield, email=NEW, name="Noa")
    invite_noa(cast)
    join_by(client, mailed_path())
    wrote.refresh_from_db()
    assert (wrote.account, wrote.person) == (cast.orchid, Person.objects.get(email=NEW))


def test_somebody_switched_off_is_let_in_again_as_a_plain_contact(cast: Cast, client: Client) -> None:
    ana = cast.at_desk(cast.ana)
    switch_off(cast.contact(cast.kim), by=ana)
    invite(cast.orchid, by=ana, name="Kim", email=cast.kim.email)
    client.force_login(cast.kim)
    client.post(mailed_path(cast.kim.email))
    contact = Contact.objects.get(person=cast.kim)
    assert (contact.is_active, contact.administers_account) == (True, False)


def test_the_form_needs_its_token(cast: Cast) -> None:
    invite_noa(cast)
    assert join_by(Client(enforce_csrf_checks=True), mailed_path()).status_code == 403


@pytest.mark.django_db(transaction=True)
def test_of_many_who_follow_it_at_once_one_joins(cast: Cast) -> None:
    invite_noa(cast)
    key = mailed_path().rstrip("/").rpartition("/")[2]

    def follow(n: int) -> bool:
        try:
            join_with_password(key, name="Noa Berg", password=f"{PASSWORD} {n}")
        except DomainError:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(follow, range(6))) == 1
    assert Contact.objects.filter(email=NEW).count() == 1
