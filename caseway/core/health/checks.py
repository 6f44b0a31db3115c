"""What `caseway doctor` asks of the ground that everything stands on."""

import shutil
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.db import Error, connection

from caseway.core.diagnosis import Finding
from caseway.core.health.probes import OK, findings
from caseway.core.storage.trying import try_out

LEAST_SPACE = 1024**3
LONGEST_WAIT_MINUTES = 10


def serving() -> Iterable[Finding]:
    """Database, migrations and queue are in order."""
    remedies = {
        "database": "look at log/database.log in the data folder, or at CASEWAY_DATABASE_URL",
        "migrations": "caseway migrate",
        "queue": "caseway serve runs a worker, caseway worker is one alone",
        "storage": "see what is said of files below, and CASEWAY_STORAGE_URL",
    }
    for name, word in findings().items():
        if word != OK:
            yield Finding(f"{name}: {word.removeprefix(f'{OK}, but ')}", remedies[name])


def queue_moves() -> Iterable[Finding]:
    """No job waits for long, and none was given up."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FILTER (WHERE status = 'failed'),"
            " count(*) FILTER (WHERE status = 'todo'"
            "   AND coalesce(scheduled_at, now() - interval '1 day') < now() - make_interval(mins => %s)"
            "   AND NOT EXISTS (SELECT FROM procrastinate_workers"
            "     WHERE last_heartbeat > now() - interval '1 minute'))"
            " FROM procrastinate_jobs",
            [LONGEST_WAIT_MINUTES],
        )
        failed, waiting = cursor.fetchone()
    if failed:
        yield Finding(
            f"{failed} jobs were given up", "the log says why; caseway procrastinate shell retries them"
        )
    if waiting:
        yield Finding(f"{waiting} jobs wait and nobody does them", "start a worker: caseway worker")


def files_are_kept() -> Iterable[Finding]:
    """A file can be written, read again and deleted where attachments are kept."""
    try:
        try_out()
    except OSError as problem:
        yield Finding(f"attachments can't be kept: {problem}", "see CASEWAY_STORAGE_URL and its permissions")


def disk_has_room() -> Iterable[Finding]:
    """A gigabyte is free where data is kept."""
    places = {settings.CASEWAY.data_dir, settings.CASEWAY.files_place}
    for folder in (place for place in places if isinstance(place, Path)):
        existing = next(path for path in (folder, *folder.parents) if path.exists())
        free = shutil.disk_usage(existing).free
        if free < LEAST_SPACE:
            yield Finding(f"{free // 1024**2} MB are free in {existing}", "make room")


def settings_are_safe() -> Iterable[Finding]:
    """Nothing is set that belongs on a contributor's machine only."""
    if settings.CASEWAY.debug:
        yield Finding("CASEWAY_DEBUG shows tracebacks to whoever comes", "unset it")
    if not settings.CASEWAY.is_https and settings.CASEWAY.host not in {"localhost", "127.0.0.1"}:
        yield Finding(
            f"people reach {settings.CASEWAY.base_url} without encryption",
            "put a reverse proxy with TLS in front, set CASEWAY_BASE_URL to https and CASEWAY_PROXIES to 1",
        )


def database_is_safe() -> Iterable[Finding]:
    """What the database acknowledges survives a power cut."""
    for setting in ("fsync", "synchronous_commit", "full_page_writes"):
        try:
            with connection.cursor() as cursor:
                cursor.execute(f"SHOW {setting}")
                value = cursor.fetchone()[0]
        except Error:
            return  # told by `serving`
        if value == "off":
            yield Finding(f"{setting} of the database is off", f"set {setting} = on")
