"""Linking cases, as an agent does it in a browser."""

from caseway.cases.creation.actions import create
from caseway.cases.creation.fields import NewCase
from caseway.cases.models import Case, CaseLink
from caseway.cases.tests.browsing import Desk, words_of
from caseway.cases.tests.story import owned_by_ana, raised_by_kim, shared_with_brightwater
from caseway.demo.cast import Cast


def test_a_link_shows_on_both_cases(cast: Cast) -> None:
    one, other = owned_by_ana(cast), raised_by_kim(cast)
    assert Desk(cast.ben, one).do("links", other=other.number, kind="duplicate").status_code == 302
    assert "Duplicate" in Desk(cast.ben, one).read()
    assert one.number in Desk(cast.ben, other).read()


def test_linking_again_changes_the_kind(cast: Cast) -> None:
    one, other = owned_by_ana(cast), raised_by_kim(cast)
    ben = Desk(cast.ben, one)
    ben.do("links", other=other.number, kind="duplicate")
    ben.do("links", other=other.number, kind="related")
    assert CaseLink.objects.get().kind == CaseLink.Kind.RELATED


def linked(cast: Cast) -> tuple[Case, Case]:
    one, other = owned_by_ana(cast), raised_by_kim(cast)
    Desk(cast.ben, one).do("links", other=other.number, kind="duplicate")
    return one, other


def test_linking_back_is_the_same_link(cast: Cast) -> None:
    one, other = linked(cast)
    Desk(cast.ben, other).do("links", other=one.number, kind="related")
    assert CaseLink.objects.get().kind == CaseLink.Kind.RELATED


def test_a_link_is_removed_from_either_case_and_both_tell_it(cast: Cast) -> None:
    one, other = linked(cast)
    ben = Desk(cast.ben, other)
    address = f"links/{CaseLink.objects.get().pk}/removal"
    assert ben.url(address) in ben.read()
    assert ben.do(address).status_code == 302
    assert not CaseLink.objects.exists()
    assert f"removed the link to {one.number}" in ben.read()
    assert f"removed the link to {other.number}" in Desk(cast.ben, one).read()


def test_a_link_that_is_gone_already_is_no_error(cast: Cast) -> None:
    _one, other = linked(cast)
    address, ben = f"links/{CaseLink.objects.get().pk}/removal", Desk(cast.ben, other)
    ben.do(address)
    assert ben.do(address).status_code == 302


def test_nobody_removes_a_link_of_others(cast: Cast) -> None:
    one, other = linked(cast)
    address = f"links/{CaseLink.objects.get().pk}/removal"
    third = owned_by_ana(cast)
    Desk(cast.ben, third).do(address)
    shared = shared_with_brightwater(cast)
    Desk(cast.omar, shared).do(address)
    assert Desk(cast.pia, one).do(address).status_code == 404
    assert CaseLink.objects.exists()
    assert other.number in Desk(cast.ben, one).read()


def test_a_link_is_one_sides_own_knowledge(cast: Cast) -> None:
    shared, own = shared_with_brightwater(cast), owned_by_ana(cast)
    Desk(cast.ana, shared).do("links", other=own.number, kind="related")
    assert own.number not in Desk(cast.omar, shared).read()


def test_foreign_cases_are_neither_found_nor_linked(cast: Cast) -> None:
    mine = owned_by_ana(cast)
    theirs = create(NewCase(subject="Quillon's secret", description="x"), by=cast.at_desk(cast.pia))
    ana = Desk(cast.ana, mine)
    assert "secret" not in words_of(ana.ask("links", **{"p-other-q": theirs.number}))
    answer = ana.do("links", other=theirs.number, kind="related")
    assert answer.status_code == 422
    assert "You see no case with this number." in words_of(answer)
    assert Desk(cast.pia, mine).do("links", other=theirs.number, kind="related").status_code == 404
    assert not CaseLink.objects.exists()
