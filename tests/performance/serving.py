"""The server that is measured, and browsers without a screen that are signed in to it."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import requests

from caseway.demo.password import PASSWORD
from tests.ports import free_port

PATIENCE = 60


@contextmanager
def serving(port: int) -> Iterator[str]:
    """Run `caseway serve` on this port for as long as the block lasts; gives its address."""
    command = [sys.executable, "-m", "caseway.cli", "serve", "--empty", "--port", str(port)]
    mail = {f"CASEWAY_MAIL_{kind}_PORT": str(free_port()) for kind in ("SMTP", "LMTP")}
    server = subprocess.Popen(
        command, env={**os.environ, **mail}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    address = f"http://localhost:{port}"
    try:
        _await(address, server)
        yield address
    finally:
        server.terminate()
        server.wait(PATIENCE)


def _await(address: str, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if server.poll() is not None:
            raise SystemExit("The server ended before it was ready.")
        try:
            if requests.get(f"{address}/health/ready", timeout=2).ok:
                return
        except (requests.ConnectionError, requests.Timeout):
            time.sleep(0.2)
    raise SystemExit("The server did not get ready.")


def signed_in(address: str, email: str) -> requests.Session:
    """A session of this person."""
    session = requests.Session()
    page = session.get(f"{address}/accounts/login/", timeout=10)
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)
    if token is None:
        raise SystemExit("The sign-in page has no form.")
    answer = session.post(
        page.url,
        {"login": email, "password": PASSWORD, "csrfmiddlewaretoken": token[1]},
        headers={"Referer": page.url},
        timeout=10,
        allow_redirects=False,
    )
    if answer.status_code != requests.codes.found:
        raise SystemExit(f"{email} could not sign in: {answer.status_code}.")
    return session


def form_token(session: requests.Session, url: str) -> str:
    """The token that a form on this page sends along."""
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', session.get(url, timeout=30).text)
    return found[1] if found else ""
