"""`bin/bench --plans FILE`: how PostgreSQL finds each list, as a page of Markdown."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from caseway.accounts.models import Person
from tests.performance.pages import Page

SHOWN = 1.0
"""Milliseconds from which on a statement's plan is worth its lines; the slowest is always shown."""
LONGEST = 150
WHAT = (
    "Of each list its slowest statement, and any that takes a millisecond, done twice and then a third time. "
    "Written by `bin/bench --plans`; [lists.md](lists.md) and [search.md](search.md) tell why."
)
_LISTED = re.compile(r"\d+(?:, ?\d+){7,}")
_DETAILS = ("Index Cond", "Recheck Cond", "Filter", "Rows Removed by Filter", "Sort Key", "Join Filter")


@dataclass(frozen=True)
class Plan:
    """How one statement was done: milliseconds, pages of the database that were looked at, its lines."""

    ms: float
    buffers: int
    lines: Sequence[str]


def write_plans(pages: Sequence[Page], who: Person, cases: int, path: Path) -> None:
    """Explain what each address asks of the database, warm, and write the plans down."""
    inside = Client(headers={"host": "localhost"})
    inside.force_login(who)
    head = [f"# Plans at {cases:,} cases", "", WHAT, ""]
    seen: dict[str, str] = {}
    body = [
        line
        for page in pages
        for address in page.addresses
        for line in _told(page.name, address, inside, seen)
    ]
    path.write_text("\n".join(head + body))


def _told(name: str, address: str, inside: Client, seen: dict[str, str]) -> Iterator[str]:
    """A list's plans; of one that was shown already, where: `seen` knows it by all but its numbers."""
    plans = sorted((plan_of(sql) for sql in statements_of(address, inside)), key=lambda plan: -plan.ms)
    yield f"## `{name}`: `{re.sub('cursor=.*', 'cursor=…', address)}`"
    yield ""
    yield f"{len(plans)} queries, {sum(plan.ms for plan in plans):.1f} ms in the database."
    yield ""
    for plan in [plans[0], *(plan for plan in plans[1:] if plan.ms >= SHOWN)]:
        first = seen.setdefault(re.sub(r"[\d,]+", "", " ".join(plan.lines)), name)
        if first != name:
            yield f"As one of `{first}`: {plan.ms:.1f} ms, {plan.buffers:,} buffers.\n"
            continue
        yield f"```\n{plan.ms:.1f} ms, {plan.buffers:,} buffers"
        yield from plan.lines
        yield "```\n"


def statements_of(address: str, inside: Client) -> list[str]:
    """What the page at this address reads, the second time it is asked for."""
    inside.get(address)
    with CaptureQueriesContext(connection) as seen:
        inside.get(address)
    return [query["sql"] for query in seen.captured_queries if query["sql"].startswith(("SELECT", "WITH"))]


def plan_of(sql: str) -> Plan:
    """The plan of a statement that has been done twice before."""
    with connection.cursor() as cursor:
        for _ in range(2):
            cursor.execute(sql)
        cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS, TIMING OFF, FORMAT JSON) {sql}")
        told = cursor.fetchone()[0]
    whole = (json.loads(told) if isinstance(told, str) else told)[0]
    root = whole["Plan"]
    buffers = root["Shared Hit Blocks"] + root["Shared Read Blocks"]
    return Plan(whole["Execution Time"], buffers, list(_lines(root, 0)))


def _lines(node: dict[str, Any], depth: int) -> Iterator[str]:
    indent = "      " * (depth - 1) + "  ->  " if depth else ""
    what = str(node["Node Type"])
    if "Index Name" in node:
        what += f" using {node['Index Name']}"
    if "Relation Name" in node:
        what += f" on {node['Relation Name']}"
    loops = f", loops={node['Actual Loops']:,}" if node["Actual Loops"] != 1 else ""
    yield f"{indent}{what} (rows={node['Actual Rows']:,}{loops})"
    for detail in _DETAILS:
        if value := node.get(detail):
            yield " " * len(indent) + f"  {detail}: {_short(value)}"
    for part in node.get("Plans", []):
        yield from _lines(part, depth + 1)


def _short(value: object) -> str:
    text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    text = _LISTED.sub("…", text)
    return text if len(text) <= LONGEST else text[: LONGEST - 2] + " …"
