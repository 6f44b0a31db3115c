"""How many jobs wait, asked of the database at each reading."""

from collections.abc import Iterator

from django.db import connection
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector


class QueueCollector(Collector):
    """Jobs by status."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """The figures of this moment."""
        jobs = GaugeMetricFamily("caseway_jobs", "Jobs in the queue", labels=["status"])
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT status::text, count(*) FROM procrastinate_jobs"
                " WHERE status IN ('todo', 'doing', 'failed') GROUP BY status"
            )
            for status, count in cursor.fetchall():
                jobs.add_metric([status], count)
        yield jobs
