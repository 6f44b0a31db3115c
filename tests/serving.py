"""The server of the browser tests: a test is over when nobody is served any more."""

import threading
from typing import Any

from django.core.servers.basehttp import ThreadedWSGIServer
from pytest_django.live_server_helper import LiveServer

PATIENCE = 60


class Attentive(ThreadedWSGIServer):
    """Knows how many connections it serves.

    What a browser asked for last is still being answered when its window closes. The answer needs
    the test's database, and the emptying of that database needs to be alone.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self._served = 0
        self._changed = threading.Condition()
        super().__init__(*args, **kwargs)

    def process_request(self, request: Any, client_address: Any) -> None:
        with self._changed:
            self._served += 1
        super().process_request(request, client_address)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        try:
            super().process_request_thread(request, client_address)
        finally:
            with self._changed:
                self._served -= 1
                self._changed.notify_all()

    def wait_until_nobody_is_served(self) -> None:
        """Return when the last connection has ended. Raises TimeoutError after a minute."""
        with self._changed:
            if not self._changed.wait_for(lambda: self._served == 0, timeout=PATIENCE):
                raise TimeoutError(f"{self._served} connections were still served {PATIENCE} s later")


def start_server() -> LiveServer:
    """A live server on a free port of loopback."""
    server = LiveServer("localhost", start=False)
    server.thread.server_class = Attentive
    server.start()
    return server
