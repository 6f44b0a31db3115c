"""After a restart of the database no request pays for the connections that it ended."""

import psycopg
import pytest
from django.db import connection, connections

from caseway.core.database.pooled.base import DatabaseWrapper

IDLE = 6
OTHERS = """
SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND usename = current_user
"""


@pytest.mark.django_db(transaction=True)
def test_however_many_connections_a_restart_has_ended_the_next_one_is_given():
    connection.close()
    parameters = connection.get_connection_params()
    behind = connections["default"]
    assert isinstance(behind, DatabaseWrapper)
    assert behind.pool
    lent = [behind.pool.getconn() for _each in range(IDLE)]
    for each in lent:
        behind.pool.putconn(each)
    wanted = {k: parameters[k] for k in ("host", "port", "dbname", "user", "password") if parameters.get(k)}
    with psycopg.connect(**wanted, autocommit=True) as outside:
        outside.execute(OTHERS)

    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        assert cursor.fetchone() == (1,)
