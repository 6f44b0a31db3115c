"""Files: uploaded, sent, downloaded by their readers only."""

import pytest
import time_machine
from django.core.files.storage import default_storage

from caseway.api.http.budgets import UPLOADS
from caseway.cases.models import Attachment

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4 proof"


@pytest.fixture
def ana(calls):
    return calls("ana")


@pytest.fixture
def address(case):
    return f"/cases/{case.number}/messages"


def test_uploaded_then_sent_then_read(ana, calls, address):
    file = ana.upload("proof of delivery.pdf", PDF)
    assert file.status_code == 201
    key = file.json()["id"]
    kim = calls("kim")
    assert kim.get(f"/attachments/{key}").status_code == 404
    assert calls("ben").get(f"/attachments/{key}").status_code == 404

    sent = ana.post(address, {"audience": "customer", "text": "Here.", "attachments": [key]})

    told = {"name": "proof of delivery.pdf", "type": "application/pdf", "size": 14}
    assert sent.json()["attachments"] == [{"id": key, "inline": False, "held": False} | told]
    assert kim.get(f"/attachments/{key}").json() == sent.json()["attachments"][0]
    content = kim.get(f"/attachments/{key}/content")
    assert b"".join(content) == PDF
    assert content.headers["Content-Disposition"] == 'attachment; filename="proof of delivery.pdf"'
    assert content.headers["Content-Type"] == "application/pdf"
    assert content.headers["X-Content-Type-Options"] == "nosniff"
    assert content.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    for stranger in ("jo", "max", "omar", "pia"):
        assert calls(stranger).get(f"/attachments/{key}/content").status_code == 404


def test_a_team_notes_file_is_not_the_customers(ana, calls, address):
    key = ana.upload("a.pdf", PDF).json()["id"]
    ana.post(address, {"audience": "team", "text": "x", "attachments": [key]})

    assert calls("kim").get(f"/attachments/{key}/content").status_code == 404
    assert calls("ben").get(f"/attachments/{key}/content").status_code == 200


def test_it_is_gone_with_access(ana, cast, address, calls):
    key = ana.upload("a.pdf", PDF).json()["id"]
    ana.post(address, {"audience": "team", "text": "x", "attachments": [key]})
    ben = calls("ben")
    cast.larkfield.stored_policy = {"agents_see_all": False}
    cast.larkfield.save()

    assert ben.get(f"/attachments/{key}/content").status_code == 404


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("run.exe", b"MZ"),
        ("page.html", b"<html>"),
        ("photo.png", b"<svg onload=alert(1)>"),
        ("empty.pdf", b""),
        ("large.pdf", b"%PDF-1.4" + b"x" * 5_000_001),
    ],
)
def test_what_policy_forbids_is_refused_with_the_reason(ana, name, content):
    refused = ana.upload(name, content)

    assert refused.status_code == 422
    assert set(refused.json()["errors"]) == {"file"}
    assert not Attachment.objects.exists()


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("in\u202evoice.pdf", "invoice.pdf"),
        ("Größe 尺寸.pdf", "Größe 尺寸.pdf"),
    ],
)
def test_odd_names_are_shown_safe(ana, name, shown):
    made = ana.upload(name, PDF).json()

    assert made["name"] == shown
    header = ana.get(f"/attachments/{made['id']}/content").headers["Content-Disposition"]
    assert header.startswith("attachment")
    assert "\n" not in header


def test_what_is_held_is_not_given(ana, address):
    key = ana.upload("a.pdf", PDF).json()["id"]
    Attachment.objects.update(quarantined="the virus scanner refuses it")

    assert ana.get(f"/attachments/{key}").json()["held"] is True
    assert ana.get(f"/attachments/{key}/content").status_code == 409


def test_taking_back_what_was_not_sent(ana, calls, address):
    key = ana.upload("a.pdf", PDF).json()["id"]
    assert calls("ben").delete(f"/attachments/{key}").status_code == 404

    assert ana.delete(f"/attachments/{key}").status_code == 204
    assert ana.delete(f"/attachments/{key}").status_code == 404
    sent = ana.upload("a.pdf", PDF).json()["id"]
    ana.post(address, {"audience": "team", "text": "x", "attachments": [sent]})
    assert ana.delete(f"/attachments/{sent}").status_code == 422


def test_a_form_with_more_or_less_than_a_file_is_refused(ana):
    named = {"Authorization": f"Bearer {ana.secret}"}
    for form in ({}, {"file": "words"}, {"other": "x"}):
        assert ana.client.post("/api/v1/attachments", form, headers=named).status_code == 422
    broken = ana.client.generic(
        "POST", "/api/v1/attachments", b"--", content_type="multipart/form-data; boundary=x", headers=named
    )
    assert broken.status_code == 422
    without = ana.client.generic(
        "POST", "/api/v1/attachments", b"--", content_type="multipart/form-data", headers=named
    )
    assert without.status_code == 400
    assert without.headers["Content-Type"] == "application/problem+json"


def test_uploads_are_throttled_apart(ana):
    with time_machine.travel("2026-03-01T12:00:00Z", tick=False):
        for _ in range(UPLOADS.limit):
            UPLOADS.spend(ana.token)

        assert ana.upload("a.pdf", PDF).status_code == 429
        assert ana.get("/me").status_code == 200


def test_a_refused_upload_keeps_no_bytes(ana):
    before = set(default_storage.listdir("")[1])
    ana.upload("run.exe", b"MZ")

    assert set(default_storage.listdir("")[1]) == before


def test_an_organisation_without_room_says_so_at_the_field(ana, cast):
    cast.larkfield.stored_policy = {"storage_total_bytes": len(PDF)}
    cast.larkfield.save()
    assert ana.upload("a.pdf", PDF).status_code == 201

    refused = ana.upload("b.pdf", PDF + b"2")

    assert refused.status_code == 422
    assert refused.headers["Content-Type"] == "application/problem+json"
    assert "b.pdf was not kept: Larkfield Home has no room" in refused.json()["errors"]["file"]
    assert Attachment.objects.count() == 1
