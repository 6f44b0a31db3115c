"""The worker's jobs of the outbox. Rows are the truth: jobs only say where to look.

All run on one queue that a worker process works through one by one, so that one mail is in
flight per process: after a kill, that one may go again, and no other.
"""

from functools import lru_cache

from procrastinate import JobContext
from procrastinate.contrib.django import app

from . import claims
from .sending import Sender

QUEUE = "mail_out"
SWEEP_SECONDS = 30.0


@lru_cache
def the_sender() -> Sender:
    """This process's sender: its connection is kept from one job to the next."""
    return Sender()


@app.task(queue=QUEUE, name="mail.send")
def send(delivery_ids: list[int]) -> None:
    """Send these deliveries, if they are due; the sweep sees to whatever is not sent here."""
    for delivery_id in delivery_ids:
        the_sender().send(delivery_id)


@app.periodic(cron="* * * * * */10")
@app.task(queue=QUEUE, name="mail.sweep", queueing_lock="mail.sweep", pass_context=True)
def sweep(context: JobContext, timestamp: int) -> None:
    """Every ten seconds: free what a dead worker left, and send what is due."""
    stopping = context.additional_context.get("stopping", lambda: False)
    claims.free_abandoned()
    the_sender().drain(SWEEP_SECONDS, stopping)
