"""`Idempotency-Key`: one effect, one answer."""

import threading

import pytest
import time_machine
from django.db import connection

from caseway.api.http import idempotency
from caseway.api.models import KeptAnswer
from caseway.api.tests.callers import Caller
from caseway.cases.models import Case, Message
from caseway.demo.cast import make_cast

NEW = {"subject": "Wet boxes", "description": "Two of them."}


@pytest.mark.django_db
class TestOneAfterTheOther:
    def test_the_same_request_has_one_effect_and_gets_the_same_answer(self, calls):
        ana = calls("ana")

        first = ana.post("/cases", NEW, Idempotency_Key="k1")
        again = ana.post("/cases", NEW, Idempotency_Key="k1")

        assert first.status_code == again.status_code == 201
        assert first.content == again.content
        assert first.headers["ETag"] == again.headers["ETag"]
        assert first.headers["Location"] == again.headers["Location"]
        assert "Idempotency-Replayed" not in first.headers
        assert again.headers["Idempotency-Replayed"] == "true"
        assert Case.objects.count() == 1

    def test_another_body_is_refused(self, calls):
        ana = calls("ana")
        ana.post("/cases", NEW, Idempotency_Key="k1")

        refused = ana.post("/cases", NEW | {"subject": "Dry boxes"}, Idempotency_Key="k1")

        assert refused.status_code == 422
        assert set(refused.json()["errors"]) == {"Idempotency-Key"}
        assert Case.objects.count() == 1

    def test_keys_belong_to_a_token_and_an_address(self, calls, case):
        ana, ben = calls("ana"), calls("ben")
        for caller in (ana, ben):
            assert caller.post("/cases", NEW, Idempotency_Key="k1").status_code == 201
        message = {"audience": "team", "text": "x"}
        ana.post(f"/cases/{case.number}/messages", message, Idempotency_Key="k1")

        assert Case.objects.count() == 3
        assert KeptAnswer.objects.count() == 3

    def test_a_refusal_leaves_no_answer_so_that_it_can_be_mended(self, calls, case):
        ana = calls("ana")
        path = f"/cases/{case.number}/closure"
        assert ana.post(path, {}, Idempotency_Key="k1").status_code == 422

        reason = next(r["id"] for r in ana.get("/reasons").json()["items"] if r["kind"] == "closure")
        mended = ana.post(path, {"reason": reason, "note": "Done."}, Idempotency_Key="k1")

        assert mended.status_code == 200

    @pytest.mark.parametrize("key", ["", " ", "a b", "x" * 256, "é"])
    def test_a_key_that_is_none_is_refused(self, calls, key):
        assert calls("ana").post("/cases", NEW, Idempotency_Key=key).status_code == 422
        assert not Case.objects.exists()

    def test_it_is_kept_for_a_day(self, calls):
        with time_machine.travel("2026-03-01T12:00:00Z", tick=False) as clock:
            ana = calls("ana")
            ana.post("/cases", NEW, Idempotency_Key="k1")
            clock.shift(24 * 3600 - 1)
            assert "Idempotency-Replayed" in ana.post("/cases", NEW, Idempotency_Key="k1").headers
            assert idempotency.sweep() == 0
            clock.shift(1)
            assert "Idempotency-Replayed" not in ana.post("/cases", NEW, Idempotency_Key="k1").headers
            assert Case.objects.count() == 2
            clock.shift(24 * 3600)
            assert idempotency.sweep() == 1

    def test_an_upload_has_one_effect_too(self, calls):
        ana = calls("ana")

        ids = {ana.upload("a.pdf", b"%PDF-1.4 one", Idempotency_Key="k").json()["id"] for _ in range(2)}

        assert len(ids) == 1
        assert ana.upload("a.pdf", b"%PDF-1.4 two", Idempotency_Key="k").status_code == 422

    def test_an_answer_is_not_given_again_to_who_lost_the_case(self, calls, case, cast):
        ana = calls("ana")
        path, body = f"/cases/{case.number}/messages", {"audience": "team", "text": "x"}
        assert ana.post(path, body, Idempotency_Key="k").status_code == 201
        cast.larkfield.stored_policy = {"agents_see_all": False}
        cast.larkfield.save()

        assert ana.post(path, body, Idempotency_Key="k").status_code == 404


def in_threads(count, do):
    """Run `do` so often at the same moment; what each gave."""
    barrier, gave = threading.Barrier(count), []

    def run():
        try:
            barrier.wait(30)
            gave.append(do())
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(gave) == count
    return gave


@pytest.mark.django_db(transaction=True)
def test_fifty_at_once_have_one_effect_and_one_answer():
    caller = Caller(make_cast().ana)

    answers = in_threads(50, lambda: _twin(caller).post("/cases", NEW, Idempotency_Key="k1"))

    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.content for answer in answers}) == 1
    assert sum("Idempotency-Replayed" not in answer.headers for answer in answers) == 1
    assert Case.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_double_click_sends_one_message():
    caller = Caller(make_cast().ana)
    number = caller.post("/cases", NEW).json()["number"]
    path, body = f"/cases/{number}/messages", {"audience": "team", "text": "Once."}

    in_threads(2, lambda: _twin(caller).post(path, body, Idempotency_Key="send"))

    assert Message.objects.filter(text="Once.").count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_twin_that_waits_too_long_is_told_to_come_back(monkeypatch):
    monkeypatch.setattr(idempotency, "TWIN_WAITS", "200ms")
    caller = Caller(make_cast().ana)
    started, go_on, gave = threading.Event(), threading.Event(), []

    def slow():
        try:
            with monkeypatch.context() as patch:
                patch.setattr("caseway.api.cases.single.create", _slowly(started, go_on))
                gave.append(_twin(caller).post("/cases", NEW, Idempotency_Key="k"))
        finally:
            connection.close()

    first = threading.Thread(target=slow)
    first.start()
    started.wait(30)
    early = _twin(caller).post("/cases", NEW, Idempotency_Key="k")
    go_on.set()
    first.join()

    assert early.status_code == 409
    assert gave[0].status_code == 201
    assert _twin(caller).post("/cases", NEW, Idempotency_Key="k").content == gave[0].content


def _slowly(started, go_on):
    from caseway.cases.creation.actions import create

    def create_slowly(*args, **kwargs):
        case = create(*args, **kwargs)
        started.set()
        go_on.wait(30)
        return case

    return create_slowly


@pytest.mark.django_db(transaction=True)
def test_a_hundred_claim_at_once_and_one_gets_it():
    cast = make_cast()
    kim, ana, ben = Caller(cast.kim), Caller(cast.ana), Caller(cast.ben)
    number = kim.post("/cases", NEW).json()["number"]
    turns = iter([ana, ben] * 50)

    statuses = in_threads(100, lambda: _twin(next(turns)).post(f"/cases/{number}/claim").status_code)

    assert sorted(statuses) == [200] + [409] * 99
    events = ana.get(f"/cases/{number}/events").json()["items"]
    assert [event["kind"] for event in events].count("case.claimed") == 1


def _twin(caller):
    """The same token in a client of its own: Django's test client is not made for threads."""
    twin = Caller(None)
    twin.secret = caller.secret
    return twin
