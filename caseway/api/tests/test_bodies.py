"""Whatever is sent: an answer that says what is wrong with it, and never a 500."""

import json

import pytest

from caseway.cases.models import Case

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana(calls):
    return calls("ana")


def send(caller, content, content_type="application/json"):
    return caller.client.generic(
        "POST",
        "/api/v1/cases",
        data=content,
        content_type=content_type,
        headers={"Authorization": f"Bearer {caller.secret}"},
    )


@pytest.mark.parametrize(
    ("content", "status"),
    [
        (b"", 422),
        (b"{", 400),
        (b"nothing", 400),
        (b"\xff\xfe{}", 400),
        (b'{"subject": "\xc3\x28"}', 400),
        (b'{"subject": "a\\u0000b", "description": "x"}', 400),
        (b'{"subject": "\\ud800", "description": "x"}', 400),
        (b'{"sub\\u0000ject": 1}', 400),
        (b'{"tags": ["\\u0000"]}', 400),
        (b'{"level": NaN}', 400),
        (b'{"level": 1' + b"0" * 5000 + b"}", 400),
        (b"[" * 100_000, 400),
        (b'{"a":' * 60 + b"1" + b"}" * 60, 400),
        (b"[]", 422),
        (b"null", 422),
        (b'"words"', 422),
        (b"12", 422),
        (b'{"subject": ["x"], "description": {}}', 422),
        (b'{"subject": null}', 422),
        (b'{"subject": "x", "description": "x", "deadline": "tomorrow"}', 422),
        (b'{"subject": "x", "description": "x", "priority": "\xc2\xb2"}', 422),
        (b'{"subject": "x", "description": "x", "shipment": "\xc2\xb2"}', 422),
        (b'{"subject": "x", "description": "x", "customer": "99999999999999999999"}', 422),
        (b'{"subject": "x", "description": "x", "shipment": "%s"}' % (b"9" * 64), 422),
        (b'{"subject": "x", "description": "x", "attachments": ["nonsense"]}', 422),
        (b'{"subject": "x", "description": "x", "attachments": ["\xc2\xb2"]}', 422),
        (b'{"subject": "x", "description": "x", "tags": [1]}', 422),
    ],
)
def test_what_cannot_be_read_or_taken_is_told(ana, content, status):
    response = send(ana, content)

    assert response.status_code == status, response.content
    assert response.headers["Content-Type"] == "application/problem+json"
    problem = response.json()
    assert {"type", "title", "status", "detail"} <= set(problem)
    assert ("errors" in problem) == (status == 422)
    assert not Case.objects.exists()


@pytest.mark.parametrize(
    "content_type",
    ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "x"],
)
def test_another_content_type_is_415(ana, content_type):
    assert send(ana, b'{"subject": "x"}', content_type).status_code == 415


def test_a_body_that_is_too_large_is_413(ana):
    huge = json.dumps({"subject": "x", "description": "x" * 6_000_000}).encode()

    response = send(ana, huge)

    assert response.status_code == 413
    assert response.headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(
    "field",
    ["host", "status", "creator", "created_at", "closed_at", "is_staff", "owner", "organisation", "id"],
)
def test_unknown_fields_are_refused(ana, case, field):
    response = ana.patch(f"/cases/{case.number}", {"subject": "Mine now", field: 1})

    assert response.status_code == 422
    assert set(response.json()["errors"]) == {field}
    assert ana.get(f"/cases/{case.number}").json()["subject"] == "Two boxes are wet"


def test_an_operation_without_body_takes_none(ana, case):
    refused = ana.post(f"/cases/{case.number}/claim", {"owner": "ben@larkfield.example"})

    assert refused.status_code == 422
    assert ana.post(f"/cases/{case.number}/claim", {}).status_code == 200


@pytest.mark.parametrize(
    "path", ["/nothing", "/cases/", "/cases/x/y/z", "/cases/CV00000001/nothing", "/../x"]
)
def test_an_unknown_address_is_a_problem_document(ana, path):
    for caller in (ana.client.get(f"/api/v1{path}"), ana.get(path), ana.post(path, {})):
        assert caller.status_code == 404
        assert caller.headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("path", ["/api/", "/api/v1", "/api/v1/", "/api/v2/cases"])
def test_around_the_api_too(client, path):
    response = client.get(path)

    assert response.status_code == 404
    assert response.headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "FETCH"])
def test_another_method_is_405(ana, method):
    response = ana.call(method, "/cases")

    assert response.status_code == 405
    assert set(response.headers["Allow"].split(", ")) == {"GET", "POST"}
    assert response.headers["Content-Type"] == "application/problem+json"


def test_head_tells_what_get_would(ana, case):
    path = f"/cases/{case.number}"

    head = ana.call("HEAD", path)

    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["ETag"] == ana.get(path).headers["ETag"]


@pytest.mark.parametrize(
    "query",
    [
        "limit=0",
        "limit=201",
        "limit=x",
        "cursor=x",
        "cursor=",
        "statos=open",
        "status=nonsense",
        "sort=host__name",
        "sort=-updated;drop",
        "view=theirs",
        "created.after=soon",
        "created.after=",
        "status=",
        "created.after=0001-01-01",
        "created.before=9999-12-31",
        "updated.before=9999-12-31",
        "q=%00",
        "owner=%ff%00",
        "host=1",
        "owner__email=x",
    ],
)
def test_wrong_parameters_are_refused(ana, query):
    response = ana.get(f"/cases?{query}")

    assert response.status_code == 422
    assert response.json()["errors"]


@pytest.mark.parametrize(
    "query",
    [
        "created.after=1900-01-01",
        "created.before=2999-12-31",
        "q=%27%22%3B--",
        "q=%F0%9F%93%A6",
    ],
)
def test_odd_parameters_are_taken(ana, calls, case, query):
    assert ana.get(f"/cases?{query}").status_code == 200
    assert calls("kim").get(f"/cases?{query}").status_code == 200


@pytest.mark.parametrize(
    "number", ["%00", "CV", "CV%C2%B2", "CV0000000%D9%A1", "x" * 3000, "%2e%2e", "CV00000001%0a"]
)
def test_odd_numbers_are_not_found(ana, number):
    for path in (
        f"/cases/{number}",
        f"/shipments/{number}",
        f"/attachments/{number}",
        f"/customers/{number}",
    ):
        assert ana.get(path).status_code == 404, path


@pytest.mark.parametrize("moment", [198, 198.5, True, "198", "1764000000", "tomorrow", "2026-01-31T08:00:00"])
def test_a_moment_is_written_as_date_and_time_with_its_offset(calls, moment):
    refused = calls("ana").post("/notifications/reading", {"until": moment})
    assert refused.status_code == 422
    assert "until" in str(refused.json()["errors"])
