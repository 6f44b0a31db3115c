"""ETags: nobody overwrites what they haven't seen, and nobody learns of the other side's edits."""

import threading

import pytest
from django.db import connection

from caseway.api.tests.callers import Caller
from caseway.cases.editing.actions import edit
from caseway.cases.partnering.actions import add_partner
from caseway.demo.cast import make_cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana(calls):
    return calls("ana")


@pytest.fixture
def address(case):
    return f"/cases/{case.number}"


def tag(response):
    return response.headers["ETag"]


def test_what_one_has_already_is_not_sent_again(ana, address):
    first = ana.get(address)

    again = ana.get(address, If_None_Match=tag(first))

    assert again.status_code == 304
    assert again.content == b""
    assert tag(again) == tag(first)
    assert ana.get(address, If_None_Match='"0", W/' + tag(first)).status_code == 304
    assert ana.get(address, If_None_Match='"0"').status_code == 200


def test_every_answer_carries_the_version_that_comes_next(ana, address):
    claimed = ana.post(f"{address}/claim")

    assert tag(claimed) == tag(ana.get(address))
    changed = ana.patch(address, {"subject": "Three boxes"}, If_Match=tag(claimed))
    assert changed.json()["subject"] == "Three boxes"
    assert tag(changed) != tag(claimed)


@pytest.mark.parametrize(
    ("method", "noun", "body"),
    [
        ("PATCH", "", {"subject": "Mine"}),
        ("PUT", "/owner", {"email": "ana@larkfield.example"}),
        ("PUT", "/level", {"level": 2}),
        ("PUT", "/watch", None),
    ],
)
class TestEveryChange:
    def test_needs_the_version(self, ana, address, method, noun, body):
        response = ana.call(method, address + noun, body)

        assert response.status_code == 428
        assert response.headers["Content-Type"] == "application/problem+json"

    def test_of_a_stale_version_is_refused_with_what_is_stored(self, ana, calls, address, method, noun, body):
        old = tag(ana.get(address))
        calls("ben").patch(address, {"subject": "Ben was quicker"})

        response = ana.call(method, address + noun, body, If_Match=old)

        assert response.status_code == 412
        current = response.json()["current"]
        assert current == ana.get(address).json()
        assert current["subject"] == "Ben was quicker"
        assert current["owner"] is None
        assert current["level"] == 0
        assert tag(response) == tag(ana.get(address)) != old

    def test_of_the_present_version_is_made(self, ana, address, method, noun, body):
        present = tag(ana.get(address))

        assert ana.call(method, address + noun, body, If_Match=present).status_code == 200
        assert tag(ana.get(address)) != present

    def test_wants_a_real_version(self, ana, address, method, noun, body):
        for odd in ("17", "x", '"x"', ","):
            assert ana.call(method, address + noun, body, If_Match=odd).status_code == 422

    def test_of_an_invisible_case_finds_nothing(self, calls, address, method, noun, body):
        for headers in ({}, {"If_Match": '"1"'}, {"If_Match": "*"}):
            assert calls("pia").call(method, address + noun, body, **headers).status_code == 404


def test_private_edits_of_one_side_move_nothing_for_the_other(calls, cast, case, address):
    ana, omar, kim = calls("ana"), calls("omar"), calls("kim")
    by = cast.at_desk(cast.ana)
    add_partner(case, by=by, partner=cast.brightwater, subject="Wet boxes", text="Please look.")
    before = {name: tag(caller.get(address)) for name, caller in (("omar", omar), ("kim", kim))}

    edit(case, by=by, changes={"crm_number": "S-1", "tags": ["water"]})
    ana.put(f"{address}/level", {"level": 3, "note": "Hurry"})
    ana.post(f"{address}/messages", {"audience": "team", "text": "A note"})
    ana.put(f"{address}/watch")

    assert tag(omar.get(address)) == before["omar"]
    assert tag(kim.get(address)) == before["kim"]
    ana.post(f"{address}/messages", {"audience": "partner", "text": "Hello"})
    assert tag(omar.get(address)) != before["omar"]
    assert tag(kim.get(address)) == before["kim"]


@pytest.mark.django_db(transaction=True)
def test_of_two_changes_at_once_one_is_stale():
    caller = Caller(make_cast().ana)
    number = caller.post("/cases", {"subject": "x", "description": "x"}).json()["number"]
    version = tag(caller.get(f"/cases/{number}"))
    barrier, statuses = threading.Barrier(8), []

    def change(mine):
        try:
            twin = Caller(None)
            twin.secret = caller.secret
            barrier.wait(30)
            response = twin.patch(f"/cases/{number}", {"subject": f"No {mine}"}, If_Match=version)
            statuses.append(response.status_code)
        finally:
            connection.close()

    threads = [threading.Thread(target=change, args=[mine]) for mine in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(statuses) == [200] + [412] * 7
