"""Where Django looks for the backend."""

from typing import Any

from django.db.backends.base.base import NO_DB_ALIAS
from django.db.backends.postgresql.base import DatabaseWrapper as PostgreSQL
from psycopg import Connection
from psycopg_pool import ConnectionPool


class DatabaseWrapper(PostgreSQL):
    """Django's own, but for what happens when an idle connection is found dead.

    Restarting the server ends them all at once. The pool tries one after the other, with a pause
    before each that doubles: with four, a request waits for longer than it may. So the first dead
    one takes the other idle ones with it, and the next that is given is new.
    """

    @property
    def pool(self) -> ConnectionPool | None:
        """The pool of this process, made on first use; None where no settings ask for one."""
        options = self.settings_dict["OPTIONS"].get("pool")
        if self.alias == NO_DB_ALIAS or not options:
            return None
        known: dict[str, ConnectionPool] = self._connection_pools  # type: ignore[attr-defined]
        # Two threads may both make one at first: it is opened later, and the first to be kept wins.
        return known.get(self.alias) or known.setdefault(self.alias, self._made_with(options))

    def _made_with(self, options: dict[str, Any]) -> ConnectionPool:
        def check(connection: Connection[Any]) -> None:
            try:
                ConnectionPool.check_connection(connection)
            except Exception:
                pool.drain()
                raise

        pool = ConnectionPool(
            kwargs=self.get_connection_params() | {"autocommit": True},
            open=False,
            configure=self._configure_connection,  # type: ignore[attr-defined]
            check=check,
            **options,
        )
        return pool
