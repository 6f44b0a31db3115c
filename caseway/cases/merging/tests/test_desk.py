"""Merging and separating, as an agent does it in a browser."""

import pytest

from caseway.cases.creation.actions import create
from caseway.cases.creation.fields import NewCase
from caseway.cases.models import Case, CaseLink
from caseway.cases.status import Status
from caseway.cases.tests.browsing import Desk, words_of
from caseway.cases.tests.story import fresh, owned_by_ana, raised_by_kim
from caseway.demo.cast import Cast


@pytest.fixture
def two(cast: Cast) -> tuple[Case, Case]:
    return raised_by_kim(cast, "Second report"), raised_by_kim(cast, "First report")


def merge_at(desk: Desk, survivor: Case, **more: object):
    """Send the confirmation, as from the preview."""
    return desk.do("merge", into=survivor.number, previewed=survivor.number, **more)


def test_nothing_is_merged_before_the_preview_was_seen(cast: Cast, two: tuple[Case, Case]) -> None:
    merged, survivor = two
    page = words_of(Desk(cast.lea, merged).do("merge", into=survivor.number))
    assert f"Merge {merged.number} into {survivor.number}" in page
    assert "Kim Tran reads what was said on both" in page
    assert fresh(merged).status == Status.NEW


def test_the_direction_is_swapped_and_shown_again(cast: Cast, two: tuple[Case, Case]) -> None:
    here, other = two
    lea = Desk(cast.lea, here)
    page = words_of(lea.do("merge", into=other.number, previewed=other.number, do="swap"))
    assert f"Merge {other.number} into {here.number}" in page
    assert fresh(other).status == Status.NEW
    # What was seen in one direction confirms nothing in the other.
    assert lea.do("merge", into=other.number, previewed=other.number, swapped="on").status_code == 200
    assert lea.do("merge", into=other.number, previewed=here.number, swapped="on").status_code == 302
    assert fresh(other).merged_into == here


def test_two_customers_cases_are_merged_only_when_it_is_confirmed(cast: Cast, two: tuple[Case, Case]) -> None:
    kims, _other = two
    maxs = create(NewCase(subject="Late", description="Where?"), by=cast.in_portal(cast.max))
    lea = Desk(cast.lea, kims)
    page = words_of(lea.do("merge", into=maxs.number))
    assert "These cases belong to different customers." in page
    assert "Kim Tran goes on talking with us under" in page
    assert merge_at(lea, maxs).status_code == 422
    assert fresh(kims).status == Status.NEW
    assert merge_at(lea, maxs, across_customers="on").status_code == 302
    assert fresh(kims).merged_into == maxs


def test_what_cant_be_merged_is_linked_with_one_press(cast: Cast, two: tuple[Case, Case]) -> None:
    kims, _other = two
    internal = owned_by_ana(cast)
    lea = Desk(cast.lea, kims)
    page = words_of(lea.do("merge", into=internal.number))
    assert "has no customer" in page
    assert 'name="do" value="link"' in page
    assert lea.do("merge", into=internal.number, previewed=internal.number, do="link").status_code == 302
    assert CaseLink.objects.get().kind == CaseLink.Kind.RELATED
    assert fresh(kims).status == Status.NEW


def test_a_merge_is_undone_from_the_survivors_page_too(cast: Cast, two: tuple[Case, Case]) -> None:
    merged, survivor = two
    merge_at(Desk(cast.lea, merged), survivor)
    assert f"/desk/cases/{merged.number}/separation" in Desk(cast.lea, survivor).read()
    assert f"/desk/cases/{merged.number}/separation" not in Desk(cast.sam, survivor).read()


def test_a_duplicate_offers_to_be_merged(cast: Cast, two: tuple[Case, Case]) -> None:
    here, other = two
    lea = Desk(cast.lea, here)
    lea.do("links", other=other.number, kind="duplicate")
    assert f"{lea.url('merge')}?with={other.number}" in lea.read()
    assert f"Merge {here.number} into {other.number}" in words_of(lea.ask("merge", **{"with": other.number}))


def test_the_other_case_is_previewed_before_it_is_chosen(cast: Cast, two: tuple[Case, Case]) -> None:
    merged, survivor = two
    page = words_of(Desk(cast.lea, merged).ask("merge", **{"p-into-q": survivor.number}))
    assert "First report" in page
    assert 'data-status="new"' in page
    assert f'value="{merged.number}"' not in page


def test_merging_and_the_old_number_goes_on_working(cast: Cast, two: tuple[Case, Case]) -> None:
    merged, survivor = two
    lea = Desk(cast.lea, merged)
    assert merge_at(lea, survivor).status_code == 302
    assert fresh(merged).merged_into == survivor
    page = lea.read()
    assert f"/desk/cases/{survivor.number}" in page
    assert "Merged" in page
    assert merged.number in Desk(cast.lea, survivor).read()


def test_a_number_may_be_typed_as_people_do(cast: Cast, two: tuple[Case, Case]) -> None:
    merged, survivor = two
    typed = f"cv {int(survivor.number[2:])}"
    Desk(cast.lea, merged).do("merge", into=typed, previewed=survivor.number)
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
    merge_at(Desk(cast.lea, merged), survivor)
    answer = merge_at(Desk(cast.ana, merged), survivor)
    assert answer.status_code == 409
    assert "Lea Brandt merged this case into" in words_of(answer)


def test_separating_restores_the_status(cast: Cast, two: tuple[Case, Case]) -> None:
    merged, survivor = two
    lea = Desk(cast.lea, merged)
    merge_at(lea, survivor)
    assert lea.do("separation").status_code == 302
    assert fresh(merged).status == Status.NEW
    assert lea.do("separation").status_code == 409


def test_strangers_neither_merge_nor_find(cast: Cast, two: tuple[Case, Case]) -> None:
    merged, survivor = two
    pia = Desk(cast.pia, merged)
    assert merge_at(pia, survivor).status_code == 404
    assert pia.ask("merge", **{"p-into-q": survivor.number}).status_code == 404
    assert fresh(merged).status == Status.NEW
