"""After a restart of the database no request pays for the connections that it ended."""

from collections.abc import Iterator

import psycopg
import pytest
from django.db import connection

from caseway.core.database.pooled.base import DatabaseWrapper

IDLE = 6


@pytest.fixture
def behind(transactional_db: None) -> Iterator[DatabaseWrapper]:
    """A connection with a pool of its own: what this process has lent to others is not touched."""
    aside = DatabaseWrapper(connection.settings_dict, "aside")
    yield aside
    aside.close_pool()


def test_however_many_connections_a_restart_has_ended_the_next_one_is_given(behind: DatabaseWrapper) -> None:
    assert behind.pool
    behind.pool.open()
    lent = [behind.pool.getconn() for _each in range(IDLE)]
    for each in lent:
        behind.pool.putconn(each)
    ended = [each.info.backend_pid for each in lent]
    parameters = connection.get_connection_params()
    wanted = {k: parameters[k] for k in ("host", "port", "dbname", "user", "password") if parameters.get(k)}
    with psycopg.connect(**wanted, autocommit=True) as outside:
        outside.execute("SELECT pg_terminate_backend(pid) FROM unnest(%s::int[]) AS pid", [ended])

    with behind.pool.connection() as given:
        assert given.execute("SELECT 1").fetchone() == (1,)
