"""A bucket of S3-compatible storage, with the manners of a folder: what goes wrong is an OSError.

Imported only where `CASEWAY_STORAGE_URL` names a bucket: boto3 takes 33 MB in each process.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from threading import Lock
from typing import Any, NoReturn

from boto3.exceptions import Boto3Error
from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.core.files.base import File
from s3transfer.exceptions import RetriesExceededError
from storages.backends.s3 import S3Storage

from .troubles import words_for

IN_MEMORY = 1 << 20
# Seconds for each of at most three tries; a whole file may take longer, a silence may not.
PATIENT = {"connect_timeout": 5, "read_timeout": 20, "retries": {"mode": "standard", "total_max_attempts": 3}}
IMPATIENT = {"connect_timeout": 2, "read_timeout": 3, "retries": {"total_max_attempts": 1}}
TROUBLES = (BotoCoreError, ClientError, Boto3Error, RetriesExceededError)


class BucketStorage(S3Storage):
    """Keeps files as objects, which nobody is given the address of: bytes go through us, to whoever
    may read them at that moment, under our headers."""

    def __init__(self, **options: Any) -> None:
        style = options.pop("addressing_style", None) or "auto"
        config = Config(
            s3={"addressing_style": style},
            # Most storages that call themselves compatible know no other checksums.
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
            **PATIENT,
        )
        transfer = TransferConfig(use_threads=False)
        super().__init__(**options, client_config=config, transfer_config=transfer, max_memory_size=IN_MEMORY)
        self._making = Lock()

    @property
    def connection(self) -> Any:
        """One for all threads of the process, whose clients may be shared; one each took 10 MB apiece."""
        with self._making:
            return self._connection

    @cached_property
    def _connection(self) -> Any:
        return self._connect(self.client_config)

    @cached_property
    def _glance(self) -> Any:
        return self._connect(self.client_config.merge(Config(**IMPATIENT)))

    def _connect(self, config: Config) -> Any:
        session = self._create_session()
        return session.resource(
            "s3", region_name=self.region_name, endpoint_url=self.endpoint_url, config=config
        )

    def ask(self) -> None:
        """See, within five seconds, that the bucket is there. Raises OSError with the reason in a line."""
        with self._in_words():
            with self._making:
                client = self._glance.meta.client
            client.head_bucket(Bucket=self.bucket_name)

    def _open(self, name: str, mode: str = "rb") -> "File[bytes]":
        """The object, fetched into a temporary file: trouble is told before an answer has begun."""
        with self._in_words():
            found: File[bytes] = super()._open(name, mode)
            found.open()
            return found

    def _save(self, name: str, content: "File[bytes]") -> str:
        with self._in_words():
            return str(super()._save(name, content))

    def delete(self, name: str) -> None:
        """Delete the object; one that isn't there is no trouble."""
        with self._in_words():
            super().delete(name)

    def exists(self, name: str) -> bool:
        """Whether there is such an object."""
        with self._in_words():
            return bool(super().exists(name))

    def url(self, name: str | None, *args: Any, **kwargs: Any) -> NoReturn:
        """No address: it would be open to whoever has it, whatever became of their access."""
        raise NotImplementedError("files of a bucket are given out by our own addresses only")

    @contextmanager
    def _in_words(self) -> Iterator[None]:
        try:
            yield
        except TROUBLES as trouble:
            where = self.endpoint_url or "Amazon S3"
            raise OSError(words_for(trouble, bucket=self.bucket_name, where=where)) from trouble
