"""What is asked of a PostgreSQL that somebody else runs."""

import psycopg

from caseway.core.database.refusal import DatabaseRefused, first_line

OLDEST_MAJOR = 15


def check_external(host: str, port: int, name: str, user: str, password: str, options: dict[str, str]) -> int:
    """Raise `DatabaseRefused` unless it answers and is new enough; returns its `max_connections`."""
    where = f"{name} at {host}:{port}"
    try:
        with psycopg.connect(
            host=host, port=port, dbname=name, user=user, password=password,
            **{"connect_timeout": "5", **options},  # type: ignore[arg-type]
        ) as connection:  # fmt: skip
            version = connection.info.server_version
            shown = connection.execute("SHOW max_connections").fetchone()
    except psycopg.Error as problem:
        raise DatabaseRefused(f"the database {where} can't be reached: {first_line(problem)}") from None
    if version < OLDEST_MAJOR * 10_000:
        raise DatabaseRefused(
            f"the database {where} is PostgreSQL {version // 10_000}; {OLDEST_MAJOR} or newer is needed"
        )
    return int(shown[0]) if shown else 0
