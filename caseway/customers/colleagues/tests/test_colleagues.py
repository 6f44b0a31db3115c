"""The people of an account: what administrators and agents do, and what strangers can't."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client

from caseway.accounts.models import AuditEntry, Person
from caseway.cases.models import Case
from caseway.cases.tests.story import raised_by_kim
from caseway.core.errors import Conflict, NotAllowed, NotFound
from caseway.customers.colleagues.actions import (
    make_administrator,
    switch_off,
    switch_on,
    unmake_administrator,
)
from caseway.customers.invitations.tests.links import NEW, invite_noa
from caseway.customers.models import Contact, Invitation
from caseway.demo.cast import Cast

PAGE = "/portal/account/colleagues/"


def stored(cast: Cast, person: Person) -> Contact:
    return Contact.objects.select_related("account").get(person=person)


def test_an_administrator_makes_and_unmakes_another(cast: Cast) -> None:
    kim, jo = cast.in_portal(cast.kim), cast.contact(cast.jo)
    make_administrator(jo, by=kim)
    make_administrator(jo, by=kim)
    assert stored(cast, cast.jo).administers_account
    unmake_administrator(jo, by=kim)
    assert not stored(cast, cast.jo).administers_account
    kinds = list(AuditEntry.objects.order_by("pk").values_list("kind", flat=True))
    assert kinds == ["contact.administrator_made", "contact.administrator_unmade"]


def test_the_last_administrator_stays(cast: Cast) -> None:
    kim = cast.in_portal(cast.kim)
    for act in (unmake_administrator, switch_off):
        with pytest.raises(Conflict):
            act(cast.contact(cast.kim), by=kim)
    make_administrator(cast.contact(cast.jo), by=kim)
    unmake_administrator(cast.contact(cast.kim), by=kim)
    assert not stored(cast, cast.kim).administers_account


def test_the_page_offers_nothing_that_would_be_refused(cast: Cast, client: Client) -> None:
    client.force_login(cast.kim)
    assert "unmake-administrator" not in client.get(PAGE).content.decode()
    make_administrator(cast.contact(cast.jo), by=cast.in_portal(cast.kim))
    assert client.get(PAGE).content.decode().count("unmake-administrator") == 2


def test_an_agent_may_leave_an_account_without(cast: Cast) -> None:
    unmake_administrator(cast.contact(cast.kim), by=cast.at_desk(cast.ana))
    assert not stored(cast, cast.kim).administers_account


def test_somebody_without_sign_in_administers_nothing(cast: Cast) -> None:
    contact = Contact.objects.create(organisation=cast.larkfield, account=cast.orchid, email=NEW)
    with pytest.raises(Conflict):
        make_administrator(contact, by=cast.in_portal(cast.kim))


def test_who_is_switched_off_is_out_at_once_and_their_cases_stay(cast: Cast, client: Client) -> None:
    case = raised_by_kim(cast)
    Case.objects.filter(pk=case.pk).update(contact=cast.contact(cast.jo))
    client.force_login(cast.jo)
    assert client.get("/portal/cases/").status_code == 200
    switch_off(cast.contact(cast.jo), by=cast.in_portal(cast.kim))
    assert client.get("/portal/cases/").status_code == 404
    assert Case.objects.visible_to(cast.in_portal(cast.kim)).filter(pk=case.pk).exists()
    switch_on(cast.contact(cast.jo), by=cast.in_portal(cast.kim))
    assert client.get("/portal/cases/").status_code == 200


@pytest.mark.parametrize("act", [make_administrator, unmake_administrator, switch_off, switch_on])
def test_strangers_and_plain_contacts_do_nothing(cast: Cast, act) -> None:
    with pytest.raises(NotAllowed):
        act(cast.contact(cast.kim), by=cast.in_portal(cast.jo))
    for viewer in (cast.in_portal(cast.max), cast.at_desk(cast.pia)):
        with pytest.raises(NotFound):
            act(cast.contact(cast.jo), by=viewer)
    assert not AuditEntry.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_who_unmake_each_other_leave_one(cast: Cast) -> None:
    make_administrator(cast.contact(cast.jo), by=cast.in_portal(cast.kim))
    kim, jo = cast.in_portal(cast.kim), cast.in_portal(cast.kim)

    def unmake(pair) -> None:
        viewer, contact = pair
        try:
            unmake_administrator(contact, by=viewer)
        except Conflict:
            pass
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(unmake, [(kim, cast.contact(cast.jo)), (jo, cast.contact(cast.kim))]))
    assert Contact.objects.filter(account=cast.orchid, administers_account=True).count() == 1


def test_the_page_invites_sends_again_and_takes_back(cast: Cast, client: Client) -> None:
    client.force_login(cast.kim)
    client.post(PAGE, {"name": "Noa Berg", "email": NEW})
    page = client.get(PAGE).content.decode()
    assert all(words in page for words in ("Noa Berg", NEW, "Jo", "Invite a colleague"))
    key = Invitation.objects.get().pk
    assert client.post(f"/portal/account/invitations/{key}/", {"do": "again"})["Location"] == PAGE
    assert client.post(f"/portal/account/invitations/{key}/", {"do": "revoke"})["Location"] == PAGE
    client.get(PAGE)  # tells it
    assert NEW not in client.get(PAGE).content.decode()
    assert client.post(f"/portal/account/invitations/{key}/", {"do": "dance"}).status_code == 404


def test_what_is_wrong_stands_at_its_field(cast: Cast, client: Client) -> None:
    client.force_login(cast.kim)
    response = client.post(PAGE, {"name": "http://x", "email": "jo@orchid.example"})
    assert response.status_code == 422
    assert "Write the name alone" in response.content.decode()


def test_only_administrators_find_the_page(cast: Cast, client: Client) -> None:
    for person in (cast.jo, cast.max, cast.ana):
        client.force_login(person)
        assert client.get(PAGE).status_code == 404
        assert client.post(PAGE, {"name": "Noa", "email": NEW}).status_code == 404
    assert not Invitation.objects.exists()


def test_an_administrator_reaches_no_other_accounts_people(cast: Cast, client: Client) -> None:
    client.force_login(cast.kim)
    theirs = cast.contact(cast.max).pk
    assert client.post(f"{PAGE}{theirs}/", {"do": "switch-off"}).status_code == 404
    assert stored(cast, cast.max).is_active


def test_the_page_costs_the_same_for_one_and_for_many(
    cast: Cast, client: Client, django_assert_max_num_queries
) -> None:
    client.force_login(cast.kim)
    Contact.objects.bulk_create(
        Contact(organisation=cast.larkfield, account=cast.orchid, email=f"p{n}@orchid.example")
        for n in range(60)
    )
    with django_assert_max_num_queries(8):
        client.get(PAGE)


def test_the_desk_shows_the_account_with_its_history(
    cast: Cast, client: Client, django_assert_max_num_queries
) -> None:
    invite_noa(cast)
    client.force_login(cast.ana)
    assert "Orchid Hotels" in client.get("/desk/customers/?q=orch").content.decode()
    assert "Fernwood" not in client.get("/desk/customers/?q=orch").content.decode()
    with django_assert_max_num_queries(16):
        page = client.get(f"/desk/customers/{cast.orchid.pk}/people/").content.decode()
    assert f"invited {NEW}" in page
    form = {"name": "Rae Ito", "email": "rae@orchid.example", "administers": "on"}
    client.post(f"/desk/customers/{cast.orchid.pk}/invitations/", form)
    assert Invitation.objects.get(email="rae@orchid.example").administers_account


def test_agents_of_others_find_no_account(cast: Cast, client: Client) -> None:
    for person in (cast.pia, cast.omar):
        client.force_login(person)
        assert client.get(f"/desk/customers/{cast.orchid.pk}/").status_code == 404
        assert "Orchid" not in client.get("/desk/customers/").content.decode()
