"""The addresses for those who watch over Caseway."""

import pytest
from django.db import OperationalError
from django.test import override_settings

from caseway.core.health import probes
from config.environment import Environment

pytestmark = pytest.mark.django_db
TOKEN = "t" * 40


def test_alive_asks_no_database(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get("/health/live")

    assert (response.status_code, response.content) == (200, b"alive\n")


def test_ready_says_what_is_in_order(client):
    response = client.get("/health/ready")

    assert response.status_code == 200
    assert response.json() == {
        "database": "ok",
        "migrations": "ok",
        "queue": "ok, but no worker was seen in the last minute",
        "storage": "ok",
    }


def test_not_ready_without_database(client, monkeypatch):
    def away():
        raise OperationalError("gone")

    monkeypatch.setattr(probes, "PROBES", {**probes.PROBES, "database": away})

    response = client.get("/health/ready")

    assert response.status_code == 503
    assert response.json() == {"database": "no answer"}


def test_not_ready_while_migrations_are_missing(client, monkeypatch):
    monkeypatch.setattr(probes, "_missing_migrations", Missing(2))

    response = client.get("/health/ready")

    assert response.status_code == 503
    assert response.json()["migrations"] == "2 migrations are missing: caseway migrate"


class Missing:
    def __init__(self, number):
        self.number = number

    def __call__(self):
        return self.number

    def cache_clear(self):
        pass


def test_this_machine_reads_the_figures(client):
    client.get("/health/live")

    response = client.get("/metrics")

    assert response.status_code == 200
    assert (
        'caseway_request_seconds_count{method="GET",route="health/live",status="200"}'
        in response.content.decode()
    )
    assert "caseway_jobs" in response.content.decode()


@pytest.mark.parametrize(
    "elsewhere",
    [
        {"REMOTE_ADDR": "192.0.2.7"},
        {"headers": {"X-Forwarded-For": "127.0.0.1"}},
        {"headers": {"Forwarded": "for=127.0.0.1"}},
        {"REMOTE_ADDR": ""},
    ],
)
def test_nobody_else_reads_the_figures(client, elsewhere):
    assert client.get("/metrics", **elsewhere).status_code == 404


@override_settings(CASEWAY=Environment(metrics_token=TOKEN))
def test_the_bearer_of_the_token_reads_the_figures(client):
    def status(token):
        headers = {"Authorization": f"Bearer {token}"}
        return client.get("/metrics", REMOTE_ADDR="192.0.2.7", headers=headers).status_code

    assert status(TOKEN) == 200
    assert status(TOKEN[:-1]) == 404
    assert status("") == 404
