"""Cases at their customer account: every account with every case, as everybody."""

from collections.abc import Iterator
from typing import Any

import pytest

from caseway.cases.models import Case, CaseEvent, Message

from .visitors import Visitor
from .world import KINDS, World

pytestmark = pytest.mark.django_db
SECTIONS = ("note", "status", "edit")
SENT = {"text": "Hello", "note": "Because", "subject": "Mine", "before-subject": "", "do": "save"}


@pytest.fixture(scope="module")
def visitors(world: World, django_db_blocker: Any) -> Iterator[dict[str, Visitor]]:
    with django_db_blocker.unblock():
        yield {name: Visitor(world, name) for name in KINDS}


def pairs(world: World) -> Iterator[tuple[str, str, bool]]:
    """Every account with every case, and whether the case is the account's."""
    whose = dict(Case.objects.values_list("number", "account"))
    for account in world.of_kind("customer"):
        for case in world.of_kind("case"):
            yield account.key, case.key, str(whose[case.key]) == account.key


def opens(world: World, name: str, account: str, number: str) -> bool:
    """Whether this person comes to this account's case at a desk."""
    at_desk = world.seat_of(name) == "desk"
    return at_desk and account in world.open_to(name, "customer") and number in world.open_to(name, "case")


def test_only_the_accounts_own_cases_are_there_and_only_for_those_who_see_both(
    world: World, visitors: dict[str, Visitor]
) -> None:
    before = (Message.objects.count(), CaseEvent.objects.count())
    opened, refused = 0, 0
    for account, number, is_its in pairs(world):
        for name, visitor in visitors.items():
            here = f"/desk/customers/{account}/cases/{number}/"
            lets_in = is_its and opens(world, name, account, number)
            for address in (here, *(f"{here}panel/{section}/" for section in SECTIONS)):
                answer = visitor.get(address)
                assert not visitor.leaks(answer, asked_for=(number,)), (name, address)
                assert (answer.status_code == 200) == lets_in, (name, address, answer.status_code)
                if not lets_in and address != here:
                    assert visitor.post(address, SENT).status_code in (302, 403, 404), (name, address)
                opened, refused = opened + lets_in, refused + (not lets_in)
    assert opened > 20
    assert refused > 200
    assert (Message.objects.count(), CaseEvent.objects.count()) == before


@pytest.mark.parametrize("more", ["", "cases/", "cases/?status=active", "cases/?keyword=zq", "people/"])
def test_lists_hold_what_their_reader_sees(world: World, visitors: dict[str, Visitor], more: str) -> None:
    for account in world.of_kind("customer"):
        for name, visitor in visitors.items():
            answer = visitor.get(f"/desk/customers/{account.key}/{more}")
            assert not visitor.leaks(answer), (name, account.key)
            theirs = name in account.readers and world.seat_of(name) == "desk"
            assert (answer.status_code == 200) == theirs, (name, account.key)


def test_a_filter_by_a_foreign_customer_finds_nothing(world: World, visitors: dict[str, Visitor]) -> None:
    for account in world.of_kind("customer"):
        for name, visitor in visitors.items():
            if world.seat_of(name) != "desk" or name in account.readers:
                continue
            page = visitor.get(f"/desk/cases/?view=all&customer={account.key}").content.decode()
            assert not [key for key in world.open_to(name, "case") if f"/desk/cases/{key}" in page], name
