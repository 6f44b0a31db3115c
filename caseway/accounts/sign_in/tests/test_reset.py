"""A new password by mail."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from procrastinate.contrib.django import app

from caseway.accounts import jobs
from caseway.accounts.models import PasswordResetRequest, Person
from caseway.accounts.sign_in.actions import disable
from caseway.core.limits import Tally
from caseway.demo.cast import Cast

from .people import (
    NEW,
    ask_for_link,
    count_hashes,
    is_signed_in,
    let_the_worker_run,
    mailed_link,
    sign_in,
    without_tokens,
)


def link_for(client: Client, person: Person) -> str:
    ask_for_link(client, person.email)
    let_the_worker_run()
    return mailed_link()


def use(client: Client, link: str, password: str = NEW) -> bool:
    """Follow the link and set the password; whether it worked."""
    page = client.get(link, follow=True)
    if "works no more" in page.content.decode():
        return False
    client.post(page.request["PATH_INFO"], {"password1": password, "password2": password})
    return True


def test_the_link_sets_a_new_password_and_signs_everybody_out(cast: Cast, client: Client) -> None:
    elsewhere = Client()
    sign_in(elsewhere, cast.ana.email)
    assert use(client, link_for(client, cast.ana))
    assert not is_signed_in(elsewhere)
    assert not is_signed_in(client)
    assert sign_in(client, cast.ana.email).status_code == 200
    assert sign_in(client, cast.ana.email, NEW).status_code == 302


def test_the_link_works_once(cast: Cast, client: Client) -> None:
    link = link_for(client, cast.ana)
    assert use(client, link)
    assert not use(Client(), link, "another one entirely")
    cast.ana.refresh_from_db()
    assert cast.ana.check_password(NEW)


def test_the_link_dies_with_time(cast: Cast, client: Client) -> None:
    link = link_for(client, cast.ana)
    with time_machine.travel(timezone.now() + timedelta(hours=2, minutes=1)):
        assert not use(client, link)


@pytest.mark.parametrize("change", ["password", "address", "sign-in", "disabled"])
def test_the_link_dies_with_what_it_was_made_for(cast: Cast, client: Client, change: str) -> None:
    link = link_for(client, cast.ana)
    match change:
        case "password":
            cast.ana.set_password("another one entirely")
            cast.ana.save()
        case "address":
            Person.objects.filter(pk=cast.ana.pk).update(email="ana.f@larkfield.example")
        case "sign-in":
            sign_in(Client(), cast.ana.email)
        case "disabled":
            disable(cast.ana)
    assert not use(client, link)


def test_the_link_is_not_for_somebody_else(cast: Cast, client: Client) -> None:
    link = link_for(client, cast.ana)
    key = link.rstrip("/").split("-", 1)[1]
    assert not use(client, f"/accounts/password/reset/key/{cast.ben.pk}-{key}/")


def test_the_host_header_does_not_shape_the_link(cast: Cast, client: Client) -> None:
    ask_for_link(client, cast.ana.email, host="garden.localhost", x_forwarded_host="evil.example")
    let_the_worker_run()
    text = str(mail.outbox[-1].message())
    assert "evil.example" not in text
    assert "garden.localhost" not in text
    assert mailed_link()


def test_a_foreign_host_is_refused(cast: Cast, client: Client) -> None:
    assert ask_for_link(client, cast.ana.email, host="evil.example").status_code == 400


def test_known_and_unknown_addresses_get_the_same(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    hashes = count_hashes(monkeypatch)
    answers = []
    for address in (cast.ana.email, "nobody@larkfield.example", cast.new_agent.email):
        with CaptureQueriesContext(connection) as queries:
            response = ask_for_link(client, address)
        page = client.get(response["Location"])
        shown = without_tokens(page.content.decode())
        answers.append((response.status_code, response["Location"], shown, len(queries)))
    assert not hashes
    assert len(set(answers)) == 1
    let_the_worker_run()
    assert [m.to for m in mail.outbox] == [[cast.ana.email], [cast.new_agent.email]]
    assert not PasswordResetRequest.objects.exists()


def test_a_fourth_mail_in_an_hour_is_not_sent(cast: Cast, client: Client) -> None:
    for address in (cast.ana.email, "nobody@larkfield.example"):
        statuses = [ask_for_link(client, address).status_code for _ in range(4)]
        assert statuses == [302, 302, 302, 429]
    let_the_worker_run()
    assert len(mail.outbox) == 3


def test_a_job_that_runs_twice_mails_once(cast: Cast, client: Client) -> None:
    ask_for_link(client, cast.ana.email)
    request = PasswordResetRequest.objects.get()
    jobs.mail_reset_link(request.pk)
    jobs.mail_reset_link(request.pk)
    assert len(mail.outbox) == 1


def test_the_mail_is_plain_text_with_a_twin_and_speaks_the_persons_language(
    cast: Cast, client: Client
) -> None:
    link_for(client, cast.ana)
    message = mail.outbox[-1]
    assert isinstance(message, mail.EmailMultiAlternatives)
    assert message.subject == "Choose a new password for Caseway"
    assert str(message.body).startswith("Hello Ana,\n\nsomebody, we hope you, asked")
    assert [kind for _, kind in message.alternatives] == ["text/html"]
    assert message.extra_headers["Auto-Submitted"] == "auto-generated"


def test_a_new_password_by_link_counts_as_changed(cast: Cast, client: Client) -> None:
    use(client, link_for(client, cast.new_agent))
    assert sign_in(client, cast.new_agent.email, NEW)["Location"] == "/desk/"


@pytest.mark.parametrize("weak", ["short", "password123", "larkfield.example"])
def test_a_weak_password_is_refused(cast: Cast, client: Client, weak: str) -> None:
    use(client, link_for(client, cast.ana), weak)
    cast.ana.refresh_from_db()
    assert not cast.ana.check_password(weak)


def test_the_worker_knows_the_jobs() -> None:
    assert {"accounts.mail_reset_link", "accounts.mail_new_password_notice", "accounts.sweep"} <= set(
        app.tasks
    )


def test_what_has_ended_is_swept(cast: Cast, client: Client) -> None:
    sign_in(client, cast.ana.email)
    ask_for_link(client, cast.ana.email)
    with time_machine.travel(timezone.now() + timedelta(hours=20)):
        jobs.sweep(0)
        assert (PasswordResetRequest.objects.count(), Session.objects.count(), Tally.objects.count()) == (
            1,
            1,
            0,
        )
    with time_machine.travel(timezone.now() + timedelta(days=30)):
        jobs.sweep(0)
    assert (PasswordResetRequest.objects.count(), Session.objects.count()) == (0, 0)
