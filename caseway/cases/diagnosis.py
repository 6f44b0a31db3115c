"""What `caseway doctor` asks of cases."""

from collections.abc import Iterable

from django.db import connection

from caseway.core.diagnosis import Finding

_DISAGREEING = """
SELECT side.number, count(*) OVER ()
FROM cases_side AS side JOIN cases_case AS "case" ON "case".id = side.case_id
WHERE (side.number, side.status, side.type, side.closed_at, side.shipment_id)
    IS DISTINCT FROM ("case".number, "case".status, "case".type, "case".closed_at, "case".shipment_id)
   OR side.organisation_id = "case".host_id AND (side.account_id, side.brand_id, side.source)
    IS DISTINCT FROM ("case".account_id, "case".brand_id, "case".source)
   OR side.organisation_id <> "case".host_id AND (side.account_id, side.brand_id, side.source)
    IS DISTINCT FROM (NULL::bigint, NULL::bigint, ''::varchar)
   OR side.partner_id IS DISTINCT FROM
    (SELECT other.organisation_id FROM cases_side AS other
      WHERE other.case_id = side.case_id AND other.id <> side.id AND other.sharing <> 'listed')
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
            f"{count} sides show another status, type, number, shipment, customer, brand, source or partner"
            f" than their case: {shown}",
            "report it with this line; any change of the case's fields or status mends its copies",
        )
