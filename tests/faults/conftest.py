"""Embedded servers in folders of their own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from caseway.core.database.server import Attachment, attach


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    """A data folder that doesn't exist yet. As root its parents are closed to every other user."""
    return tmp_path / "var"


@pytest.fixture
def server(data_dir: Path) -> Iterator[Attachment]:
    """A server that this test uses."""
    attachment = attach(data_dir, print)
    yield attachment
    attachment.release()
