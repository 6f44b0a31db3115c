"""Tasks over the API: one side's own, with versions, and in the way of closing where policy says so."""

import pytest

from caseway.cases.models import Case, Task
from caseway.cases.tasks.tests.work import noted, with_policy
from caseway.cases.tests.story import closure_reason, owned_by_ana, shared_with_brightwater
from caseway.core.clock import now
from caseway.demo.cast import Cast

from .callers import Caller

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana(cast: Cast) -> Caller:
    return Caller(cast.ana)


@pytest.fixture
def case(cast: Cast) -> Case:
    return owned_by_ana(cast)


def test_a_task_is_added_read_changed_and_cancelled(cast: Cast, ana: Caller, case: Case) -> None:
    path = f"/cases/{case.number}/tasks"
    body = {"title": "Find the crate", "assignee": cast.ben.email, "due_at": "2030-06-01T12:00:00+02:00"}
    made = ana.post(path, body)
    assert made.status_code == 201
    task = made.json()
    assert made["Location"] == f"/api/v1{path}/{task['id']}"
    assert (task["status"], task["due_at"], task["version"]) == ("open", "2030-06-01T10:00:00Z", 1)
    assert task["assignee"]["email"] == cast.ben.email
    here = f"{path}/{task['id']}"
    assert ana.call("GET", here, If_None_Match=made["ETag"]).status_code == 304
    changed = ana.call("PATCH", here, {"assignee": None, "status": "done"}, If_Match=made["ETag"])
    assert (changed.json()["assignee"], changed.json()["status"]) == (None, "done")
    assert changed.json()["ended_by"]["email"] == cast.ana.email
    assert ana.get(path).json()["items"] == [changed.json()]
    assert ana.get(f"{path}?status=open").json()["items"] == []
    assert ana.delete(here).json()["status"] == "cancelled"


def test_a_change_of_an_older_version_is_refused_with_what_is_stored(
    cast: Cast, ana: Caller, case: Case
) -> None:
    task = noted(case, cast.at_desk(cast.ana))
    path = f"/cases/{case.number}/tasks/{task.pk}"
    assert ana.call("PATCH", path, {"title": "x"}).status_code == 428
    Caller(cast.ben).call("PATCH", path, {"title": "Ben's"}, If_Match='"1"')
    stale = ana.call("PATCH", path, {"title": "Ana's"}, If_Match='"1"')
    assert stale.status_code == 412
    assert stale.json()["current"]["title"] == "Ben's"
    assert stale["ETag"] == '"2"'


def test_twice_under_one_key_adds_one(ana: Caller, case: Case) -> None:
    path = f"/cases/{case.number}/tasks"
    answers = [ana.call("POST", path, {"title": "Once"}, Idempotency_Key="k") for _ in range(2)]
    assert answers[0].content == answers[1].content
    assert Task.objects.count() == 1


def test_taking_one_and_talking_about_it(cast: Cast, ana: Caller, case: Case) -> None:
    task = noted(case, cast.at_desk(cast.ana))
    path = f"/cases/{case.number}/tasks/{task.pk}"
    assert Caller(cast.ben).post(f"{path}/claim").json()["assignee"]["email"] == cast.ben.email
    late = ana.post(f"{path}/claim")
    assert late.status_code == 409
    assert str(cast.ben) in late.json()["detail"]
    assert ana.post(f"{path}/comments", {"text": "Any news?"}).status_code == 201
    said = Caller(cast.ben).get(f"{path}/comments").json()["items"]
    assert [(one["author"]["email"], one["text"]) for one in said] == [(cast.ana.email, "Any news?")]
    mine = Caller(cast.ben).get("/tasks?assignee=me&status=open").json()["items"]
    assert [one["id"] for one in mine] == [str(task.pk)]


def test_closing_names_what_stands_in_the_way(cast: Cast, ana: Caller, case: Case) -> None:
    with_policy(cast, cast.larkfield, closing_needs_tasks_done=True)
    task = noted(case, cast.at_desk(cast.ana), due_at=now())
    body = {"reason": str(closure_reason(cast).pk), "note": "Done"}
    refused = ana.post(f"/cases/{case.number}/closure", body)
    assert refused.status_code == 409
    url = f"/desk/cases/{case.number}/tasks/{task.pk}"
    assert refused.json()["blockers"] == [{"id": str(task.pk), "title": task.title, "url": url}]
    ana.delete(f"/cases/{case.number}/tasks/{task.pk}")
    assert ana.post(f"/cases/{case.number}/closure", body).status_code == 200


def test_on_a_closed_case_only_the_status_changes(cast: Cast, ana: Caller, case: Case) -> None:
    task = noted(case, cast.at_desk(cast.ana))
    ana.post(f"/cases/{case.number}/closure", {"reason": str(closure_reason(cast).pk), "note": "Done"})
    path = f"/cases/{case.number}/tasks"
    assert ana.post(path, {"title": "More"}).status_code == 409
    assert ana.call("PATCH", f"{path}/{task.pk}", {"title": "x"}, If_Match="*").status_code == 409
    assert ana.call("PATCH", f"{path}/{task.pk}", {"status": "done"}, If_Match="*").status_code == 200


def test_nobody_else_finds_them(cast: Cast) -> None:
    case = shared_with_brightwater(cast)
    task = noted(case, cast.at_desk(cast.ana))
    path = f"/cases/{case.number}/tasks"
    assert Caller(cast.omar).get(path).json()["items"] == []
    assert Caller(cast.omar).get(f"{path}/{task.pk}").status_code == 404
    for address in (path, f"{path}/{task.pk}", f"{path}/{task.pk}/comments"):
        assert Caller(cast.kim).get(address).status_code == 404
    assert Caller(cast.kim).get("/tasks").json()["items"] == []
