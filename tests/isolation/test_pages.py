"""Every page address, as every kind of person, asked for things that aren't theirs.

A new address fails here until `addresses.py` knows what its arguments name.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import transaction

from caseway.cases.lists.kinds import KINDS as LISTS

from .addresses import EVERY, MISSING, OF_THINGS, OTHERS, Address
from .visitors import Visitor, state, told, without_chance
from .world import KINDS, World

# What the system's administrator keeps for organisations: their lists, and what seats are given with.
SETTINGS = {kind.topic for kind in LISTS} | {"role", "team"}

pytestmark = pytest.mark.django_db

OF_SEATS = [address for address in OF_THINGS if address.is_of_the_desk or address.is_of_the_portal]

HTMX = {"HX_Request": "true", "HX_Target": "dialogs"}
WAYS: list[tuple[str, dict[str, str]]] = [("GET", {}), ("GET", HTMX), ("POST", {})]
# All that any form of the pages asks for, so that nothing is refused for want of it.
EVERYTHING = {
    "action": "", "after": "", "asked": "1", "audience": "team", "before": "", "do": "submit",
    "kind": "related", "level": "1", "note": "Because", "owner": "ben@larkfield.example",
    "other": "CV00000001", "into": "CV00000001", "partner": "brightwater", "partner_subject": "Help",
    "partner_text": "Please", "reopen": "yes", "sharing": "shared", "sure": "on", "tags": "new",
    "text": "Hello", "watcher": "ben@larkfield.example",
}  # fmt: skip


@pytest.fixture(scope="module")
def visitors(world: World, django_db_blocker: Any) -> Iterator[dict[str, Visitor]]:
    """A browser for each kind of person."""
    with django_db_blocker.unblock():
        yield {name: Visitor(world, name) for name in KINDS}


def ids(found: list[Address]) -> list[str]:
    return [address.route or "/" for address in found]


@pytest.mark.parametrize("address", EVERY, ids=ids(EVERY))
def test_it_is_known_what_its_arguments_name(address: Address):
    assert not address.unknown, (
        f"{address.route}: say in MEANS of tests/isolation/addresses.py which things of the world "
        f"{address.unknown} names (or in FIXED that it names nobody's)"
    )


def test_there_are_addresses_of_every_kind():
    """Else the tests below could walk nothing."""
    assert {address.kind for address in OF_THINGS} == set(MISSING) - {"content type"}
    assert len([address for address in OF_THINGS if address.is_of_the_desk]) > 20
    assert len([address for address in OF_THINGS if address.is_of_the_portal]) > 8


@pytest.mark.parametrize("address", OF_THINGS, ids=ids(OF_THINGS))
def test_what_is_not_theirs_is_not_there(world: World, visitors: dict[str, Visitor], address: Address):
    before = state()
    for name in KINDS:
        if name == "root" and address.route.startswith("admin/"):
            continue  # the one place that is hers; see test_administration_tells_nothing_of_cases
        for method, headers in ways_to(address):
            refused_alike(world, visitors[name], address, method, headers)
    assert state() == before


def ways_to(address: Address) -> list[tuple[str, dict[str, str]]]:
    return [*WAYS, ("DELETE", {}), ("PUT", {})] if "files/" in address.route else WAYS


def refused_alike(
    world: World, visitor: Visitor, address: Address, method: str, headers: dict[str, str]
) -> None:
    """The answer for what is hidden is that for what isn't there, to the letter."""
    data = EVERYTHING if method == "POST" else None
    nowhere = address.path(MISSING[address.kind])
    missing = visitor.ask(method, nowhere, data, **headers)
    assert missing.status_code in closed_to(visitor.name, address, headers), (visitor.name, method)
    expected = without_chance(told(missing), nowhere)
    for key in address.keys_hidden_from(visitor.name, world):
        response = visitor.ask(method, address.path(key), data, **headers)
        assert without_chance(told(response), address.path(key)) == expected, (visitor.name, method, key)
        assert not visitor.leaks(response, asked_for=(key,)), (visitor.name, method, key)


def closed_to(name: str, address: Address, headers: dict[str, str]) -> set[int]:
    """How a closed door may answer: nothing there, not this way, or sign in (403 keeps a form's words)."""
    if name == "nobody" or address.route.startswith("admin/"):
        return {302, 403, 404, 405} | ({200} if headers else set())
    return {404, 405}


@pytest.mark.parametrize("address", OF_SEATS, ids=ids(OF_SEATS))
def test_what_is_theirs_tells_no_more_than_their_share(
    world: World, visitors: dict[str, Visitor], address: Address
):
    for name in KINDS:
        for key in address.keys_open_to(name, world):
            for method, headers in WAYS:
                data = EVERYTHING if method == "POST" else None
                with taken_back():
                    response = visitors[name].ask(method, address.path(key), data, **headers)
                assert response.status_code < 500, (name, method, key)
                assert not visitors[name].leaks(response), (name, method, key)


@contextmanager
def taken_back() -> Iterator[None]:
    """What happens within is undone, so that the next finds the world as it was."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.mark.parametrize("address", OTHERS, ids=ids(OTHERS))
def test_pages_of_nobody_in_particular_tell_no_more_than_their_share(
    visitors: dict[str, Visitor], address: Address
):
    for name in KINDS:
        if name == "root" and address.route.startswith("admin/"):
            continue
        visitor = visitors[name]
        for method, headers in WAYS:
            with taken_back():
                data = EVERYTHING if method == "POST" else None
                response = visitor.ask(method, address.path(), data, **headers)
            assert response.status_code < 500, (name, method)
            assert not visitor.leaks(response), (name, method)
            if not is_let_in(visitor, address):
                assert response.status_code in closed_to(name, address, headers), (name, method)


def is_let_in(visitor: Visitor, address: Address) -> bool:
    """Whether the address is of the person's own shell, or of no shell."""
    seat = visitor.world.seat_of(visitor.name)
    if address.route.endswith("/files/"):
        return visitor.name != "nobody"  # see test_nobody_gives_files_from_a_seat_that_is_not_theirs
    if address.is_of_the_desk:
        return seat == "desk"
    return seat == "portal" or not address.route.startswith("portal/")


@pytest.mark.parametrize("address", EVERY, ids=ids(EVERY))
def test_no_form_is_taken_without_its_token(world: World, visitors: dict[str, Visitor], address: Address):
    """As the person who may do most there; nothing is changed and nothing is told."""
    name = "kim" if address.is_of_the_portal else "root" if address.route.startswith("admin/") else "ana"
    keys = (
        address.keys_open_to(name, world) or address.keys_hidden_from(name, world) if address.kind else [""]
    )
    before = state()
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        data = EVERYTHING if method == "POST" else None
        response = visitors[name].ask(method, address.path(keys[0]), data, X_CSRFToken="f" * 32)
        assert response.status_code in (403, 404, 405), (method, response.status_code)
    assert state() == before


def test_administration_tells_nothing_of_cases(world: World, visitors: dict[str, Visitor]):
    """Accounts, contacts and shipments are administered there; what is said on cases is not."""
    words = {s.word for s in world.secrets if "customer" not in s.what and "contact" not in s.what}
    words -= {s.word for s in world.secrets if s.what in ("shipment", "shipment number", "goods")}
    words -= {s.word for s in world.secrets if s.what in ("destination", "shipment event")}
    words -= {s.word for s in world.secrets if s.what == "invited colleague"}  # the address of a mail
    words -= {s.word for s in world.secrets if s.what.endswith("mail's sender")}  # who a mail is from
    words -= {s.word for s in world.secrets if s.what in SETTINGS}
    words -= {s.word for s in world.secrets if s.what.endswith("'s address")}  # of organisations
    assert len(words) > 40
    for address in EVERY:
        if not address.route.startswith("admin/") or "logout" in address.route:
            continue
        for key in address.keys_hidden_from("root", world) if address.kind else [""]:
            text = told(visitors["root"].get(address.path(key)))
            assert not [word for word in words if word in text], address.route


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize("shell", ["desk", "portal"])
def test_nobody_gives_files_from_a_seat_that_is_not_theirs(
    world: World, visitors: dict[str, Visitor], shell: str, name: str
):
    before = state()
    response = visitors[name].post(f"/{shell}/files/", {"name": "a.pdf", "size": 14})
    if world.seat_of(name) == shell:
        assert response.status_code == 201
    else:
        assert response.status_code in (302, 403, 404)
        assert state() == before
