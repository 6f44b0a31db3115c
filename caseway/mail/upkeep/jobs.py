"""Periodic jobs that keep the queue whole."""

from procrastinate import JobContext
from procrastinate.contrib.django import app

HEARTBEAT_SECONDS = 5.0
STALLED_SECONDS = 20.0
"""A worker that hasn't been heard of for so long is dead; its jobs go back into the queue."""
FAILED_JOBS_KEPT_HOURS = 7 * 24


@app.periodic(cron="* * * * * */10")
@app.task(queue="upkeep", name="queue.mend", queueing_lock="queue.mend", pass_context=True)
async def mend(context: JobContext, timestamp: int) -> None:
    """Put the jobs of dead workers back into the queue."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_SECONDS):
        await manager.retry_job(job)
    await manager.prune_stalled_workers(STALLED_SECONDS)


@app.periodic(cron="17 * * * *")
@app.task(queue="upkeep", name="queue.tidy", queueing_lock="queue.tidy", pass_context=True)
async def tidy(context: JobContext, timestamp: int) -> None:
    """Every hour: remove failed jobs of long ago; done ones go as they are done."""
    await context.app.job_manager.delete_old_jobs(
        nb_hours=FAILED_JOBS_KEPT_HOURS, include_failed=True, include_cancelled=True, include_aborted=True
    )
