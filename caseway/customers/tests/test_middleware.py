"""Who is looking, and who gets in."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from caseway.accounts.models import Brand, Membership, Person
from caseway.accounts.roles import give_default_roles
from caseway.customers.models import Contact
from caseway.demo.cast import Cast

pytestmark = pytest.mark.urls("caseway.accounts.tests.urls")


def seen(client: Client, path: str, **more: Any) -> dict[str, Any]:
    response = client.get(path, **more)
    assert response.status_code == 200, response.status_code
    return dict(response.json())


def test_an_agent_at_the_desk(cast: Cast, client: Client) -> None:
    client.force_login(cast.ben)
    found = seen(client, "/desk/who")
    assert (found["seat"], found["organisation"], found["teams"]) == ("agent", "larkfield", 2)


def test_a_contact_in_the_portal(cast: Cast, client: Client) -> None:
    client.force_login(cast.kim)
    assert seen(client, "/portal/who")["seat"] == "contact"
    found = seen(client, "/portal/who", headers={"host": "larkfield.localhost:8000"})
    assert (found["brand"], found["organisation"]) == ("larkfield", "larkfield")


def test_the_host_decides_whose_portal_it_is(cast: Cast, client: Client) -> None:
    Brand.objects.create(organisation=cast.quillon, slug="q", name="Quillon", host="quillon.localhost")
    client.force_login(cast.kim)
    assert client.get("/portal/who", headers={"host": "quillon.localhost"}).status_code == 404
    Contact.objects.create(organisation=cast.quillon, person=cast.kim, email=cast.kim.email)
    assert seen(client, "/portal/who", headers={"host": "quillon.localhost"})["organisation"] == "quillon"
    assert seen(client, "/portal/who", headers={"host": "larkfield.localhost"})["organisation"] == "larkfield"


@pytest.mark.parametrize(
    ("name", "path", "status"),
    [
        ("kim", "/desk/who", 404),
        ("ana", "/portal/who", 404),
        ("root", "/desk/who", 404),
        ("root", "/portal/who", 404),
        ("ana", "/desk/settings", 403),
        ("admin", "/desk/settings", 200),
        ("kim", "/desk/settings", 404),
        ("root", "/signed-in", 200),
        ("kim", "/public", 200),
    ],
)
def test_the_wrong_seat_gets_nothing(cast: Cast, client: Client, name: str, path: str, status: int) -> None:
    client.force_login(getattr(cast, name))
    assert client.get(path).status_code == status


@pytest.mark.parametrize("path", ["/desk/who", "/portal/who", "/signed-in"])
def test_nobody_is_sent_to_sign_in_and_back(db: None, client: Client, path: str) -> None:
    assert (
        client.get(path + "?q=1")["Location"] == f"/accounts/login/?next={path.replace('/', '%2F')}%3Fq%3D1"
    )
    assert client.post(path)["Location"] == "/accounts/login/"
    fragment = client.get(
        path, headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/desk/cases/?view=new"}
    )
    assert fragment["HX-Redirect"] == "/accounts/login/?next=%2Fdesk%2Fcases%2F%3Fview%3Dnew"
    foreign = {"HX-Request": "true", "HX-Current-URL": "https://evil.example/"}
    assert client.get(path, headers=foreign)["HX-Redirect"] == "/accounts/login/"


def test_nobody_may_see_public_pages(db: None, client: Client) -> None:
    assert seen(client, "/public")["seat"] == "nobody"


def test_an_organisation_by_email_only_has_no_desk(cast: Cast, client: Client) -> None:
    role = give_default_roles(cast.tamarack)["Agent"]
    person = Person.objects.create_user("clerk@tamarack.example", name="Clerk")
    Membership.objects.create(person=person, organisation=cast.tamarack, role=role)
    client.force_login(person)
    assert client.get("/desk/who").status_code == 404


def test_a_seat_that_was_taken_away_is_gone_at_once(cast: Cast, client: Client) -> None:
    client.force_login(cast.ana)
    seen(client, "/desk/who")
    Membership.objects.filter(person=cast.ana).update(is_active=False)
    assert client.get("/desk/who").status_code == 404


def test_somebody_with_two_desks_sits_at_the_chosen_one(cast: Cast, client: Client) -> None:
    role = give_default_roles(cast.quillon)["Agent"]
    second = Membership.objects.create(person=cast.ana, organisation=cast.quillon, role=role)
    client.force_login(cast.ana)
    assert seen(client, "/desk/who")["organisation"] == "larkfield"
    response = client.post(reverse("choose_desk"), {"organisation": "quillon"})
    assert response["Location"] == "/desk/"
    assert seen(client, "/desk/who")["organisation"] == "quillon"
    second.delete()
    assert seen(client, "/desk/who")["organisation"] == "larkfield"


def test_a_desk_without_a_seat_cannot_be_chosen(cast: Cast, client: Client) -> None:
    client.force_login(cast.ana)
    for slug in ("brightwater", "tamarack", "nobody", ""):
        assert client.post(reverse("choose_desk"), {"organisation": slug}).status_code == 404
    assert seen(client, "/desk/who")["organisation"] == "larkfield"
    assert client.get(reverse("choose_desk")).status_code == 405
    assert Client().post(reverse("choose_desk"))["Location"] == "/accounts/login/"


def test_times_and_words_are_the_readers(cast: Cast, client: Client) -> None:
    client.force_login(cast.ana)
    assert seen(client, "/desk/who")["zone"] == "America/Los_Angeles"
    Person.objects.filter(pk=cast.ana.pk).update(time_zone="Asia/Tokyo", language="de")
    found = seen(client, "/desk/who")
    assert (found["zone"], found["language"]) == ("Asia/Tokyo", "de")
    Person.objects.filter(pk=cast.ana.pk).update(time_zone="Mars/Olympus", language="xx")
    found = seen(client, "/desk/who", headers={"accept-language": "fr"})
    assert (found["zone"], found["language"]) == ("UTC", "fr")
    assert seen(client, "/public")["zone"] == "UTC"


@pytest.mark.parametrize(
    ("name", "path"),
    [("ana", "/desk/who"), ("kim", "/portal/who"), ("ana", "/signed-in")],
)
def test_the_viewer_costs_four_queries_at_most(
    cast: Cast, client: Client, name: str, path: str, django_assert_max_num_queries
) -> None:
    client.force_login(getattr(cast, name))
    with django_assert_max_num_queries(4):
        seen(client, path, headers={"host": "larkfield.localhost"})
