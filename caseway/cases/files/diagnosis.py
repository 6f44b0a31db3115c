"""What `caseway doctor` asks of stored files."""

from collections.abc import Iterable

from django.db import connection

from caseway.cases.models import StorageUse
from caseway.core.diagnosis import Finding

NEARLY_FULL = 0.9
_MISCOUNTED = """
SELECT organisation.name, coalesce(use.bytes, 0), coalesce(found.bytes, 0)
FROM accounts_organisation AS organisation
LEFT JOIN cases_storageuse AS use ON use.organisation_id = organisation.id
LEFT JOIN (SELECT organisation_id, sum(size) AS bytes FROM cases_storedfile GROUP BY organisation_id)
    AS found ON found.organisation_id = organisation.id
WHERE coalesce(use.bytes, 0) <> coalesce(found.bytes, 0)
ORDER BY organisation.name
"""


def files_are_counted() -> Iterable[Finding]:
    """What each organisation is said to store is what its files add up to."""
    with connection.cursor() as cursor:
        cursor.execute(_MISCOUNTED)
        rows = cursor.fetchall()
    for name, counted, found in rows:
        yield Finding(
            f"{name} stores {found} bytes, and {counted} are counted",
            "report it with this line; until then a larger storage_total_bytes in its policy gives room",
        )


def organisations_have_room() -> Iterable[Finding]:
    """No organisation's files take nearly all that its policy allows."""
    for use in StorageUse.objects.select_related("organisation").order_by("organisation__name"):
        room = use.organisation.policy.storage_total_bytes
        if room > 0 and use.bytes > room * NEARLY_FULL:
            yield Finding(
                f"{use.organisation} stores {use.bytes} of {room} bytes",
                "raise storage_total_bytes in its policy, or make room",
            )
