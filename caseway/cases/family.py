"""Cases that were merged belong together: a case, all that went into it, and the one it went into."""

from django.db import connection

from .models import Case

WHOLE_FAMILY = """
WITH RECURSIVE family(id) AS (
  SELECT %s::bigint UNION SELECT c.id FROM cases_case c JOIN family f ON c.merged_into_id = f.id
) SELECT id FROM family
"""
WAY_UP = """
WITH RECURSIVE way(id, next) AS (
  SELECT id, merged_into_id FROM cases_case WHERE id = %s
  UNION SELECT c.id, c.merged_into_id FROM cases_case c JOIN way w ON c.id = w.next
) SELECT id FROM way WHERE next IS NULL
"""


def family_of(case: Case) -> list[int]:
    """The ids of the case and of all that were merged into it, however deep."""
    with connection.cursor() as cursor:
        cursor.execute(WHOLE_FAMILY, [case.pk])
        return [row[0] for row in cursor.fetchall()]


def survivor_of(case_id: int) -> int:
    """The id of the case in which this one goes on: itself unless it was merged."""
    with connection.cursor() as cursor:
        cursor.execute(WAY_UP, [case_id])
        return int(cursor.fetchone()[0])
