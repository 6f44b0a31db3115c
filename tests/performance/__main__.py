"""`bin/bench`: loads a synthetic world, starts the server, measures, prints each figure beside its floor.

The floor is the same rows fetched by plain psycopg and rendered by nothing: what no framework
could undercut.
"""

import argparse
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.performance.world import World, prepare_world

COLUMNS = ("clients", "p50_ms", "p95_ms", "per_second", "cpu_ms", "floor_ms", "queries")


def main() -> int:
    """Measure; returns the exit code."""
    parser = argparse.ArgumentParser(prog="bin/bench", description=__doc__)
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--organisations", type=int, default=None)
    parser.add_argument("--requests", type=int, default=100, help="how often each page is asked for")
    parser.add_argument("--port", type=int, default=8300)
    parser.add_argument("--json", type=Path, help="also write the figures to this file")
    parser.add_argument("--plans", type=Path, help="only write the plans of the lists to this file")
    parser.add_argument("--only", nargs="+", help="only the desk's pages whose names begin so, such as view_")
    given = parser.parse_args()
    organisations = given.organisations or max(4, min(100, given.cases // 1000))
    os.environ.setdefault("CASEWAY_DATA_DIR", str(Path("var", f"bench-{given.cases}").absolute()))
    os.environ["CASEWAY_BASE_URL"] = f"http://localhost:{given.port}"
    world = prepare_world(given.cases, organisations)
    if given.plans:
        _explain(world, given.port, given.plans)
        return 0
    rows = _shown(_measure(world, given.port, given.requests, tuple(given.only or ())))
    weights = {} if given.only else _weights(world, given.port)
    if given.json:
        from tests.performance.machine import machine

        figures = {"cases": given.cases, "machine": machine(), "rows": rows, "weights": weights}
        given.json.write_text(json.dumps(figures, indent=2))
    return 0


def _explain(world: World, port: int, path: Path) -> None:
    from caseway.accounts.models import Person
    from caseway.customers.models import Contact
    from caseway.customers.viewers import desk_viewer_of
    from tests.performance.measures import list_pages
    from tests.performance.plans import write_plans
    from tests.performance.serving import serving

    agent = Person.objects.get(email=world.agent)
    contact = Contact.objects.get(person__email=world.customer)
    with serving(port):  # which also makes the pages' scripts and styles
        write_plans(list_pages(desk_viewer_of(agent), contact), agent, world.cases, path)


def _measure(world: World, port: int, requests: int, only: tuple[str, ...]) -> Iterator[dict[str, object]]:
    # Django is set up by now; what measures imports it.
    from tests.performance.measures import measure_all, measure_desk

    rows = measure_desk(world, port, requests, only) if only else measure_all(world, port, requests)
    return (row.as_json() for row in rows)


def _weights(world: World, port: int) -> dict[str, int]:
    """Bytes of the first visits, printed below the table."""
    from tests.performance.serving import serving
    from tests.performance.weight import weigh_all

    with serving(port) as address:
        weights = weigh_all(world, address)
    for name, size in weights.items():
        print(f"{name:<18} {size / 1000:>11.1f} kB compressed")
    return weights


def _shown(rows: Iterator[dict[str, object]]) -> list[dict[str, object]]:
    """The rows, each printed as soon as it is there."""
    print(f"{'name':<18}", *(f"{name:>12}" for name in COLUMNS))
    shown = []
    for row in rows:
        print(f"{row['name']!s:<18}", *(_cell(row[name]) for name in COLUMNS), flush=True)
        shown.append(row)
    return shown


def _cell(value: object) -> str:
    if isinstance(value, float):
        return f"{value:>12.1f}"
    return f"{'–' if value is None else value!s:>12}"


if __name__ == "__main__":
    sys.exit(main())
