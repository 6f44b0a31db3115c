"""One's own profile: words and zone, mails, sessions."""

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client

from caseway.accounts.models import Person
from caseway.accounts.sign_in.tests.people import NEW, is_signed_in, sign_in
from caseway.customers.models import Contact
from caseway.demo.cast import Cast

PAGE = "/accounts/profile/"
PASSWORD = "caseway-demo"


def save(client: Client, **changes: str):
    typed = {"name": "Kim Tran", "language": "", "time_zone": ""} | changes
    return client.post(PAGE, typed)


def test_name_language_and_zone_are_kept(cast: Cast, client: Client) -> None:
    client.force_login(cast.kim)
    response = save(client, name="Kim T.", language="de", time_zone="America/New York")
    assert response["Location"] == PAGE
    person = Person.objects.get(pk=cast.kim.pk)
    assert (person.name, person.language, person.time_zone) == ("Kim T.", "de", "America/New_York")
    assert Contact.objects.get(person=person).name == "Kim T."
    assert 'lang="de"' in client.get(PAGE).content.decode()


@pytest.mark.parametrize(
    "wrong", [{"time_zone": "Mars/Base"}, {"language": "tlh"}, {"name": ""}, {"name": "a@b"}]
)
def test_what_there_isnt_is_refused(cast: Cast, client: Client, wrong: dict[str, str]) -> None:
    client.force_login(cast.kim)
    assert save(client, **wrong).status_code == 422
    assert Person.objects.get(pk=cast.kim.pk).name == "Kim Tran"


def test_what_a_button_shows_is_in_its_name(cast: Cast, client: Client) -> None:
    client.force_login(cast.kim)
    assert 'aria-label="Set up, Second factor and passkeys"' in client.get(PAGE).content.decode()


def test_fields_that_the_form_has_not_set_nothing(cast: Cast, client: Client) -> None:
    client.force_login(cast.kim)
    save(client, is_staff="on", email="root@caseway.example", administers_account="", is_superuser="on")
    person = Person.objects.get(pk=cast.kim.pk)
    assert (person.email, person.is_staff, person.is_superuser) == ("kim@orchid.example", False, False)


def test_a_customer_chooses_their_mails(cast: Cast, client: Client) -> None:
    key = cast.contact(cast.kim).pk
    client.force_login(cast.kim)
    save(client, **{f"contact-{key}-told_of_answers": "on"})
    contact = Contact.objects.get(pk=key)
    assert (contact.told_of_creation, contact.told_of_answers, contact.told_of_closing) == (
        False,
        True,
        False,
    )


def test_nobody_chooses_for_another(cast: Cast, client: Client) -> None:
    other = cast.contact(cast.jo)
    client.force_login(cast.kim)
    save(client, **{f"contact-{other.pk}-told_of_answers": ""})
    other.refresh_from_db()
    assert other.told_of_answers


def test_an_agent_chooses_theirs(cast: Cast, client: Client) -> None:
    client.force_login(cast.ana)
    save(client, name="Ana Ferreira")
    seat = cast.memberships[cast.ana.email]
    seat.refresh_from_db()
    assert not seat.told_as_owner


def test_zones_are_offered_with_their_clock(cast: Cast, client: Client) -> None:
    client.force_login(cast.kim)
    page = client.get(PAGE).content.decode()
    assert page.count("<option value=") > 300
    assert '<option value="Europe/Berlin">' in page


def test_the_first_sign_in_takes_the_browsers_word(cast: Cast, client: Client) -> None:
    Person.objects.filter(pk__in=[cast.kim.pk, cast.ana.pk]).update(language="", time_zone="")
    german = {"accept-language": "de"}
    for person in (cast.kim, cast.ana):
        form = {"login": person.email, "password": PASSWORD, "zone": "Asia/Tokyo"}
        Client().post("/accounts/login/", form, headers=german)
        person.refresh_from_db()
    assert (cast.kim.language, cast.kim.time_zone) == ("de", "Asia/Tokyo")
    assert (cast.ana.language, cast.ana.time_zone) == ("", "")


@pytest.mark.parametrize("zone", ["Mars/Base", "../etc/passwd", ""])
def test_what_was_chosen_stays(cast: Cast, client: Client, zone: str) -> None:
    Person.objects.filter(pk=cast.kim.pk).update(language="fr", time_zone="")
    client.post("/accounts/login/", {"login": cast.kim.email, "password": PASSWORD, "zone": zone})
    cast.kim.refresh_from_db()
    assert (cast.kim.language, cast.kim.time_zone) == ("fr", "")


def test_signing_out_elsewhere_keeps_this_browser(cast: Cast, client: Client) -> None:
    elsewhere, third = Client(headers={"user-agent": "Firefox/1 Windows"}), Client()
    for one in (client, elsewhere, third):
        sign_in(one, cast.kim.email)
    page = client.get(PAGE).content.decode()
    assert "Firefox, Windows" in page
    assert page.count("Sign out on") == 2
    client.post(f"{PAGE}sessions/")
    assert (is_signed_in(client), is_signed_in(elsewhere), is_signed_in(third)) == (True, False, False)


def test_one_browser_is_signed_out_and_nobody_elses(cast: Cast, client: Client) -> None:
    elsewhere, jo = Client(), Client()
    sign_in(client, cast.kim.email)
    sign_in(elsewhere, cast.kim.email)
    sign_in(jo, cast.jo.email)
    keys = [one.pk for one in UserSession.objects.filter(user=cast.jo)]
    client.post(f"{PAGE}sessions/", {"session": str(keys[0])})
    assert is_signed_in(jo)
    mine = UserSession.objects.filter(user=cast.kim).latest("pk")
    client.post(f"{PAGE}sessions/", {"session": str(mine.pk)})
    assert (is_signed_in(client), is_signed_in(elsewhere)) == (True, False)


def test_choosing_another_desk_keeps_the_session_in_the_list(cast: Cast, client: Client) -> None:
    elsewhere = Client()
    sign_in(elsewhere, cast.ana.email)
    elsewhere.post("/accounts/desk/", {"organisation": "larkfield"})
    sign_in(client, cast.ana.email)
    client.post(f"{PAGE}sessions/")
    assert not is_signed_in(elsewhere)


def test_a_new_password_ends_all(cast: Cast, client: Client) -> None:
    elsewhere = Client()
    sign_in(elsewhere, cast.kim.email)
    sign_in(client, cast.kim.email)
    form = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    client.post("/accounts/password/change/", form)
    assert not is_signed_in(elsewhere)
