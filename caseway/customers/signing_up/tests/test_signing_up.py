"""Joining by oneself: who may, and what everybody else learns."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from caseway.accounts.sign_in.tests.people import count_hashes, without_tokens
from caseway.core.errors import Invalid, NotAllowed, NotFound
from caseway.customers import jobs
from caseway.customers.colleagues.actions import switch_off
from caseway.customers.invitations.tests.links import join_by, last_mail, mailed_path
from caseway.customers.models import Contact, CustomerAccount, Invitation, SignUpDomain, SignUpRequest
from caseway.customers.signing_up.domains import choose_domains
from caseway.demo.cast import Cast
from caseway.mail.models import Delivery

NEW = "rae@orchid.example"
HOST = "larkfield.localhost"


def ask(client: Client, address: str = NEW, name: str = "Rae Ito", host: str = HOST):
    return client.post("/accounts/signup/", {"name": name, "email": address}, headers={"host": host})


def let_the_worker_run() -> None:
    for job in ProcrastinateJob.objects.filter(status="todo", task_name="customers.answer_sign_up"):
        jobs.answer_sign_up(**job.args)
    ProcrastinateJob.objects.all()._raw_delete("default")


def allow(cast: Cast) -> None:
    choose_domains(cast.orchid, ["orchid.example"], by=cast.at_desk(cast.ana))


def test_off_by_default(cast: Cast, client: Client) -> None:
    assert ask(client)["Location"] == "/accounts/signup/done/"
    let_the_worker_run()
    assert not Delivery.objects.exists()
    assert not SignUpRequest.objects.exists()


def test_who_reads_mail_at_an_allowed_domain_joins_as_a_plain_contact(cast: Cast, client: Client) -> None:
    allow(cast)
    ask(client)
    let_the_worker_run()
    assert last_mail(NEW).subject.startswith("Confirm your address")
    join_by(client, mailed_path(NEW))
    contact = Contact.objects.get(email=NEW)
    assert (contact.account, contact.administers_account, contact.is_active) == (cast.orchid, False, True)


def test_everybody_gets_the_same_answer(cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """Same status, page, queries and hashes: known, welcome, unknown domain, switched off."""
    allow(cast)
    switch_off(cast.contact(cast.jo), by=cast.at_desk(cast.ana))
    hashes, answers = count_hashes(monkeypatch), []
    for address in (cast.kim.email, NEW, "x@nowhere.example", cast.jo.email, cast.ana.email):
        with CaptureQueriesContext(connection) as queries:
            response = ask(client, address)
        page = without_tokens(client.get(response["Location"]).content.decode())
        answers.append((response.status_code, response["Location"], page, len(queries)))
    assert len(set(answers)) == 1
    assert not hashes
    let_the_worker_run()
    told = set(Delivery.objects.values_list("address", "subject"))
    assert told == {
        (NEW, "Confirm your address for the customer portal of Larkfield"),
        (cast.kim.email, "You have a sign-in for Larkfield Home already"),
    }


def test_another_brands_host_answers_for_its_own_organisation_only(cast: Cast, client: Client) -> None:
    theirs = CustomerAccount.objects.create(organisation=cast.quillon, name="Theirs", number="1")
    SignUpDomain.objects.create(organisation=cast.quillon, account=theirs, domain="elsewhere.example")
    ask(client, "x@elsewhere.example")
    let_the_worker_run()
    assert not Delivery.objects.exists()


def test_it_dies_when_the_account_changes_its_mind(cast: Cast, client: Client) -> None:
    allow(cast)
    ask(client)
    let_the_worker_run()
    choose_domains(cast.orchid, [], by=cast.at_desk(cast.ana))
    assert join_by(client, mailed_path(NEW)).status_code == 404


def test_what_strangers_typed_is_not_shown_to_administrators(cast: Cast, client: Client) -> None:
    allow(cast)
    ask(client, name="Somebody Loud")
    let_the_worker_run()
    client.force_login(cast.kim)
    assert "Somebody Loud" not in client.get("/portal/account/colleagues/").content.decode()


def test_a_fourth_request_in_an_hour_is_not_taken(cast: Cast, client: Client) -> None:
    for address in (NEW, "x@nowhere.example"):
        assert [ask(client, address).status_code for _ in range(4)] == [302, 302, 302, 429]


def test_one_client_asks_twenty_times_an_hour(cast: Cast, client: Client) -> None:
    statuses = [ask(client, f"p{n}@nowhere.example").status_code for n in range(21)]
    assert statuses == [302] * 20 + [429]


@pytest.mark.parametrize("name", ["", "see evil.example/x", "a@b.example"])
def test_the_name_is_a_name(cast: Cast, client: Client, name: str) -> None:
    assert ask(client, name=name).status_code == 422
    assert not SignUpRequest.objects.exists()


def test_a_job_that_runs_twice_mails_once(cast: Cast, client: Client) -> None:
    allow(cast)
    ask(client)
    key = SignUpRequest.objects.get().pk
    jobs.answer_sign_up(key)
    jobs.answer_sign_up(key)
    assert Delivery.objects.count() == 1


def test_what_was_never_proven_is_forgotten(cast: Cast, client: Client) -> None:
    allow(cast)
    ask(client)
    let_the_worker_run()
    ask(client, "y@nowhere.example")
    with time_machine.travel(timezone.now() + timedelta(days=15)):
        jobs.sweep(0)
    assert (Invitation.objects.count(), SignUpRequest.objects.count()) == (0, 0)


def test_only_agents_of_the_organisation_choose_domains(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        choose_domains(cast.orchid, ["orchid.example"], by=cast.in_portal(cast.kim))
    with pytest.raises(NotFound):
        choose_domains(cast.orchid, ["orchid.example"], by=cast.at_desk(cast.pia))


def test_a_domain_leads_to_one_account(cast: Cast) -> None:
    allow(cast)
    with pytest.raises(Invalid, match="Orchid Hotels already"):
        choose_domains(cast.fernwood, ["orchid.example"], by=cast.at_desk(cast.ana))


@pytest.mark.parametrize(
    ("typed", "status"),
    [("@Orchid.example, b.example", 302), ("orchid", 422), ("a b/c.example", 422), ("", 302)],
)
def test_domains_are_typed_one_a_line(cast: Cast, client: Client, typed: str, status: int) -> None:
    client.force_login(cast.ana)
    assert client.post(f"/desk/customers/{cast.orchid.pk}/domains/", {"domains": typed}).status_code == status
    stored = list(cast.orchid.sign_up_domains.values_list("domain", flat=True))
    assert stored == (["b.example", "orchid.example"] if typed.startswith("@") else [])
