"""Tasks at the desk, by forms alone."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from django.test import Client

from caseway.cases.lifecycle import actions as lifecycle
from caseway.cases.models import Case, Task, TaskComment, TaskStatus
from caseway.cases.tasks import actions
from caseway.cases.tests.browsing import Desk, words_of
from caseway.cases.tests.story import closure_reason, owned_by_ana, shared_with_brightwater
from caseway.core.clock import now
from caseway.demo.cast import Cast

from .work import again, noted, warehouse, with_policy

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(cast: Cast) -> Case:
    return owned_by_ana(cast)


def sent_with(answer, **changed: str) -> dict[str, str]:
    """What a browser would send of the task's form, with some fields changed."""
    page = words_of(answer)
    fields = dict(re.findall(r'<input[^>]*name="(\w+)" value="([^"]*)"', page))
    fields |= {name: text.strip() for name, text in re.findall(r'<textarea name="(\w+)"[^>]*>([^<]*)<', page)}
    for name, options in re.findall(r'<select name="(\w+)"(.*?)</select>', page, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', options)
        fields[name] = chosen[1] if chosen else ""
    fields.pop("csrfmiddlewaretoken", None)
    return {name: unescape(value) for name, value in fields.items()} | changed


def test_a_task_is_added_and_stands_on_the_case(cast: Cast, case: Case) -> None:
    ana = Desk(cast.ana, case)
    assert ana.ask("tasks/new").status_code == 200
    due = "2030-06-01T12:00"
    answer = ana.do("tasks/new", title="Find the crate", assignee=cast.ben.email, due_at=due)
    assert answer.status_code == 302
    task = Task.objects.get()
    assert task.due_at == datetime(2030, 6, 1, 19, 0, tzinfo=UTC)  # Larkfield is seven hours behind
    page = ana.read()
    assert "Find the crate" in page
    assert "0 of 1 done" in page
    assert f'id="task-{task.pk}"' in page


def test_what_is_missing_is_said_and_what_was_typed_stays(cast: Cast, case: Case) -> None:
    answer = Desk(cast.ana, case).do("tasks/new", title=" ", description="In row 12")
    assert answer.status_code == 422
    assert "Say what is to be done." in words_of(answer)
    assert "In row 12" in words_of(answer)


def test_a_tick_does_it_and_another_opens_it_again(cast: Cast, case: Case) -> None:
    ana, task = Desk(cast.ana, case), noted(case, cast.at_desk(cast.ana))
    assert ana.do(f"tasks/{task.pk}/status", status="done").status_code == 302
    assert 'role="checkbox" aria-checked="true"' in ana.read()
    ana.do(f"tasks/{task.pk}/status", status="open")
    assert again(task).status == TaskStatus.OPEN
    assert ana.do(f"tasks/{task.pk}/status", status="lost").status_code == 404


def test_whoever_comes_second_reads_who_was_quicker(cast: Cast, case: Case) -> None:
    task = noted(case, cast.at_desk(cast.ana))
    actions.move(task, by=cast.at_desk(cast.ben), status=TaskStatus.DONE)
    ana = Desk(cast.ana, case)
    ana.do(f"tasks/{task.pk}/status", status="done")
    assert f"{cast.ben} has done this task already." in ana.read()


def test_one_save_changes_moves_and_says_something(cast: Cast, case: Case) -> None:
    ana, task = Desk(cast.ana, case), noted(case, cast.at_desk(cast.ana))
    form = sent_with(
        ana.ask(f"tasks/{task.pk}"), title="Call twice", status="in_progress", comment="No answer"
    )
    assert ana.do(f"tasks/{task.pk}", **form).status_code == 302
    row = again(task)
    assert (row.title, row.status, row.assignee) == ("Call twice", TaskStatus.IN_PROGRESS, cast.ana)
    assert TaskComment.objects.get().text == "No answer"
    assert "No answer" in words_of(ana.ask(f"tasks/{task.pk}"))


def test_saving_what_was_not_touched_changes_nothing(cast: Cast, case: Case) -> None:
    task = noted(case, cast.at_desk(cast.ana), due_at=now(), team=warehouse(cast.larkfield).pk)
    ana = Desk(cast.ana, case)
    assert ana.do(f"tasks/{task.pk}", **sent_with(ana.ask(f"tasks/{task.pk}"))).status_code == 302
    assert again(task).version == 1


def test_two_change_different_fields_and_both_hold(cast: Cast, case: Case) -> None:
    task, ana = noted(case, cast.at_desk(cast.ana)), Desk(cast.ana, case)
    seen = ana.ask(f"tasks/{task.pk}")
    actions.edit(task, by=cast.at_desk(cast.ben), changes={"assignee": cast.ben.email})
    assert ana.do(f"tasks/{task.pk}", **sent_with(seen, title="Ana's title")).status_code == 302
    assert (again(task).title, again(task).assignee) == ("Ana's title", cast.ben)


def test_two_change_the_same_field_and_the_second_hears_of_it_first(cast: Cast, case: Case) -> None:
    task, ana = noted(case, cast.at_desk(cast.ana)), Desk(cast.ana, case)
    seen = ana.ask(f"tasks/{task.pk}")
    actions.edit(task, by=cast.at_desk(cast.ben), changes={"title": "Ben's title"})
    answer = ana.do(f"tasks/{task.pk}", **sent_with(seen, title="Ana's title", comment="Mine"))
    assert answer.status_code == 409
    assert "Ben&#39;s title" in words_of(answer)
    assert 'value="Ana&#x27;s title"' in words_of(answer)
    assert again(task).title == "Ben's title"
    assert not TaskComment.objects.exists()
    assert ana.do(f"tasks/{task.pk}", **sent_with(answer)).status_code == 302
    assert again(task).title == "Ana's title"
    assert TaskComment.objects.get().text == "Mine"


def test_on_a_solved_case_there_is_room_for_a_comment_only(cast: Cast, case: Case) -> None:
    task, ana = noted(case, cast.at_desk(cast.ana)), Desk(cast.ana, case)
    lifecycle.close(case, by=cast.at_desk(cast.ana), reason=closure_reason(cast).pk, note="x")
    assert "tasks/new" not in ana.read()
    assert ana.ask("tasks/new").status_code == 409
    form = ana.ask(f"tasks/{task.pk}")
    assert ana.do(f"tasks/{task.pk}", **sent_with(form, title="Other", comment="Late")).status_code == 302
    assert again(task).title == "Call the driver"
    assert TaskComment.objects.get().text == "Late"


def test_closing_names_the_tasks_that_stand_in_the_way_with_links(cast: Cast, case: Case) -> None:
    with_policy(cast, cast.larkfield, closing_needs_tasks_done=True)
    task, ana = noted(case, cast.at_desk(cast.ana)), Desk(cast.ana, case)
    link = f'<a href="/desk/cases/{case.number}/tasks/{task.pk}">Call the driver</a>'
    assert link in words_of(ana.ask("closure"))
    answer = ana.do("closure", reason=closure_reason(cast).pk, note="Done")
    assert answer.status_code == 409
    assert link in words_of(answer)
    assert "Done</textarea>" in words_of(answer)


def test_a_task_of_another_case_or_side_is_not_found(cast: Cast) -> None:
    shared, other = shared_with_brightwater(cast), owned_by_ana(cast)
    theirs, elsewhere = noted(shared, cast.at_desk(cast.omar)), noted(other, cast.at_desk(cast.ana))
    ana = Desk(cast.ana, shared)
    for key in (theirs.pk, elsewhere.pk, 999999999):
        assert ana.ask(f"tasks/{key}").status_code == 404
        for deed in ("", "/status", "/claim"):
            assert ana.do(f"tasks/{key}{deed}", status="done", comment="x").status_code == 404
    assert again(theirs).version == again(elsewhere).version == 1
    assert theirs.title not in ana.read()


@pytest.fixture
def world(cast: Cast, case: Case) -> dict[str, Task]:
    """Tasks of every kind of whose and when."""
    ana, team = cast.at_desk(cast.ana), warehouse(cast.larkfield).pk
    hour = timedelta(hours=1)
    tasks = {
        "late": noted(case, ana, "Late one", assignee=cast.ana.email, due_at=now() - hour),
        "far": noted(case, ana, "Far one", assignee=cast.ben.email, due_at=now() + 900 * hour, team=team),
        "free": noted(case, ana, "Free one", team=team),
        "done": noted(case, ana, "Done one", assignee=cast.ana.email),
    }
    actions.move(tasks["done"], by=ana, status=TaskStatus.DONE)
    theirs = shared_with_brightwater(cast)
    noted(theirs, cast.at_desk(cast.omar), "Their one")
    return tasks


def shown(client: Client, address: str) -> set[str]:
    page = words_of(client.get(address))
    return {word for word in ("Late", "Far", "Free", "Done", "Their") if f"{word} one" in page}


def test_the_board_shows_our_tasks_and_is_narrowed(cast: Cast, world: dict[str, Task]) -> None:
    ana, team = Desk(cast.ana), warehouse(cast.larkfield).pk
    assert shown(ana, "/desk/tasks/") == {"Late", "Far", "Free", "Done"}
    assert shown(ana, f"/desk/tasks/?team={team}") == {"Far", "Free"}
    assert shown(ana, "/desk/tasks/?who=me") == {"Late", "Done"}
    assert shown(ana, "/desk/tasks/?who=nobody") == {"Free"}
    assert shown(ana, "/desk/tasks/?due=overdue&who=me") == {"Late"}
    assert shown(ana, "/desk/tasks/?due=none&who=nobody") == {"Free"}
    assert shown(Desk(cast.omar), "/desk/tasks/") == {"Their"}
    assert shown(Desk(cast.omar), f"/desk/tasks/?team={team}") == {"Their"}
    assert Desk(cast.ana).get("/desk/tasks/?team=x&who=x&due=x").status_code == 200


def test_my_tasks_are_mine_and_what_my_teams_have_nobody_for(cast: Cast, world: dict[str, Task]) -> None:
    assert shown(Desk(cast.ana), "/desk/tasks/mine/") == {"Late"}
    assert "Overdue" in words_of(Desk(cast.ana).get("/desk/tasks/mine/"))
    cast.memberships[cast.sam.email].teams.set([warehouse(cast.larkfield)])
    assert shown(Desk(cast.sam), "/desk/tasks/mine/") == {"Free"}


def test_after_a_move_on_the_board_one_is_back_on_the_board(cast: Cast, world: dict[str, Task]) -> None:
    task, ana = world["free"], Desk(cast.ana)
    path = f"/desk/cases/{task.case.number}/tasks/{task.pk}"
    answer = ana.post(f"{path}/claim?at=board&who=nobody")
    assert answer["Location"] == "/desk/tasks/?who=nobody"
    assert again(task).assignee == cast.ana
    assert ana.post(f"{path}/status?at=mine", {"status": "done"})["Location"] == "/desk/tasks/mine/"
    answer = ana.post(f"{path}/status?at=board", {"status": "open"}, headers={"HX-Request": "true"})
    assert answer.status_code == 204
    assert "caseway:changed" in answer["HX-Trigger"]
    page = words_of(ana.get("/desk/tasks/", headers={"HX-Request": "true"}))
    assert re.search(rf'tasks/{task.pk}\?at=board"[^>]* data-focus', page)
