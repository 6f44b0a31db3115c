"""Bringing a partner in, as an agent does it in a browser."""

import pytest

from caseway.cases.models import Case, Side
from caseway.cases.tests.browsing import Desk, words_of
from caseway.cases.tests.story import raised_by_kim, says
from caseway.cases.types import Audience, Sharing
from caseway.demo.cast import Cast

WORDS = {
    "partner": "brightwater",
    "sharing": "shared",
    "partner_subject": "Crate",
    "partner_text": "Look, please.",
}


@pytest.fixture
def case(cast: Cast) -> Case:
    case = raised_by_kim(cast, "Kim's own words")
    says(case, cast.at_desk(cast.ana), Audience.TEAM, "Ours alone")
    return case


def test_only_our_partners_can_be_chosen(cast: Cast, case: Case) -> None:
    page = words_of(Desk(cast.ana, case).ask("partner"))
    assert "Brightwater Freight" in page
    assert "Tamarack Parcel" in page
    assert "Quillon" not in page
    assert Desk(cast.ana, case).do("partner", **WORDS | {"partner": "quillon"}).status_code == 422


def test_the_partner_reads_what_was_written_for_it_and_nothing_else(cast: Cast, case: Case) -> None:
    assert Desk(cast.ana, case).do("partner", **WORDS).status_code == 302
    page = Desk(cast.omar, case).read()
    assert "Look, please." in page
    for secret in ("Kim Tran", "Kim&#39;s own words", "The top is cracked.", "Ours alone", "Orchid"):
        assert secret not in page


def test_listed_it_stays_closed_to_them(cast: Cast, case: Case) -> None:
    Desk(cast.ana, case).do("partner", **WORDS | {"sharing": "listed", "partner_text": ""})
    side = Side.objects.get(case=case, organisation=cast.brightwater)
    assert side.sharing == Sharing.LISTED
    assert Desk(cast.omar, case).get(f"/desk/cases/{case.number}").status_code == 404
    page = Desk(cast.ana, case).read()
    assert "listed only" in page
    assert "Bring Brightwater Freight in" in page
    form = words_of(Desk(cast.ana, case).ask("partner"))
    assert 'value="brightwater"' in form
    assert "Tamarack" not in form


def test_on_a_shared_case_no_further_partner_is_offered(cast: Cast, case: Case) -> None:
    assert f"{case.number}/partner" in Desk(cast.ana, case).read()
    Desk(cast.ana, case).do("partner", **WORDS)
    for person in (cast.ana, cast.omar):
        assert f"{case.number}/partner" not in Desk(person, case).read()


def test_words_for_the_partner_are_needed(cast: Cast, case: Case) -> None:
    answer = Desk(cast.ana, case).do("partner", **WORDS | {"partner_text": "", "partner_subject": "Kept"})
    assert answer.status_code == 422
    assert "Write what Brightwater Freight should know." in words_of(answer)
    assert "Kept" in words_of(answer)


def test_a_second_partner_is_refused_with_what_happened(cast: Cast, case: Case) -> None:
    Desk(cast.lea, case).do("partner", **WORDS)
    answer = Desk(cast.ana, case).do(
        "partner", **WORDS | {"partner": "tamarack", "partner_text": "Long text"}
    )
    assert answer.status_code == 409
    page = words_of(answer)
    assert "a third can&#39;t be added" in page
    assert "Long text" in page


def test_strangers_bring_nobody_in(cast: Cast, case: Case) -> None:
    for person in (cast.pia, cast.omar, cast.kim):
        assert Desk(person, case).do("partner", **WORDS).status_code == 404
    assert Side.objects.filter(case=case).count() == 1
