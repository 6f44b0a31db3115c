"""The database of an installation, made ready before Django uses it."""

from collections.abc import Callable

from caseway.core.database.external import check_external
from caseway.core.database.refusal import DatabaseRefused
from caseway.core.database.server import Attachment, attach
from config.environment import Environment

# A person's `psql`, a backup, `caseway doctor`, and what PostgreSQL keeps for its superuser.
SPARE = 15
LEAST_CONNECTIONS = 60


def attach_database(environment: Environment, tell: Callable[[str], None]) -> Attachment | None:
    """Start, or join, the embedded server; or check the external one, which gives None.

    Raises `DatabaseRefused` with one clear line.
    """
    needed = connections_needed(environment)
    where = environment.database_url
    if where is None:
        return attach(environment.data_dir, tell, max(needed, LEAST_CONNECTIONS))
    allowed = check_external(
        where.host, where.port, where.name, where.user, where.password, dict(where.options)
    )
    if allowed < needed:
        raise DatabaseRefused(
            f"the database allows {allowed} connections, {needed} are needed: raise its max_connections, "
            "or lower CASEWAY_WORKERS, CASEWAY_THREADS or CASEWAY_JOBS"
        )
    return None


def connections_needed(environment: Environment) -> int:
    """Connections that all processes of one `caseway serve` may open at the same time.

    Each web process has a pool as large as its threads. The worker has a connection for each
    job, a pool of its own for the queue and one that listens; the mail listener has a few. The
    stream server has one that asks for all streams, and one that listens.
    """
    web = environment.workers * environment.threads
    worker = environment.jobs + 6
    mail = 4
    events = 3
    return web + worker + mail + events + SPARE
