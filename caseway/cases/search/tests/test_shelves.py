"""The newest texts of an organisation are found window by window, each with those before it in it."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseway.cases.models import SearchDocument
from caseway.cases.search.shelves import DAY, Shelves, newest_first, shelf_of
from caseway.cases.tests.story import raised_by_kim, shared_with_brightwater
from caseway.demo.cast import Cast

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def words_of(shelves: Shelves) -> str:
    return str(shelves.get_source_expressions()[0].value)


def stands_on(at: datetime, shelves: Shelves) -> bool:
    spans = shelf_of(7, at)
    wanted = words_of(shelves)
    return f"'{spans[0]}'" in wanted and ("&" not in wanted or any(f"'{one}'" in wanted for one in spans[1:]))


@given(st.integers(min_value=-DAY, max_value=40 * 365 * DAY))
def test_windows_widen_from_days_to_everything(age: int) -> None:
    at = NOW - timedelta(seconds=age)
    found = [stands_on(at, shelves) for shelves in newest_first(7, NOW)]
    assert found == sorted(found), "what a window has, the wider ones have too"
    assert found[-1]
    assert found[0] or age >= 3 * DAY
    assert not any(stands_on(at, shelves) for shelves in newest_first(70, NOW))


@pytest.mark.django_db
def test_each_reader_has_a_document_on_their_own_shelf(cast: Cast) -> None:
    shared_with_brightwater(cast)
    raised_by_kim(cast)
    documents = SearchDocument.objects.all()
    assert {one.organisation_id for one in documents} == {cast.larkfield.pk, cast.brightwater.pk}
    for one in documents:
        assert all(f"'{word}'" in str(one.words) for word in shelf_of(one.organisation_id, one.written_at))
