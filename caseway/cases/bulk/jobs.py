"""The worker's part of bulk operations. Their rows are the truth: a job only says where to look."""

from django.db import transaction
from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from caseway.cases.models import Bulk

from .running import go_on

QUEUE = "bulk"


@app.task(queue=QUEUE, name="cases.bulk", pass_context=True)
def work(context: JobContext, bulk_id: int) -> None:
    """Do as many cases as a turn takes, and stand in the queue again for the rest."""
    stopping = context.additional_context.get("stopping", lambda: False)
    if go_on(bulk_id, stopping=stopping):
        enqueue(bulk_id)


def enqueue(bulk_id: int) -> None:
    """Let a worker go on with a bulk operation; once in the queue is enough."""
    try:
        with transaction.atomic():  # a second job is refused by a constraint, which breaks a transaction
            work.configure(queueing_lock=f"cases.bulk.{bulk_id}").defer(bulk_id=bulk_id)
    except AlreadyEnqueued:
        return


@app.periodic(cron="* * * * *")
@app.task(queue=QUEUE, name="cases.bulk_sweep", queueing_lock="cases.bulk_sweep")
def sweep(timestamp: int) -> None:
    """Every minute: go on with what no job is left for."""
    at_work = Bulk.objects.filter(state__in=["waiting", "running", "undoing"])
    for key in at_work.order_by("pk").values_list("pk", flat=True):
        enqueue(key)
