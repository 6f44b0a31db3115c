"""The worker process: two workers of the queue in one loop, until told to stop."""

import asyncio
import signal
from collections.abc import Callable
from contextlib import suppress

import structlog
from asgiref.sync import sync_to_async
from django.db import connections
from procrastinate import exceptions
from procrastinate.app import WorkerOptions
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from psycopg import OperationalError

from caseway.mail.outbox.jobs import QUEUE as MAIL_OUT

from .jobs import HEARTBEAT_SECONDS, STALLED_SECONDS

log = structlog.get_logger("caseway.worker")

LONGEST_PAUSE = 10.0


async def work(concurrency: int) -> None:
    """Do jobs until SIGTERM or SIGINT; what is running then is finished first.

    Outgoing mail is done one by one, everything else `concurrency` at a time. When the database
    goes away, the workers wait for it and go on.
    """
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for signum in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(signum, stop.set)
    pause = 1.0
    while not stop.is_set():
        began = loop.time()
        try:
            await _work_until(stop, concurrency)
        except (OperationalError, exceptions.ConnectorException) as error:
            log.warning("the queue is out of reach", error=_cause(error), pause_seconds=pause)
        if stop.is_set():
            break
        pause = 1.0 if loop.time() - began > 60 else min(pause * 2, LONGEST_PAUSE)
        await sync_to_async(connections.close_all)()
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), pause)


async def _work_until(stop: asyncio.Event, concurrency: int) -> None:
    """Run both workers until `stop`, or until one of them gave up."""
    # A second app over an asynchronous connector fetches the jobs, while the jobs themselves
    # defer through Django's connection: in the transaction that causes them.
    queue = app.with_connector(DjangoConnector().get_worker_connector())
    async with queue.open_async():
        stopping = stop.is_set
        workers = [
            asyncio.create_task(queue.run_worker_async(**_options([MAIL_OUT], 1, stopping))),
            asyncio.create_task(queue.run_worker_async(**_options(_other_queues(), concurrency, stopping))),
        ]
        told = asyncio.create_task(stop.wait())
        await asyncio.wait([told, *workers], return_when=asyncio.FIRST_COMPLETED)
        told.cancel()
        for worker in workers:
            worker.cancel()  # asks it to finish what it is doing
        for outcome in await asyncio.gather(*workers, return_exceptions=True):
            if isinstance(outcome, Exception):
                raise outcome


def _other_queues() -> list[str]:
    """Every queue that a job is registered for but outgoing mail's, which has a worker of its own."""
    return sorted({task.queue for task in app.tasks.values()} - {MAIL_OUT})


def _options(queues: list[str], concurrency: int, stopping: Callable[[], bool]) -> WorkerOptions:
    return {
        "queues": queues,
        "concurrency": concurrency,
        "install_signal_handlers": False,
        "delete_jobs": "successful",
        "update_heartbeat_interval": HEARTBEAT_SECONDS,
        "stalled_worker_timeout": STALLED_SECONDS,
        "additional_context": {"stopping": stopping},
    }


def _cause(error: BaseException) -> str:
    """The words of the innermost error: the queue's own say only that something was wrong."""
    inner: BaseException = error
    while inner.__cause__ is not None:
        inner = inner.__cause__
    return f"{type(inner).__name__}: {inner}".strip()
