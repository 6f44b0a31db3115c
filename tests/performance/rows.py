"""One figure: how long, how often, how many queries, and the floor beside it."""

import statistics
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass

import psycopg
from django.db import connection


@dataclass(frozen=True)
class Row:
    """One line of the table. Times in milliseconds; None where there is nothing to say."""

    name: str
    clients: int
    p50_ms: float
    p95_ms: float
    per_second: float
    cpu_ms: float | None = None
    floor_ms: float | None = None
    queries: int | None = None

    def as_json(self) -> dict[str, object]:
        """The line as JSON values, rounded."""
        return {k: round(v, 2) if isinstance(v, float) else v for k, v in asdict(self).items()}


def timed(
    name: str,
    asks: Sequence[Callable[[], object]],
    *,
    clients: int = 1,
    cpu_ms: float | None = None,
    floor_ms: float | None = None,
    queries: int | None = None,
) -> Row:
    """Do each of `asks` once, by so many clients at the same time, and take the times."""

    def one(ask: Callable[[], object]) -> float:
        started = time.perf_counter()
        ask()
        return (time.perf_counter() - started) * 1000

    started = time.perf_counter()
    with ThreadPoolExecutor(clients) as pool:
        times = sorted(pool.map(one, asks))
    seconds = time.perf_counter() - started
    return Row(
        name=name,
        clients=clients,
        p50_ms=statistics.median(times),
        p95_ms=times[min(len(times) - 1, round(len(times) * 0.95))],
        per_second=len(asks) / seconds,
        cpu_ms=cpu_ms,
        floor_ms=floor_ms,
        queries=queries,
    )


def cpu_of(asks: Sequence[Callable[[], object]]) -> float:
    """The median processor time, in milliseconds, that this process spends on one of `asks`.

    The database's own is not in it. Unlike the clock's, it hardly depends on what else the
    machine does.
    """
    taken = []
    for ask in asks:
        started = time.process_time()
        ask()
        taken.append((time.process_time() - started) * 1000)
    return statistics.median(taken)


def floor_of(statements: Sequence[str], times: int = 10) -> float:
    """The median time, in milliseconds, of fetching what these statements give by plain psycopg."""
    reads = [sql for sql in statements if sql.startswith(("SELECT", "WITH"))]
    parameters = connection.get_connection_params()
    wanted = {k: parameters[k] for k in ("host", "port", "dbname", "user", "password") if parameters.get(k)}
    taken = []
    with psycopg.connect(**wanted) as plain, plain.cursor() as cursor:
        for _ in range(times):
            started = time.perf_counter()
            for sql in reads:
                cursor.execute(sql)
                cursor.fetchall()
            taken.append((time.perf_counter() - started) * 1000)
    return statistics.median(taken)
