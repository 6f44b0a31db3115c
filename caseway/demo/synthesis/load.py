"""Loading a synthetic world quickly: rows by COPY, search words and statistics by SQL afterwards."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.db import connection, connections, transaction
from django.db.models import Model
from django.db.utils import DatabaseError

from caseway.cases.models import SearchDocument
from caseway.cases.search.shelves import SPANS
from caseway.core.clock import now
from caseway.demo.password import PASSWORD

from .cases import CaseMaker
from .guides import guides_for, make_guides
from .indexing import indexed_afterwards
from .organisations import Tenant, make_tenants
from .tables import Tables
from .words import Writer

CHUNK = 4000
WORDS = 180
Progress = Callable[[int, int, str], None]

# What `cases/search/actions.py` makes of a text, in SQL: the synthetic words are plain letters and digits.
_WORDS = r"setweight(to_tsvector('simple', regexp_replace({text}, '[^[:alnum:]]+', ' ', 'g')), '{weight}')"


def _weighed(text: str, weight: str) -> str:
    return _WORDS.format(text=text, weight=weight)


def _shelf(organisation: str, at: str) -> str:
    spans = [f"'{name}=' || floor(extract(epoch FROM {at}) / {span})::bigint" for name, span in SPANS.items()]
    return f"array_to_tsvector(ARRAY['o=' || {organisation}, {', '.join(spans)}])"


DOCUMENTS = f"""
INSERT INTO cases_searchdocument (organisation_id, case_id, message_id, is_record, words, written_at)
SELECT s.organisation_id, s.case_id, NULL, false,
       {_weighed("s.subject", "A")} || {_weighed("s.description", "D")}
       || {_weighed("coalesce(parties.names, '')", "B")} || {_shelf("s.organisation_id", "s.created_at")},
       s.created_at
  FROM cases_side s JOIN cases_case c ON c.id = s.case_id
       LEFT JOIN shipments_shipment p ON p.id = c.shipment_id,
       LATERAL (SELECT string_agg(DISTINCT o.name, ' ') AS names FROM accounts_organisation o
                 WHERE o.id <> s.organisation_id
                   AND (o.id IN (p.carrier_id, p.shipper_id)
                        OR o.id IN (SELECT organisation_id FROM cases_side WHERE case_id = s.case_id))
       ) AS parties
 WHERE s.id BETWEEN %(first_side)s AND %(last_side)s
UNION ALL
SELECT r.reader, m.case_id, m.id, false,
       {_weighed("m.text", "D")} || {_weighed("m.author_name", "C")} || {_shelf("r.reader", "m.created_at")},
       m.created_at
  FROM cases_message m,
       LATERAL (SELECT m.organisation_id
                UNION SELECT m.partner_id WHERE m.partner_id IS NOT NULL) AS r(reader)
 WHERE m.id BETWEEN %(first_message)s AND %(last_message)s
"""  # noqa: S608 - nothing from outside is in it


def synthesize(cases: int, organisations: int, seed: int, progress: Progress) -> list[Tenant]:
    """Store a world of so many cases and organisations; the same seed gives the same world.

    `progress(done, total, what)` is called as it goes. Existing rows stay as they are.
    """
    writer = Writer(seed)
    progress(0, cases, "organisations")
    with transaction.atomic():
        tenants = make_tenants(organisations, writer, make_password(PASSWORD), now())
        progress(0, cases, "guides")
        make_guides(tenants[0].organisation, guides_for(cases), seed)
    first = _take_numbers(cases)
    plan = _plan(cases, tenants)
    filled: list[type[Model]] = [*(table.model for table in Tables().in_order()), SearchDocument]
    with indexed_afterwards(filled):
        with _writing() as write:
            for start in range(0, cases, CHUNK):
                chunk = plan[start : start + CHUNK]
                write(_made(first + start, chunk, writer, now()))
                progress(start + len(chunk), cases, "cases")
        progress(cases, cases, "indexes")
        _in_order_of_writing()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    return tenants


def _plan(cases: int, tenants: list[Tenant]) -> list[Tenant]:
    """Which organisation hosts each case, mixed evenly, the counts exact."""
    plan: list[Tenant] = []
    for tenant in tenants[1:]:
        plan += [tenant] * int(cases * tenant.share)
    plan = [tenants[0]] * (cases - len(plan)) + plan
    step = 7919  # a prime: walks over the whole plan in a mixed order
    return [plan[(index * step) % len(plan)] for index in range(len(plan))] if cases % step else plan


def _made(first: int, chunk: Sequence[Tenant], writer: Writer, at: datetime) -> Tables:
    tables = Tables()
    maker = CaseMaker(tables, writer, WORDS, at)
    for offset, tenant in enumerate(chunk):
        maker.make(first + offset, tenant)
    return tables


@contextmanager
def _writing() -> Iterator[Callable[[Tables], None]]:
    """Gives what writes rows while the next ones are made, one lot behind; all are written at the end."""
    last: Future[None] | None = None

    def write(tables: Tables) -> None:
        nonlocal last
        if last is not None:
            last.result()
        last = pool.submit(_store, tables)

    with ThreadPoolExecutor(1) as pool:
        try:
            yield write
            if last is not None:
                last.result()
        finally:
            pool.submit(connections.close_all).result()


@transaction.atomic
def _store(tables: Tables) -> None:
    _skip_triggers()
    (first_side, last_side), (first_message, last_message) = tables.sides.span, tables.messages.span
    spans = {
        "first_side": first_side,
        "last_side": last_side,
        "first_message": first_message,
        "last_message": last_message,
    }
    tables.write()
    with connection.cursor() as cursor:
        cursor.execute(DOCUMENTS, spans)


def _in_order_of_writing() -> None:
    """Let the documents stand in their table as in a system that has lived: in the order of time."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE INDEX search_by_time ON cases_searchdocument (written_at)")
        cursor.execute("CLUSTER cases_searchdocument USING search_by_time")
        cursor.execute("DROP INDEX search_by_time")


def _skip_triggers() -> None:
    """Leave out the checks of foreign keys where the role may: the rows agree by construction."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")
            cursor.execute("SET LOCAL synchronous_commit = off")
    except DatabaseError:
        return


def _take_numbers(count: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('caseway_case_number')")
        first = int(cursor.fetchone()[0])
        cursor.execute("SELECT setval('caseway_case_number', %s)", [first + count])
    return first
