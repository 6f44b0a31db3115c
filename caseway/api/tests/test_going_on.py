"""A customer's message on a solved case goes on as in the portal: asked, reopened, or followed up."""

from datetime import timedelta

import pytest

from caseway.cases.lifecycle import actions as lifecycle
from caseway.cases.merging.actions import merge
from caseway.cases.models import Case, Message
from caseway.cases.tests.story import closure_reason
from caseway.core.clock import now

pytestmark = pytest.mark.django_db


@pytest.fixture
def kim(calls):
    return calls("kim")


@pytest.fixture
def closed(cast, case):
    lifecycle.close(case, by=cast.at_desk(cast.lea), reason=closure_reason(cast).pk, note="done")
    return case


def write(caller, case, **more):
    return caller.post(f"/cases/{case.number}/messages", {"text": "Wet again."} | more)


def status_of(case):
    return Case.objects.get(pk=case.pk).status


def test_it_asks_whether_to_reopen_and_keeps_nothing(kim, closed):
    answer = write(kim, closed)
    assert answer.status_code == 422
    assert answer["Content-Type"] == "application/problem+json"
    assert list(answer.json()["errors"]) == ["reopen"]
    assert not Message.objects.filter(text="Wet again.").exists()


@pytest.mark.parametrize(("reopen", "status"), [(True, "open"), (False, "closed")])
def test_the_answer_is_followed(kim, closed, reopen, status):
    answer = write(kim, closed, reopen=reopen)
    assert answer.status_code == 201
    assert (answer.json()["case"], answer.json()["text"]) == (closed.number, "Wet again.")
    assert status_of(closed) == status


def test_long_after_a_linked_case_is_made(kim, closed):
    Case.objects.filter(pk=closed.pk).update(closed_at=now() - timedelta(days=60))
    answer = kim.post(f"/cases/{closed.number}/messages", {"text": "Wet again."}, Idempotency_Key="once")
    again = kim.post(f"/cases/{closed.number}/messages", {"text": "Wet again."}, Idempotency_Key="once")
    assert answer.status_code == 201
    assert again.json() == answer.json()
    made = Case.objects.get(number=answer.json()["case"])
    assert (made.source, made.status) == ("api", "new")
    assert made.follow_up_of == closed
    assert status_of(closed) == "closed"
    assert answer.json()["text"] == "Wet again."


def test_on_a_merged_case_it_goes_to_the_survivor(kim, cast, case):
    survivor = kim.post("/cases", {"subject": "Both", "description": "Both wet."}).json()["number"]
    merge(case, by=cast.at_desk(cast.lea), into=Case.objects.get(number=survivor))
    assert write(kim, case).json()["case"] == survivor


def test_an_active_case_asks_nothing(kim, case):
    assert write(kim, case).json()["case"] == case.number


def test_html_is_made_safe_and_kept(kim, case):
    answer = kim.post(
        f"/cases/{case.number}/messages", {"html": "<p>Wet <b>again</b><script>x()</script></p>"}
    )
    assert answer.json()["html"] == "<p>Wet <b>again</b></p>"


def test_others_say_nothing_of_it(kim, calls, closed):
    agent = write(calls("ana"), closed, audience="customer", reopen=True)
    customer = write(kim, closed, set_status="closed")
    stranger = write(calls("max"), closed, reopen=True)
    assert [agent.status_code, customer.status_code, stranger.status_code] == [422, 422, 404]
    assert list(agent.json()["errors"]) == ["reopen"]
    assert list(customer.json()["errors"]) == ["set_status"]
    assert status_of(closed) == "closed"
