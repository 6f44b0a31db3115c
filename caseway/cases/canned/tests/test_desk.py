"""Canned answers at the desk: listed, written, refused with words kept, inserted into an answer."""

from caseway.cases.canned.actions import Wording, write
from caseway.cases.models import CannedAnswer
from caseway.cases.tests.browsing import Desk, words_of
from caseway.cases.tests.story import raised_by_kim, shared_with_brightwater
from caseway.demo.cast import Cast

LIST = "/desk/settings/canned-answers/"
SCRIPT = {"HX-Request": "true"}


def test_one_is_written_changed_and_removed(cast: Cast) -> None:
    ana = Desk(cast.ana)
    new = words_of(ana.get(f"{LIST}new/"))
    assert "{{customer.name}}" in new
    assert "Everyone at" not in new
    assert ana.post(f"{LIST}new/", {"title": "Hello", "body": "Dear", "scope": "own"}).status_code == 302
    one = CannedAnswer.objects.get()
    assert "Hello" in words_of(ana.get(LIST))
    sent = {"title": "Hello", "body": "Dear {{customer.name}}", "scope": "own", "version": one.version}
    assert ana.post(f"{LIST}{one.pk}/", sent).status_code == 302
    late = ana.post(f"{LIST}{one.pk}/", sent | {"body": "Too late"})
    assert late.status_code == 412
    assert "Too late" in words_of(late)
    assert ana.post(f"{LIST}{one.pk}/removal/").status_code == 302
    assert not CannedAnswer.objects.exists()


def test_a_wrong_variable_says_so_and_keeps_what_was_typed(cast: Cast) -> None:
    answer = Desk(cast.ana).post(f"{LIST}new/", {"title": "T", "body": "Dear {{custmer}}", "scope": "own"})
    assert answer.status_code == 422
    assert "There is no variable {{custmer}}." in words_of(answer)
    assert ">Dear {{custmer}}" in words_of(answer).replace("\n", "").replace("\r", "")


def test_colleagues_read_what_is_shared_and_only_its_writers_get_a_form(cast: Cast) -> None:
    shared = write(Wording(title="Ours", body="B", scope="organisation"), by=cast.at_desk(cast.admin))
    page = words_of(Desk(cast.ana).get(f"{LIST}{shared.pk}/"))
    assert "Remove" not in page
    assert 'name="body"' not in page
    assert Desk(cast.ana).post(f"{LIST}{shared.pk}/removal/").status_code == 403
    assert Desk(cast.pia).get(f"{LIST}{shared.pk}/").status_code == 404


def test_it_is_inserted_filled_in_where_its_readers_may_know_all_of_it(cast: Cast) -> None:
    case = shared_with_brightwater(cast)
    ana = cast.at_desk(cast.ana)
    one = write(Wording(title="Greeting", body="Hello {{customer.first_name}} [{{case.number}}]"), by=ana)
    base = f"/desk/cases/{case.number}/canned-answers"
    desk = Desk(cast.ana, case)
    assert "Greeting" in words_of(desk.get(f"{base}?audience=customer&q=gree", headers=SCRIPT))
    assert "Greeting" not in words_of(desk.get(f"{base}?audience=partner", headers=SCRIPT))
    given = desk.post(f"{base}/{one.pk}/insertion", {"audience": "customer"}, headers=SCRIPT)
    assert words_of(given) == f"Hello Kim [{case.number}]"
    assert desk.post(f"{base}/{one.pk}/insertion", {"audience": "partner"}).status_code == 404


def test_without_scripts_it_goes_into_the_draft(cast: Cast) -> None:
    case = raised_by_kim(cast)
    one = write(Wording(title="Greeting", body="Hello {{customer.name}}"), by=cast.at_desk(cast.ana))
    desk = Desk(cast.ana, case)
    desk.post(f"/desk/cases/{case.number}/canned-answers/{one.pk}/insertion", {"audience": "customer"})
    assert "Hello Kim Tran" in desk.read()
