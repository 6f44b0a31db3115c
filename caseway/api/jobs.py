"""What the worker does for the API."""

from procrastinate.contrib.django import app

from .http.idempotency import sweep


@app.periodic(cron="41 * * * *")
@app.task(name="api.forget_answers", queueing_lock="api.forget_answers")
def forget_answers(timestamp: int) -> None:
    """Every hour: delete the answers that are kept no longer."""
    sweep()
