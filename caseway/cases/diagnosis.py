"""What `caseway doctor` asks of cases."""

from collections.abc import Iterable

from django.db import connection

from caseway.core.diagnosis import Finding

_DISAGREEING = """
SELECT side.number, count(*) OVER ()
FROM cases_side AS side JOIN cases_case AS "case" ON "case".id = side.case_id
WHERE (side.number, side.status, side.type, side.closed_at)
    IS DISTINCT FROM ("case".number, "case".status, "case".type, "case".closed_at)
   OR side.account_id IS DISTINCT FROM
    CASE WHEN side.organisation_id = "case".host_id THEN "case".account_id END
ORDER BY side.number LIMIT 10
"""


def copies_agree() -> Iterable[Finding]:
    """What every side copies from its case is what the case says."""
    with connection.cursor() as cursor:
        cursor.execute(_DISAGREEING)
        rows = cursor.fetchall()
    if rows:
        shown, count = ", ".join(number for number, _ in rows), rows[0][1]
        yield Finding(
            f"{count} sides show another status, type, number or customer than their case: {shown}",
            "report it with this line; any change of the case's fields or status mends its copies",
        )
