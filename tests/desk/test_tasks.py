"""Tasks with scripts: ticked, opened, moved on the board by keys, by menu and by dragging."""

import re

import pytest
from axe_core_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from caseway.cases.models import Case, Task, TaskStatus
from caseway.cases.tasks import actions
from caseway.cases.tasks.fields import NewTask
from caseway.demo.cast import Cast

from .conftest import Window

pytestmark = pytest.mark.journey


@pytest.fixture
def task(people: Cast, case: Case) -> Task:
    return actions.add(case, NewTask(title="Call the driver"), by=people.at_desk(people.ana))


def column(page: Page, status: str):
    return page.locator(f'[data-column="{status}"]')


def stored(task: Task) -> str:
    return Task.objects.get(pk=task.pk).status


def test_a_tick_on_the_case_does_a_task_and_the_page_goes_on_there(
    people: Cast, window: Window, task: Task
) -> None:
    page = window(people.ana)
    page.goto(f"/desk/cases/{task.case.number}")
    page.get_by_role("checkbox", name="Done: Call the driver").click()
    expect(page.get_by_text("1 of 1 done")).to_be_visible()
    expect(page.locator(f"#task-{task.pk} a").first).to_be_focused()
    assert stored(task) == TaskStatus.DONE


def test_a_task_is_opened_and_changed_over_the_page(people: Cast, window: Window, task: Task) -> None:
    page = window(people.ana)
    page.goto(f"/desk/cases/{task.case.number}")
    page.get_by_role("link", name="Call the driver").click()
    page.get_by_label("What is to be done").fill("Call the dispatcher")
    page.get_by_label("Comment").fill("The driver is off today")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("link", name="Call the dispatcher")).to_be_visible()
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.get_by_role("link", name="Call the dispatcher").click()
    expect(page.get_by_text("The driver is off today")).to_be_visible()


def test_keys_walk_over_the_board_and_move_a_card(people: Cast, window: Window, task: Task) -> None:
    case = task.case
    other = actions.add(case, NewTask(title="Second"), by=people.at_desk(people.ana))
    page = window(people.ana)
    page.goto("/desk/tasks/")
    page.get_by_role("link", name="Second").focus()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("link", name="Call the driver")).to_be_focused()
    page.keyboard.press("Shift+ArrowRight")
    expect(column(page, "in_progress").get_by_role("link", name="Call the driver")).to_be_focused()
    assert stored(task) == TaskStatus.IN_PROGRESS
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_role("link", name="Second")).to_be_focused()
    assert stored(other) == TaskStatus.OPEN


def test_a_card_is_dragged_into_another_column(people: Cast, window: Window, task: Task) -> None:
    page = window(people.ana)
    page.goto("/desk/tasks/")
    page.locator(f"#task-{task.pk}").drag_to(column(page, "done"))
    expect(column(page, "done").get_by_role("link", name="Call the driver")).to_be_visible()
    assert stored(task) == TaskStatus.DONE


def test_the_menu_of_a_card_takes_it_and_says_who_was_quicker(
    people: Cast, window: Window, task: Task
) -> None:
    page = window(people.ana)
    page.goto("/desk/tasks/")
    actions.claim(task, by=people.at_desk(people.ben))
    page.get_by_role("button", name="Move: Call the driver").click()
    page.get_by_role("button", name="Take it").click()
    expect(page.locator("main").get_by_text(f"{people.ben} has this task already.")).to_be_visible()
    page.get_by_label("Who does it").select_option("me")
    expect(page.get_by_text("No task fits")).to_be_visible()
    expect(page).to_have_url(re.compile("who=me"))


@pytest.mark.parametrize(
    "address", ["/desk/tasks/", "/desk/tasks/mine/", "/desk/cases/{number}/tasks/{task}"]
)
def test_axe_finds_nothing(people: Cast, window: Window, task: Task, address: str) -> None:
    actions.claim(task, by=people.at_desk(people.ana))
    page = window(people.ana)
    page.goto(address.format(number=task.case.number, task=task.pk))
    found = Axe().run(page)["violations"]
    assert not found, [(one["id"], [node["html"] for node in one["nodes"]]) for one in found]
