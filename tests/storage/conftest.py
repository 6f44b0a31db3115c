"""A server that speaks the protocol of S3, and Caseway keeping its files in a bucket of it."""

from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from botocore.config import Config
from moto.server import ThreadedMotoServer

from caseway.core.storage import trying
from config.storages import Bucket, backend_of
from tests.ports import free_port

NAME, FOLDER, KEY, SECRET = "caseway-files", "eu/live", "AKIATEST", "s/ecret+of-the-bucket"


class Storage:
    """The server, which can be away for a while and has everything when it is back."""

    def __init__(self) -> None:
        self.port = free_port()
        self.endpoint = f"http://127.0.0.1:{self.port}"
        self._server: ThreadedMotoServer | None = None

    def come(self) -> None:
        """Answer."""
        self._server = ThreadedMotoServer("127.0.0.1", self.port, verbose=False)
        self._server.start()

    def go(self) -> None:
        """Be away: nobody listens on the port."""
        if self._server:
            self._server.stop()
        self._server = None

    def client(self) -> Any:
        """A plain client, to look at the bucket from outside."""
        return boto3.client(
            "s3",
            endpoint_url=self.endpoint,
            region_name="us-east-1",
            aws_access_key_id=KEY,
            aws_secret_access_key=SECRET,
            config=Config(retries={"total_max_attempts": 1}),
        )

    def objects(self) -> list[str]:
        """What lies in the bucket."""
        return [each["Key"] for each in self.client().list_objects_v2(Bucket=NAME).get("Contents", ())]

    def address(self, **changes: Any) -> Bucket:
        """The bucket as a setting names it."""
        known: dict[str, Any] = {
            "name": NAME,
            "folder": FOLDER,
            "region": "us-east-1",
            "endpoint": self.endpoint,
            "key": KEY,
            "secret": SECRET,
        }
        return Bucket(**known | changes)


@pytest.fixture(scope="session")
def _server() -> Iterator[Storage]:
    server = Storage()
    server.come()
    yield server
    server.go()


@pytest.fixture
def keep_in(settings, monkeypatch):
    """`keep_in(bucket)`: from now on files are kept there."""

    def keep(bucket: Bucket) -> None:
        monkeypatch.setattr(trying, "_seen", {})
        settings.STORAGES = settings.STORAGES | {"default": backend_of(bucket)}

    return keep


@pytest.fixture
def bucket(_server, keep_in) -> Iterator[Storage]:
    """An empty bucket, where Caseway keeps its files."""
    _server.client().create_bucket(Bucket=NAME)
    keep_in(_server.address())
    yield _server
    if _server._server is None:
        _server.come()
    for key in _server.objects():
        _server.client().delete_object(Bucket=NAME, Key=key)
    _server.client().delete_bucket(Bucket=NAME)
