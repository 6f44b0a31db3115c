"""The worker's jobs of SMS. Rows are the truth: jobs only say where to look."""

from functools import lru_cache

from procrastinate import JobContext
from procrastinate.contrib.django import app

from . import claims
from .confirming import confirm
from .sending import Sender

SWEEP_SECONDS = 20.0


@lru_cache
def the_sender() -> Sender:
    """This process's sender: its connections are kept from one job to the next."""
    return Sender()


@app.task(queue="sms", name="sms.send")
def send(sms_ids: list[int]) -> None:
    """Send these, if they are due; the sweep sees to whatever is not sent here."""
    for sms_id in sms_ids:
        the_sender().send(sms_id)


@app.periodic(cron="* * * * * */15")
@app.task(queue="sms", name="sms.sweep", queueing_lock="sms.sweep", pass_context=True)
def sweep(context: JobContext, timestamp: int) -> None:
    """Every quarter of a minute: free what a dead worker left, give up what is late, send what is due."""
    stopping = context.additional_context.get("stopping", lambda: False)
    claims.free_abandoned()
    claims.give_up_late()
    the_sender().drain(SWEEP_SECONDS, stopping)


@app.periodic(cron="* * * * *")
@app.task(queue="sms", name="sms.confirm", queueing_lock="sms.confirm")
def ask_what_became(timestamp: int) -> None:
    """Every minute: ask whether what was sent has arrived."""
    confirm(the_sender().provider)
