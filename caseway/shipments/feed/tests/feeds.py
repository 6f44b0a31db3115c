"""Making feeds, and reading them."""

from pathlib import Path

import pytest

from caseway.accounts.models import Organisation
from caseway.shipments.feed.actions import import_file
from caseway.shipments.feed.report import Report
from caseway.shipments.models import Shipment


class Feed:
    """A file in a folder of its own, read for Larkfield unless said otherwise."""

    def __init__(self, folder: Path, organisation: Organisation) -> None:
        self.path = folder / "feed"
        self.organisation = organisation

    def read(self, content: str | bytes, *, dry_run: bool = False) -> Report:
        self.path.write_bytes(content.encode() if isinstance(content, str) else content)
        return import_file(self.path, self.organisation, dry_run=dry_run)

    def counts(self, content: str | bytes) -> str:
        return self.read(content).summary()

    def refusal(self, content: str | bytes) -> str:
        refused = self.read(content).refused
        assert len(refused) == 1, refused
        return str(refused[0])


def stored(number: str) -> Shipment:
    return Shipment.objects.get(number=number)


@pytest.fixture
def feed(cast, tmp_path: Path) -> Feed:
    return Feed(tmp_path, cast.larkfield)
