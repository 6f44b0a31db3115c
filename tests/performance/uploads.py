"""Parts of a large file, as a browser sends them."""

from functools import partial

import requests
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from caseway.accounts.models import Person
from caseway.accounts.viewer import Viewer
from caseway.cases.files.arriving import PART, begin, forget
from tests.performance.rows import Row, timed
from tests.performance.serving import form_token

PARTS = 30
WARMING = 3


def measure_upload(address: str, session: requests.Session, who: Person, viewer: Viewer) -> Row:
    """One part of 1 MB after the other. So many a second are so many MB a second."""
    upload = begin("measured.pdf", PARTS * PART, by=viewer)
    path, body = f"/portal/files/uploads/{upload.pk}/parts/", bytes(PART)
    headers = {"X-CSRFToken": form_token(session, f"{address}/portal/cases/"), "Referer": address}

    def send(part: int) -> None:
        session.put(f"{address}{path}{part * PART}", body, headers=headers, timeout=30).raise_for_status()

    try:
        inside = Client(headers={"host": "localhost"})
        inside.force_login(who)
        with CaptureQueriesContext(connection) as seen:
            inside.put(f"{path}0", body, content_type="application/octet-stream")
        for part in range(1, WARMING):
            send(part)
        row = timed("upload", [partial(send, part) for part in range(WARMING, PARTS)], queries=len(seen))
    finally:
        forget(upload.pk, by=viewer)
    return row
