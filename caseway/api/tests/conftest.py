"""The cast with tokens, and a case that Kim raised."""

from collections.abc import Callable

import pytest

from caseway.accounts.models import Person
from caseway.api.tests.callers import Caller
from caseway.cases.creation.actions import create
from caseway.cases.creation.fields import NewCase
from caseway.cases.models import Case
from caseway.demo.cast import Cast


@pytest.fixture
def calls(cast: Cast) -> Callable[..., Caller]:
    """`calls(cast.ana)` or `calls("ana", "cases:read")`: a caller with a token of that person."""

    def caller(name: str | Person, *scopes: str) -> Caller:
        person = getattr(cast, name) if isinstance(name, str) else name
        return Caller(person, *scopes)

    return caller


@pytest.fixture
def case(cast: Cast) -> Case:
    """A New case that Kim raised in the portal."""
    new = NewCase(subject="Two boxes are wet", description="The lower boxes stand in water.")
    return create(new, by=cast.in_portal(cast.kim))
