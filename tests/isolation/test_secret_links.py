"""Links that open without a sign-in.

Whoever gets hold of a customer's learns a case's number, and no more; of a partner's, what was written
for that partner.
"""

from collections.abc import Iterator
from typing import Any

import pytest

from caseway.mail.answering.tests.scenes import links
from caseway.mail.tests.mails import latest_to

from .visitors import Visitor, state
from .world import KINDS, World

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def visitors(world: World, django_db_blocker: Any) -> Iterator[dict[str, Visitor]]:
    """A browser for each kind of person."""
    with django_db_blocker.unblock():
        yield {name: Visitor(world, name) for name in KINDS}


def number_of(world: World) -> str:
    return next(secret.word for secret in world.secrets if secret.what == "rated case number")


@pytest.mark.parametrize("name", KINDS)
def test_the_question_after_closing(world: World, visitors: dict[str, Visitor], name: str) -> None:
    """To everybody the same page, whoever is signed in: not even Kim's own words stand on it."""
    visitor, path = visitors[name], f"/satisfaction/{world.satisfaction_link}/"
    before = state()
    page = visitor.ask("GET", f"{path}?answer=good")
    again = visitor.ask("POST", path, {"answer": "good"})
    more = visitor.ask("POST", path, {"comment": "Another word"})
    assert (page.status_code, again.status_code, more.status_code) in {(200, 409, 409), (200, 403, 403)}
    for response in (page, again, more):
        assert not world.leaks("nobody", response.content.decode(), asked_for=(number_of(world),))
    assert number_of(world) in page.content.decode()
    assert state() == before


@pytest.mark.parametrize("name", KINDS)
def test_a_link_with_one_letter_changed(world: World, visitors: dict[str, Visitor], name: str) -> None:
    link = world.satisfaction_link
    forged = link[:-1] + ("A" if link[-1] != "A" else "B")
    missing = visitors[name].ask("GET", "/satisfaction/WzEsMV0:forged/")
    found = visitors[name].ask("GET", f"/satisfaction/{forged}/")
    assert (missing.status_code, found.status_code) == (404, 404)
    assert not world.leaks("nobody", found.content.decode())


@pytest.mark.parametrize("name", KINDS)
def test_the_links_of_a_mail_to_a_partner(world: World, visitors: dict[str, Visitor], name: str) -> None:
    """To everybody the same pages, whoever is signed in: what Omar may read of the case, and no more."""
    mail = latest_to(*world.cast.larkfield_brightwater.carrier_addresses)
    before, anybodys = state(), visitors["nobody"]
    for told in (mail.text, mail.html, mail.subject):
        assert not world.leaks("omar", told)
    for path in links(mail.address).values():
        page = visitors[name].ask("GET", path)
        assert page.status_code == 200
        assert not world.leaks("omar", page.content.decode())
        assert (
            visitors[name].ask("GET", f"{path}files/00000000-0000-4000-8000-000000000000/").status_code == 404
        )
        assert anybodys.ask("HEAD", path).status_code == 200
    assert state() == before
