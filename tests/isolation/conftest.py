"""The world of secrets, built once for a module; each test's changes are taken back."""

from collections.abc import Iterator

import pytest
from django.db import transaction

from caseway.demo.cast import make_cast

from .building import build_world
from .world import World


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[World]:
    """The world. Ask for `db` as well, so that what a test does ends with it."""
    with django_db_blocker.unblock(), transaction.atomic():  # type: ignore[attr-defined]
        yield build_world(make_cast())
        transaction.set_rollback(True)
