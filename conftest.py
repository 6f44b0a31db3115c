"""Fixtures for every test."""

import sys
from collections.abc import Iterator

import psycopg
import pytest
from django.conf import settings
from django.utils import timezone, translation
from psycopg.conninfo import make_conninfo
from pytest_django.live_server_helper import LiveServer

from caseway.core.database.place import SUPERUSER, Place
from caseway.core.translations import compile_catalogues
from caseway.demo.cast import Cast, make_cast
from config.attachment import attach_database
from tests.serving import start_server


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix):
    """The embedded server of the tests, or the one that CASEWAY_DATABASE_URL names."""
    attachment = attach_database(settings.CASEWAY, lambda line: print(line, file=sys.stderr))  # noqa: T201
    if attachment:
        _make_hasty(attachment.place)


def _make_hasty(place: Place) -> None:
    """Spare the disk: nobody misses the tests' databases after a power cut."""
    where = make_conninfo(host=place.client_host, user=SUPERUSER, dbname="postgres")
    with psycopg.connect(where, autocommit=True) as server:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            server.execute(f"ALTER SYSTEM SET {setting} = off")
        server.execute("SELECT pg_reload_conf()")


@pytest.fixture(scope="session", autouse=True)
def _translations():
    for folder in settings.LOCALE_PATHS:
        compile_catalogues(folder)


@pytest.fixture(autouse=True)
def _nobodys_language():
    """A request leaves its reader's language and zone with the thread; the next test begins without."""
    yield
    translation.deactivate()
    timezone.deactivate()


@pytest.fixture(scope="session")
def live_server() -> Iterator[LiveServer]:
    server = start_server()
    yield server
    server.stop()


@pytest.fixture(autouse=True)
def _served_to_the_end(request: pytest.FixtureRequest) -> Iterator[None]:
    """Windows close before this ends, the database is emptied after it."""
    if "live_server" not in request.fixturenames:
        yield
        return
    request.getfixturevalue("transactional_db")
    server = request.getfixturevalue("live_server")
    yield
    server.thread.httpd.wait_until_nobody_is_served()


@pytest.fixture
def cast(db: None) -> Cast:
    """The demo world's organisations and people: Ana, Ben, Lea, Sam, Omar, Iris, Pia, Kim, Jo, Max."""
    return make_cast()
