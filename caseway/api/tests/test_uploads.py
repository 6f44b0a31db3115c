"""Files by part: begun, sent in any order, made an attachment that a message can name."""

from uuid import uuid4

import pytest

from caseway.cases.files import arriving
from caseway.cases.models import Attachment, Upload, UploadPart

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4 proof of delivery"
OCTETS = "application/octet-stream"


@pytest.fixture(autouse=True)
def _small_parts(monkeypatch):
    monkeypatch.setattr(arriving, "PART", 10)


@pytest.fixture
def ana(calls):
    return calls("ana")


def begun(caller, size=26, name="proof.pdf", **more):
    return caller.post("/uploads", {"name": name, "size": size} | more)


def send(caller, key, offset, content, kind=OCTETS, **headers):
    named = {"Authorization": f"Bearer {caller.secret}"} | {
        k.replace("_", "-"): v for k, v in headers.items()
    }
    path = f"/api/v1/uploads/{key}/parts/{offset}"
    return caller.client.generic("POST", path, content, content_type=kind, headers=named)


def send_all(caller, key, offsets):
    for offset in offsets:
        assert send(caller, key, offset, PDF[offset : offset + 10]).status_code == 204


def test_begun_sent_in_any_order_finished_and_named_by_a_message(ana, calls, case):
    answer = begun(ana)
    assert answer.status_code == 201
    told = answer.json()
    key = told["id"]
    assert told == {
        "id": key,
        "name": "proof.pdf",
        "size": 26,
        "part_size": 10,
        "missing": [0, 10, 20],
        "attachment": None,
    }
    send_all(ana, key, [20, 0, 20])
    assert ana.get(f"/uploads/{key}").json()["missing"] == [10]
    early = ana.post(f"/uploads/{key}/attachment")
    assert (early.status_code, early.headers["Content-Type"]) == (409, "application/problem+json")
    send_all(ana, key, [10])
    made = ana.post(f"/uploads/{key}/attachment")
    assert made.status_code == 201
    assert ana.post(f"/uploads/{key}/attachment").json() == made.json()
    assert ana.get(f"/uploads/{key}").json()["attachment"] == made.json()["id"]
    sent = ana.post(
        f"/cases/{case.number}/messages",
        {"audience": "customer", "text": "Here.", "attachments": [made.json()["id"]]},
    )
    assert sent.status_code == 201
    assert b"".join(calls("kim").get(f"/attachments/{made.json()['id']}/content")) == PDF


def test_nobody_else_finds_it(ana, calls):
    key = begun(ana).json()["id"]
    for name in ("ben", "kim", "pia", "omar"):
        stranger = calls(name)
        answers = [
            stranger.get(f"/uploads/{key}"),
            send(stranger, key, 0, PDF[:10]),
            stranger.post(f"/uploads/{key}/attachment"),
            stranger.delete(f"/uploads/{key}"),
        ]
        nowhere = stranger.get(f"/uploads/{uuid4()}")
        assert {(each.status_code, each.content) for each in answers} == {(404, nowhere.content)}
    assert not UploadPart.objects.exists()
    assert calls("ana").get("/uploads/nonsense").status_code == 404


@pytest.mark.parametrize(
    ("offset", "content", "kind", "status"),
    [
        (0, PDF[:9], OCTETS, 422),
        (5, PDF[:10], OCTETS, 422),
        (30, PDF[:10], OCTETS, 422),
        (-10, PDF[:10], OCTETS, 422),
        (10**30, PDF[:10], OCTETS, 422),
        (0, PDF[:10], "application/json", 415),
        (0, b"x" * 6_000_000, OCTETS, 413),
    ],
)
def test_what_is_no_part_is_refused(ana, offset, content, kind, status):
    answer = send(ana, begun(ana).json()["id"], offset, content, kind)
    assert answer.status_code == status
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert not UploadPart.objects.exists()


def test_other_bytes_at_the_same_place_are_a_conflict(ana):
    key = begun(ana).json()["id"]
    send_all(ana, key, [0])
    assert send(ana, key, 0, b"x" * 10).status_code == 409


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"name": "invoice.pdf.exe", "size": 10}, "name"),
        ({"name": "a.pdf", "size": 5_000_001}, "name"),
        ({"name": "a.pdf", "size": 0}, "size"),
        ({"name": "", "size": 10}, "name"),
        ({"name": "a.pdf", "size": 10, "sha256": "A" * 64}, "sha256"),
        ({"name": "a.pdf", "size": 10, "uploader": 1}, "uploader"),
    ],
)
def test_what_can_not_be_taken_is_refused_at_the_beginning(ana, body, field):
    refused = ana.post("/uploads", body)
    assert refused.status_code == 422
    assert set(refused.json()["errors"]) == {field}
    assert not Upload.objects.exists()


def test_a_whole_that_is_not_what_its_name_says_is_refused_in_the_end(ana):
    key = begun(ana, 5).json()["id"]
    assert send(ana, key, 0, b"MZ\0\1\2").status_code == 204
    refused = ana.post(f"/uploads/{key}/attachment")
    assert refused.status_code == 422
    assert "content is not what its name says" in refused.json()["errors"]["file"]
    assert not Attachment.objects.exists()
    assert ana.delete(f"/uploads/{key}").status_code == 204
    assert ana.get(f"/uploads/{key}").status_code == 404


def test_a_part_sent_again_under_its_key_is_answered_as_before(ana):
    key = begun(ana).json()["id"]
    for again in (False, True):
        answer = send(ana, key, 0, PDF[:10], Idempotency_Key="part-0")
        assert answer.status_code == 204
        assert ("Idempotency-Replayed" in answer.headers) is again
    assert send(ana, key, 0, b"x" * 10, Idempotency_Key="part-0").status_code == 422
