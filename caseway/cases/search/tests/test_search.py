"""Search: numbers first, then words in what the reader may see, and nothing else."""

import pytest

from caseway.accounts.viewer import Viewer
from caseway.cases.creation.actions import create
from caseway.cases.creation.fields import NewCase
from caseway.cases.editing.actions import edit
from caseway.cases.search.words import searchable
from caseway.cases.tests.story import owned_by_ana, raised_by_kim, says, shared_with_brightwater
from caseway.cases.types import Audience
from caseway.cases.views.filters import CaseFilter
from caseway.cases.views.named import View
from caseway.cases.views.queries import listing_of
from caseway.demo.cast import Cast
from caseway.shipments.feed.numbers import numbers_of
from caseway.shipments.models import Shipment, ShipmentNumber

pytestmark = pytest.mark.django_db


def found(viewer: Viewer, typed: str) -> list[str]:
    return [row.side.number for row in listing_of(CaseFilter(view=View.ALL, q=typed), viewer).rows]


def test_a_case_number_is_found_however_it_is_typed(cast: Cast) -> None:
    case, ana = owned_by_ana(cast), cast.at_desk(cast.ana)
    short = case.number.removeprefix("CV").lstrip("0")
    for typed in (case.number, case.number.lower(), f" cv {short} ", f"CV-{short.zfill(8)}"):
        assert found(ana, typed) == [case.number]


def test_numbers_of_the_shipment_and_their_beginnings_are_found(cast: Cast) -> None:
    shipment = Shipment.objects.create(
        organisation=cast.larkfield,
        number="SHP-77",
        tracking_number="NLF 4471 9082",
        purchase_order="PO-88213",
    )
    ShipmentNumber.objects.bulk_create(numbers_of(shipment))
    ana = cast.at_desk(cast.ana)
    case = create(NewCase(subject="x", description="y", shipment="SHP-77"), by=ana)
    for typed in ("nlf4471", "NLF 4471 9082", "PO-88213", "shp 77"):
        assert found(ana, typed) == [case.number]
        assert found(cast.at_desk(cast.pia), typed) == []


def test_crm_numbers_are_found_by_their_own_side_only(cast: Cast) -> None:
    case = shared_with_brightwater(cast)
    edit(case, by=cast.at_desk(cast.lea), changes={"crm_number": "00291847"})
    assert found(cast.at_desk(cast.ana), "00291847") == [case.number]
    assert found(cast.at_desk(cast.omar), "00291847") == []


def test_words_are_found_in_what_the_reader_may_see(cast: Cast) -> None:
    case = shared_with_brightwater(cast)
    says(case, cast.at_desk(cast.admin), Audience.TEAM, "goodwill of fifty")
    says(case, cast.at_desk(cast.admin), Audience.RECORD, "margin secret")
    ben, admin, omar = (cast.at_desk(p) for p in (cast.ben, cast.admin, cast.omar))
    assert found(ben, "goodwill") == found(admin, "margin") == found(omar, "check") == [case.number]
    assert found(ben, "margin") == found(omar, "goodwill") == found(omar, "cracked") == []


def test_all_words_count_and_quotes_keep_them_together(cast: Cast) -> None:
    case, ana = raised_by_kim(cast), cast.at_desk(cast.ana)
    assert found(ana, "cracked top") == [case.number]
    assert found(ana, '"top is cracked"') == [case.number]
    assert found(ana, '"cracked top"') == []
    assert found(ana, "cracked zeppelin") == []


def test_an_edited_subject_is_found_by_its_new_words(cast: Cast) -> None:
    case, ana = owned_by_ana(cast), cast.at_desk(cast.ana)
    edit(case, by=ana, changes={"subject": "Zeppelin late"})
    assert found(ana, "zeppelin") == [case.number]


def test_chinese_is_found_by_any_two_signs(cast: Cast) -> None:
    case = create(NewCase(subject="x", description="货物在运输途中损坏"), by=cast.in_portal(cast.kim))
    ana = cast.at_desk(cast.ana)
    assert found(ana, "运输") == found(ana, "途中损坏") == [case.number]
    assert found(ana, "丢失") == []


@pytest.mark.parametrize(
    "typed", ["'", '"', "a & | ! ( ) :* <->", "\x00", "%_\\", "🚚", "x" * 5000, "-", "OR"]
)
def test_strange_input_finds_nothing_and_breaks_nothing(cast: Cast, typed: str) -> None:
    raised_by_kim(cast)
    found(cast.at_desk(cast.ana), typed)


def test_han_runs_become_pairs() -> None:
    assert searchable("货物 lost").split() == ["货物", "lost"]
    assert searchable("运输途").split() == ["运输", "输途"]


def test_the_beginning_of_a_number_finds_ones_own_cases_among_many_of_others(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("caseway.cases.search.numbers.MOST", 2)
    ours = owned_by_ana(cast)
    for _ in range(3):
        create(NewCase(subject="x", description="y"), by=cast.at_desk(cast.pia))
    assert found(cast.at_desk(cast.ana), "CV0") == [ours.number]
