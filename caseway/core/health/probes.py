"""What has to be in order before a process can serve people."""

from collections.abc import Callable, Mapping
from functools import cache

from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor

from caseway.core.storage.trying import trouble

OK = "ok"


def database() -> str:
    """The database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return OK


def migrations() -> str:
    """Every migration of this version is applied."""
    missing = _missing_migrations()
    if missing:
        _missing_migrations.cache_clear()  # good news may be remembered, bad news may not
        return f"{missing} migrations are missing: caseway migrate"
    return OK


def queue() -> str:
    """The queue can be read. A missing worker is told, but is no reason to turn people away."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > now() - interval '1 minute'"
        )
        workers = cursor.fetchone()[0]
    return OK if workers else "ok, but no worker was seen in the last minute"


def storage() -> str:
    """Attachments can be kept and read. Without them most of Caseway works: nobody is turned away."""
    return f"{OK}, but attachments can't be kept or read" if trouble() else OK


PROBES: Mapping[str, Callable[[], str]] = {
    "database": database,
    "migrations": migrations,
    "queue": queue,
    "storage": storage,
}


def findings() -> dict[str, str]:
    """What each probe says; those after the first failure of the database aren't asked."""
    found: dict[str, str] = {}
    for name, probe in PROBES.items():
        try:
            found[name] = probe()
        except Error:
            found[name] = "no answer"
            break
    return found


@cache
def _missing_migrations() -> int:
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
