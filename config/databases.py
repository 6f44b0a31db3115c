"""Django's DATABASES, from the environment."""

from typing import Any

from caseway.core.database.place import DATABASE, PORT, ROLE, Place
from config.environment import Environment
from config.values import DatabaseAddress

# Joins are written from what narrows a page to what fills it. Trying every order of a dozen tables
# costs PostgreSQL 14 ms a page and finds the same plan; five at a time cost 1 ms. A page is never so
# long that compiling its query pays, nor calling further processes in: that takes longer than most
# pages, from cores that others' pages need.
PLANNING = "-c join_collapse_limit=5 -c jit=off -c max_parallel_workers_per_gather=0"


PREPARED_AFTER = 5
"""After how many askings a connection keeps a statement's plan; of `Statement` only, the rest isn't bound
by the server."""


def address(environment: Environment) -> DatabaseAddress:
    """Where the database of this installation answers: the external one or the embedded one."""
    if environment.database_url:
        return environment.database_url
    return DatabaseAddress(Place(environment.data_dir).client_host, PORT, DATABASE, ROLE, "")


def databases(environment: Environment) -> dict[str, dict[str, Any]]:
    """One database, with a pool as large as the number of threads that share it."""
    where = address(environment)
    pool = {"min_size": 0, "max_size": environment.threads, "timeout": 10, "max_idle": 120}
    given = dict(where.options)
    options: dict[str, Any] = {
        "connect_timeout": 5,
        **given,
        "prepare_threshold": PREPARED_AFTER,
        "options": f"{PLANNING} {given.get('options', '')}".strip(),
        "pool": pool,
    }
    return {
        "default": {
            "ENGINE": "caseway.core.database.pooled",
            "HOST": where.host,
            "PORT": str(where.port),
            "NAME": where.name,
            "USER": where.user,
            "PASSWORD": where.password,
            "OPTIONS": options,
            "CONN_HEALTH_CHECKS": True,
        }
    }
