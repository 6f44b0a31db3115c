"""The one connection that listens."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import structlog
from django.db import connection
from psycopg import AsyncConnection, Error, Notify, sql

from caseway.core.channels import CHANGES, NOTICES, PRESENCE

log = structlog.get_logger("caseway.live")

QUIET = 15.0
"""Seconds without news after which the connection is asked if it is still there."""
LONGEST_PAUSE = 5.0
"""Seconds between two attempts to reach a database that is away."""
NOT_LIBPQS = ("context", "cursor_factory", "pool", "prepare_threshold", "server_side_binding")


async def listen(heard: Callable[[Notify], None], begun: Callable[[], None]) -> None:
    """Call `heard` for every notification, for as long as the process lives.

    `begun` is called whenever listening has begun, the first time and after a loss: what was missed
    is to be read from the tables.
    """
    pause = 0.2
    while True:
        try:
            async with await _connect() as listening:
                for channel in (CHANGES, PRESENCE, NOTICES):
                    await listening.execute(sql.SQL("LISTEN {}").format(sql.Identifier(channel)))
                begun()
                pause = 0.2
                await _hear(listening, heard)
        except (Error, OSError, TimeoutError) as trouble:
            log.warning("the stream server does not hear the database", error=str(trouble))
        await asyncio.sleep(pause)
        pause = min(pause * 2, LONGEST_PAUSE)


async def _connect() -> AsyncConnection[Any]:
    parameters = connection.get_connection_params()
    plain = {name: value for name, value in parameters.items() if name not in NOT_LIBPQS}
    connecting: Awaitable[AsyncConnection[Any]] = AsyncConnection.connect(
        **plain, autocommit=True, application_name="caseway events"
    )
    return await asyncio.wait_for(connecting, 10)


async def _hear(listening: AsyncConnection[Any], heard: Callable[[Notify], None]) -> None:
    while True:
        async for one in listening.notifies(timeout=QUIET):
            heard(one)
        await asyncio.wait_for(listening.execute("SELECT 1"), 5)
