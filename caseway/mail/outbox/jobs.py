"""The worker's jobs of the outbox. Rows are the truth: jobs only say where to look.

Those for the installation's server run on one queue that a worker process works through one by one, so
that one mail is in flight per process: after a kill, that one may go again, and no other. Servers of
single mailboxes have their own: one that is slow holds up nobody else's mails.
"""

from contextlib import suppress
from functools import lru_cache, partial

from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from . import claims, ways
from .accounts import AccountRelay
from .sending import Sender

QUEUE = "mail_out"
OWN_QUEUE = "mail_out_own"
SWEEP_SECONDS = 30.0


@lru_cache
def the_sender() -> Sender:
    """This process's sender: its connection is kept from one job to the next."""
    return Sender()


@app.task(queue=QUEUE, name="mail.send")
def send(delivery_ids: list[int]) -> None:
    """Send these deliveries, if they are due; the sweep sees to whatever is not sent here."""
    for delivery_id in delivery_ids:
        account = ways.account_of(delivery_id)
        if account:
            _ask_for(account.pk)
        else:
            the_sender().send(delivery_id)


@app.periodic(cron="* * * * * */10")
@app.task(queue=QUEUE, name="mail.sweep", queueing_lock="mail.sweep", pass_context=True)
def sweep(context: JobContext, timestamp: int) -> None:
    """Every ten seconds: free what a dead worker left, and send what is due."""
    stopping = context.additional_context.get("stopping", lambda: False)
    claims.free_abandoned()
    for account_id in ways.accounts_in_use():
        _ask_for(account_id)
    the_sender().drain(SWEEP_SECONDS, stopping)


@app.task(queue=OWN_QUEUE, name="mail.send_own", pass_context=True)
def send_own(context: JobContext, account_id: int) -> None:
    """Send what is due by the server of one mailbox."""
    account = ways.account_in_use(account_id)
    if account is None:
        return
    mine = partial(ways.of_account, account=account)
    if not mine(claims.due()).exists():
        return
    sender = Sender(AccountRelay(account), mine)
    try:
        sender.drain(SWEEP_SECONDS, context.additional_context.get("stopping", lambda: False))
    finally:
        sender.relay.close()


def _ask_for(account_id: int) -> None:
    """Have an account's mails sent, by one job at a time."""
    key = f"mail.send_own {account_id}"
    with suppress(AlreadyEnqueued):
        send_own.configure(lock=key, queueing_lock=key).defer(account_id=account_id)
