"""People at their desks, as browsers without scripts."""

from collections.abc import Callable

import pytest
from django.test import Client

from caseway.accounts.models import Person

Desk = Callable[[Person], Client]


@pytest.fixture
def desk() -> Desk:
    """A browser in which somebody is signed in."""

    def sit_down(person: Person) -> Client:
        client = Client()
        client.force_login(person)
        return client

    return sit_down
