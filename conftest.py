"""Fixtures for every test."""

import pytest

from caseway.demo.cast import Cast, make_cast


@pytest.fixture
def cast(db: None) -> Cast:  # noqa: ARG001 - the database is opened by asking for it
    """The demo world's organisations and people: Ana, Ben, Lea, Sam, Omar, Iris, Pia, Kim, Jo, Max."""
    return make_cast()
