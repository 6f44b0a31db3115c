"""Merging and separating, as an agent does it in a browser."""

import pytest

from caseway.cases.models import Case
from caseway.cases.status import Status
from caseway.cases.tests.browsing import Desk, words_of
from caseway.cases.tests.story import fresh, raised_by_kim
from caseway.demo.cast import Cast


@pytest.fixture
def two(cast: Cast) -> tuple[Case, Case]:
    return raised_by_kim(cast, "Second report"), raised_by_kim(cast, "First report")


def test_the_other_case_is_previewed_before_it_is_chosen(cast: Cast, two: tuple[Case, Case]) -> None:
    merged, survivor = two
    page = words_of(Desk(cast.lea, merged).ask("merge", **{"p-into-q": survivor.number}))
    assert "First report" in page
    assert 'data-status="new"' in page
    assert f'value="{merged.number}"' not in page


def test_merging_and_the_old_number_goes_on_working(cast: Cast, two: tuple[Case, Case]) -> None:
    merged, survivor = two
    lea = Desk(cast.lea, merged)
    assert lea.do("merge", into=survivor.number).status_code == 302
    assert fresh(merged).merged_into == survivor
    page = lea.read()
    assert f"/desk/cases/{survivor.number}" in page
    assert "Merged" in page
    assert merged.number in Desk(cast.lea, survivor).read()


def test_a_number_may_be_typed_as_people_do(cast: Cast, two: tuple[Case, Case]) -> None:
    merged, survivor = two
    Desk(cast.lea, merged).do("merge", into=f"cv {int(survivor.number[2:])}")
    assert fresh(merged).status == Status.MERGED


def test_what_is_wrong_stands_at_the_field(cast: Cast, two: tuple[Case, Case]) -> None:
    merged, _survivor = two
    lea = Desk(cast.lea, merged)
    assert "Choose a case, or type its number." in words_of(lea.do("merge", into=""))
    assert "You see no case with this number." in words_of(lea.do("merge", into="CV99999999"))
    assert "Choose another case than this one." in words_of(lea.do("merge", into=merged.number))
    assert fresh(merged).status == Status.NEW


def test_whoever_merges_second_sees_that_it_is_done(cast: Cast, two: tuple[Case, Case]) -> None:
    merged, survivor = two
    Desk(cast.lea, merged).do("merge", into=survivor.number)
    answer = Desk(cast.ana, merged).do("merge", into=survivor.number)
    assert answer.status_code == 409
    assert "Lea Brandt merged this case into" in words_of(answer)


def test_separating_restores_the_status(cast: Cast, two: tuple[Case, Case]) -> None:
    merged, survivor = two
    lea = Desk(cast.lea, merged)
    lea.do("merge", into=survivor.number)
    assert lea.do("separation").status_code == 302
    assert fresh(merged).status == Status.NEW
    assert lea.do("separation").status_code == 409


def test_strangers_neither_merge_nor_find(cast: Cast, two: tuple[Case, Case]) -> None:
    merged, survivor = two
    pia = Desk(cast.pia, merged)
    assert pia.do("merge", into=survivor.number).status_code == 404
    assert pia.ask("merge", **{"p-into-q": survivor.number}).status_code == 404
    assert fresh(merged).status == Status.NEW
