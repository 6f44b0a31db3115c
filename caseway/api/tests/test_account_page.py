"""A customer account over the API: its open cases, its people, and the filters of its list."""

import pytest

from caseway.api.tests.callers import Caller
from caseway.cases.creation.actions import create
from caseway.cases.creation.fields import NewCase
from caseway.cases.lifecycle.actions import cancel
from caseway.cases.models import Case, NoteSubject
from caseway.cases.tests.story import raised_by_kim, shared_with_brightwater
from caseway.demo.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def closed(cast: Cast) -> Case:
    ana = cast.at_desk(cast.ana)
    case = create(NewCase(subject="Old", description="x", account=cast.orchid.pk, tags=("claim",)), by=ana)
    return cancel(case, by=ana, note="x")


def test_it_comes_with_its_open_cases_and_its_people(cast: Cast, closed: Case) -> None:
    case = raised_by_kim(cast)
    found = Caller(cast.sam).get(f"/customers/{cast.orchid.pk}").json()
    assert [one["number"] for one in found["open_cases"]] == [case.number]
    assert {one["email"] for one in found["contacts"]} == {"kim@orchid.example", "jo@orchid.example"}
    assert found["segment"] == "VIP"


def test_each_reader_gets_their_share(cast: Cast) -> None:
    case = shared_with_brightwater(cast)
    address = f"/customers/{cast.orchid.pk}"
    kim, jo = Caller(cast.kim).get(address).json(), Caller(cast.jo).get(address).json()
    assert [one["number"] for one in kim["open_cases"]] == [case.number]
    assert "priority" not in kim["open_cases"][0]
    assert (jo["open_cases"], [one["email"] for one in jo["contacts"]]) == ([], ["jo@orchid.example"])
    for stranger in (cast.max, cast.omar, cast.pia):
        assert Caller(stranger).get(address).status_code == 404


def test_cases_need_their_own_scope(cast: Cast) -> None:
    raised_by_kim(cast)
    found = Caller(cast.sam, "people:read").get(f"/customers/{cast.orchid.pk}").json()
    assert found["open_cases"] is None
    assert len(found["contacts"]) == 2


def test_all_its_cases_are_a_filter_of_the_list(cast: Cast, closed: Case) -> None:
    case, sam = raised_by_kim(cast), Caller(cast.sam)

    def numbers(query: str) -> set[str]:
        return {one["number"] for one in sam.get(f"/cases?customer={cast.orchid.pk}{query}").json()["items"]}

    assert numbers("") == {case.number, closed.number}
    assert numbers("&status=active") == {case.number}
    assert numbers("&tag=claim") == {closed.number}
    assert numbers("&keyword=sideboard") == {case.number}
    assert sam.get("/cases?customer=Orchid").status_code == 422
    assert Caller(cast.kim).get(f"/cases?customer={cast.orchid.pk}").status_code == 422


def test_a_note_takes_a_subject_of_the_list(cast: Cast) -> None:
    case, sam = raised_by_kim(cast), Caller(cast.sam)
    listed = {one["id"] for one in sam.get("/note-subjects").json()["items"]}
    subject = NoteSubject.objects.filter(organisation=cast.larkfield).first()
    assert subject is not None
    assert str(subject.pk) in listed
    body = {"audience": "team", "text": "Rang back", "subject": subject.label}
    assert sam.post(f"/cases/{case.number}/messages", body).json()["subject"] == subject.label
