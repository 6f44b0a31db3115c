"""What the worker does for guides."""

from procrastinate.contrib.django import app

from .actions import renew_meanings


@app.periodic(cron="17 3 * * *")
@app.task(queue="upkeep", name="guidance.renew_meanings", queueing_lock="guidance.renew_meanings")
def renew(timestamp: int) -> None:
    """Every night: make anew the meanings that another model made."""
    renew_meanings()
