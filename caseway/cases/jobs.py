"""What happens to cases by the clock."""

from procrastinate.contrib.django import app

from caseway.cases.bulk import jobs as bulk
from caseway.cases.conversation.waiting import JOB, send_all_due, send_due
from caseway.cases.drafting.actions import forget_old_drafts
from caseway.cases.files.sweeping import sweep_files, sweep_uploads
from caseway.cases.lifecycle.waking import wake_due_cases
from caseway.cases.lists.retagging import rename_tag
from caseway.cases.once import forget_old_submissions

__all__ = ["bulk", "sweep", "sweep_unfinished", "wake_cases"]


@app.periodic(cron="* * * * *")
@app.task(name="cases.wake", queueing_lock="cases.wake")
def wake_cases(timestamp: int) -> None:
    """Every minute: resume suspended cases whose wake-up date has come."""
    wake_due_cases()


@app.task(name=JOB)
def send_waiting(draft_id: int) -> None:
    """Once its time has come: send what its writer didn't take back."""
    send_due(draft_id)


@app.periodic(cron="* * * * *")
@app.task(name="cases.send_all_waiting", queueing_lock="cases.send_all_waiting")
def send_all_waiting(timestamp: int) -> None:
    """Every minute: send what a worker that stopped has left behind."""
    send_all_due()


@app.periodic(cron="53 3 * * *")
@app.task(name="cases.sweep", queueing_lock="cases.sweep")
def sweep(timestamp: int) -> None:
    """Every night: remove old drafts, uploads never sent, bytes that nobody names, old form tokens."""
    forget_old_drafts()
    sweep_files()
    forget_old_submissions()


@app.periodic(cron="23 * * * *")
@app.task(name="cases.sweep_uploads", queueing_lock="cases.sweep_uploads")
def sweep_unfinished(timestamp: int) -> None:
    """Every hour: give back the room of files that stopped arriving."""
    sweep_uploads()


@app.task(name="cases.rename_tag")
def rename_tag_on_cases(organisation_id: int, old: str, new: str) -> None:
    """After a tag was renamed: write the new word on the cases that bear the old one."""
    rename_tag(organisation_id, old, new)
