"""Tasks by their own ids: another side's, another case's and what isn't there look alike."""

from collections.abc import Iterator
from typing import Any

import pytest

from caseway.api.tests.callers import Caller
from caseway.cases.models import Task, TaskComment

from .building import person_of
from .visitors import Visitor
from .world import CUSTOMERS, KINDS, World

pytestmark = pytest.mark.django_db
OPERATIONS: list[tuple[str, str, Any]] = [
    ("GET", "", None),
    ("PATCH", "", {"title": "Mine"}),
    ("DELETE", "", None),
    ("POST", "/claim", None),
    ("GET", "/comments", None),
    ("POST", "/comments", {"text": "Hello"}),
]
NOWHERE = "999999999"


@pytest.fixture(scope="module")
def callers(world: World, django_db_blocker: Any) -> dict[str, Caller]:
    with django_db_blocker.unblock():
        return {name: Caller(person_of(world.cast, name)) for name in KINDS if name not in ("nobody", "root")}


@pytest.fixture(scope="module")
def visitors(world: World, django_db_blocker: Any) -> Iterator[dict[str, Visitor]]:
    with django_db_blocker.unblock():
        yield {name: Visitor(world, name) for name in KINDS}


def hidden(world: World, name: str) -> Iterator[tuple[str, str]]:
    """Addresses of tasks that this person must not find: by their own case, and by every case of theirs."""
    for thing in world.of_kind("task"):
        if name in thing.readers:
            continue
        number, key = thing.key.split("/")
        yield from ((case, key) for case in {number, *world.open_to(name, "case")})


@pytest.mark.parametrize(("method", "more", "body"), OPERATIONS)
def test_the_api_answers_as_if_it_were_not_there(
    world: World, callers: dict[str, Caller], method: str, more: str, body: Any
) -> None:
    asked, before = 0, list(Task.objects.order_by("pk").values())
    for name, caller in callers.items():
        for number, key in hidden(world, name):
            missing = caller.call(method, f"/cases/{number}/tasks/{NOWHERE}{more}", body, If_Match="*")
            answer = caller.call(method, f"/cases/{number}/tasks/{key}{more}", body, If_Match="*")
            assert (answer.status_code, answer.content) == (404, missing.content), name
            asked += 1
    assert asked > 30
    assert list(Task.objects.order_by("pk").values()) == before
    assert not TaskComment.objects.filter(text="Hello").exists()


def test_neither_do_the_pages_know_of_it(world: World, visitors: dict[str, Visitor]) -> None:
    before = list(Task.objects.order_by("pk").values())
    for name, visitor in visitors.items():
        for number, key in hidden(world, name):
            for more in ("", "/status", "/claim"):
                path = f"/desk/cases/{number}/tasks/{key}{more}"
                for answer in (visitor.get(path), visitor.post(path, {"status": "done", "title": "Mine"})):
                    assert answer.status_code in (302, 404, 405), (name, path)
                    assert not visitor.leaks(answer, asked_for=(number,)), (name, path)
    assert list(Task.objects.order_by("pk").values()) == before


@pytest.mark.parametrize("query", ["", "?status=open", "?assignee=me", "?assignee=nobody"])
def test_lists_hold_ones_own_sides_tasks_only(world: World, callers: dict[str, Caller], query: str) -> None:
    for name, caller in callers.items():
        found = {f"{item['case']}/{item['id']}" for item in caller.get(f"/tasks{query}").json()["items"]}
        theirs = {thing.key for thing in world.of_kind("task") if name in thing.readers}
        assert found <= theirs
        assert (found == theirs) or "assignee" in query
        assert not found or name not in CUSTOMERS


@pytest.mark.parametrize("address", ["/desk/tasks/", "/desk/tasks/mine/"])
def test_boards_hold_ones_own_sides_tasks_only(
    world: World, visitors: dict[str, Visitor], address: str
) -> None:
    for name, visitor in visitors.items():
        answer = visitor.get(address)
        assert not visitor.leaks(answer), name
    page = visitors["omar"].get(address).content.decode()
    assert any(s.word in page for s in world.secrets if s.what == "partner task")
