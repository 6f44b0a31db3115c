"""What goes wrong is shown with words for a person and a reference, and logged with the same reference."""

import re

import pytest
import structlog
from django.test import Client

pytestmark = pytest.mark.urls("tests.platform.error_urls")


@pytest.fixture
def client():
    return Client(raise_request_exception=False)


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/not-found", 404, "There is nothing here that you can see."),
        ("/nowhere", 404, "There is nothing here that you can see."),
        ("/not-allowed", 403, "Only the owner may cancel."),
        ("/denied", 403, "You may not do this."),
        ("/conflict", 409, "Ben has claimed it."),
        ("/stale", 412, "It was changed meanwhile."),
        ("/invalid", 422, "Please give a reason."),
        ("/too-many", 429, "Too many attempts."),
        ("/suspicious", 400, "Please go back and try again."),
        ("/unexpected", 500, "It was recorded."),
        ("/deadlock", 500, "It was recorded."),
        ("/unreachable", 503, "Nothing is lost."),
        ("/shutdown", 503, "Nothing is lost."),
    ],
)
def test_each_error_has_its_page(client, address, status, words):
    response = client.get(address)

    assert response.status_code == status
    page = response.content.decode()
    assert words in page
    assert f">{response.headers['X-Request-ID']}<" in page
    assert "stylesheet" in page, "the page itself, not its bare stand-in"
    assert "hunter2" not in page


def test_what_does_not_exist_and_what_may_not_be_seen_look_the_same(client):
    hidden, missing = client.get("/not-found"), client.get("/nowhere")

    def without_reference(response):
        return response.content.decode().replace(response.headers["X-Request-ID"], "")

    assert without_reference(hidden) == without_reference(missing)


def test_an_unexpected_error_is_logged_once_with_its_reference(client):
    with structlog.testing.capture_logs() as logs:
        response = client.get("/unexpected")

    errors = [entry for entry in logs if entry["log_level"] == "error"]
    assert [entry["reference"] for entry in errors] == [response.headers["X-Request-ID"]]
    assert isinstance(errors[0]["exc_info"], RuntimeError)


def test_who_asks_too_often_is_told_when_to_come_back(client):
    assert client.get("/too-many").headers["Retry-After"] == "30"
    assert client.get("/shutdown").headers["Retry-After"] == "10"


def test_the_api_answers_with_a_problem_document(client):
    response = client.get("/api/unexpected")

    assert response.headers["Content-Type"] == "application/problem+json"
    assert response.json()["status"] == 500
    assert response.json()["reference"] == response.headers["X-Request-ID"]
    assert "hunter2" not in response.content.decode()


def test_a_page_that_cannot_be_rendered_still_says_what_is_wrong(client, monkeypatch):
    def broken(*args):
        raise RuntimeError

    monkeypatch.setattr("caseway.core.http.pages.render_to_string", broken)

    response = client.get("/not-allowed")

    assert response.status_code == 403
    assert "Only the owner may cancel." in response.content.decode()


def test_a_form_without_token_is_refused_with_words(rf):
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)

    response = client.post("/fine")

    assert response.status_code == 403
    assert "open for too long" in response.content.decode()


def test_only_the_route_is_logged(client):
    with structlog.testing.capture_logs() as logs:
        client.get("/secret/abc123?key=def456")

    assert [entry["route"] for entry in logs] == ["secret/<token>"]
    assert "abc123" not in str(logs)
    assert "def456" not in str(logs)


def test_a_reference_from_outside_is_not_taken(client):
    response = client.get("/fine", headers={"X-Request-ID": "chosen-by-a-stranger"})

    assert re.fullmatch("[0-9a-f]{12}", response.headers["X-Request-ID"])


def test_a_view_may_be_stricter_than_the_policy(client):
    assert client.get("/own").headers["Content-Security-Policy"] == "sandbox"
    assert "default-src 'none'" in client.get("/fine").headers["Content-Security-Policy"]


@pytest.mark.urls("config.urls")
@pytest.mark.django_db
def test_a_form_that_can_not_be_checked_loses_no_words():
    client = Client(enforce_csrf_checks=True)
    response = client.post(
        "/portal/cases/CV00000001/comments/", {"text": "Long <b>story</b>", "password": "s3"}
    )

    assert response.status_code == 403
    page = response.content.decode()
    assert "Long &lt;b&gt;story&lt;/b&gt;</textarea>" in page
    assert "s3</" not in page
