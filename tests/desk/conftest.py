"""People at their desks, as browsers without scripts."""

import re
from collections.abc import Callable
from html import unescape

import pytest
from django.test import Client

from caseway.accounts.models import Person

Desk = Callable[[Person], Client]


def links(page: str, marker: str) -> list[str]:
    """The addresses of all links whose tag holds `marker`, in their order."""
    tags = [tag for tag in re.findall(r"<a\b[^>]*>", page) if marker in tag and "aria-disabled" not in tag]
    return [unescape(href) for tag in tags for href in re.findall(r'\bhref="([^"]*)"', tag)]


@pytest.fixture
def desk() -> Desk:
    """A browser in which somebody is signed in."""

    def sit_down(person: Person) -> Client:
        client = Client()
        client.force_login(person)
        return client

    return sit_down
