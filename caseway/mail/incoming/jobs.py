"""The worker's jobs of incoming mail. Rows are the truth: jobs only say where to look."""

from procrastinate.contrib.django import app

from caseway.core.clock import now
from caseway.mail.models import RawMail

from .processing import process

QUEUE = "mail_in"
MOST_PER_SWEEP = 500


@app.task(queue=QUEUE, name="mail.process")
def process_mail(mail_id: int) -> None:
    """Process one stored mail."""
    process(mail_id)


@app.periodic(cron="* * * * * */10")
@app.task(queue=QUEUE, name="mail.process_waiting", queueing_lock="mail.process_waiting")
def process_waiting(timestamp: int) -> None:
    """Every ten seconds: process what waits, whatever became of its job."""
    waiting = RawMail.objects.filter(state=RawMail.State.RECEIVED, next_try_at__lte=now())
    for mail_id in waiting.order_by("pk").values_list("pk", flat=True)[:MOST_PER_SWEEP]:
        process(mail_id)
