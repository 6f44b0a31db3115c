"""A session that ran out: sign in again, and everything that was sent is there; for the same person only."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from caseway.accounts.models import Person
from caseway.cases.files.actions import upload
from caseway.cases.models import Case
from caseway.demo.cast import Cast
from caseway.portal.tests.people import shipment_for

from .way import Way

WORDS = {"subject": "Two cartons missing", "description": "Ten of\ntwelve <b>arrived</b>."}


def ran_out(client: Client) -> None:
    del client.cookies["session"]


def sign_in(client: Client, person: Person) -> None:
    """As the sign-in page does it: what the session holds goes along."""
    answer = client.post("/accounts/login/", {"login": person.email, "password": "caseway-demo"})
    assert answer.status_code == 302, answer.content.decode()


def test_it_goes_on_with_all_that_was_sent(cast: Cast) -> None:
    shipment_for(cast)
    kim = Way(cast, cast.kim).begin()
    page = kim.see("content")
    ran_out(kim.client)
    photo = upload(io.BytesIO(b"seen"), "uploaded.txt", by=cast.in_portal(cast.kim))
    files = SimpleUploadedFile("note.txt", b"note")
    answer = kim.send("content", "submit", page, **WORDS, files=files, attachments=str(photo.pk))
    assert answer["Location"] == f"/accounts/login/?next={kim.url('content').replace('/', '%2F')}"
    assert kim.draft.content["subject"] == ""
    sign_in(kim.client, cast.kim)
    page = kim.see("content")
    for kept in (
        "Two cartons missing",
        "Ten of\ntwelve <b>arrived</b>.",
        "uploaded.txt",
        "You are signed in again.",
    ):
        assert kept in page
    assert "choose the files again" in page
    assert kim.draft.content["subject"] == "Two cartons missing"
    assert not Case.objects.exists()
    assert kim.send("content", "submit", page, **WORDS).status_code == 302
    assert Case.objects.count() == 1


def test_another_step_too_and_only_once(cast: Cast) -> None:
    shipment_for(cast)
    kim = Way(cast, cast.kim).begin()
    page = kim.see("shipment")
    ran_out(kim.client)
    kim.send("shipment", "continue", page, shipment="SHP-2209417")
    sign_in(kim.client, cast.kim)
    assert 'value="SHP-2209417" checked' in kim.see("shipment")
    kim.send("shipment", "skip", kim.see("shipment"))
    assert 'value="SHP-2209417" checked' not in kim.see("shipment")


def test_nobody_else_gets_it(cast: Cast) -> None:
    kim = Way(cast, cast.kim).begin()
    ran_out(kim.client)
    kim.send("content", "submit", **WORDS)
    sign_in(kim.client, cast.jo)
    assert kim.client.get(kim.url("content")).status_code == 404
    assert "held_step" not in kim.client.session
    assert kim.draft.content["subject"] == ""


def test_it_overwrites_nothing_newer(cast: Cast) -> None:
    kim = Way(cast, cast.kim).begin()
    page = kim.see("content")
    ran_out(kim.client)
    kim.send("content", "submit", page, **WORDS)
    other = Way(cast, cast.kim, key=kim.key)
    other.autosave("content", other.see("content"), subject="Newer")
    sign_in(kim.client, cast.kim)
    answer = kim.client.get(kim.url("content"))
    assert answer.status_code == 409
    assert "Two cartons missing" in answer.content.decode()
    assert "Newer" in answer.content.decode()
    assert kim.draft.content["subject"] == "Newer"


def test_nothing_is_held_of_what_is_not_there(cast: Cast) -> None:
    kim = Way(cast, cast.kim).begin()
    ran_out(kim.client)
    key = kim.key
    kim.draft.delete()
    answer = kim.send("content", "submit", **WORDS)
    assert answer.status_code == 302
    assert "Ten of" not in str(dict(kim.client.session))
    assert str(key) in str(dict(kim.client.session))
