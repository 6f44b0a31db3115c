"""Sending by part over the web: begun, gone on with after a break, throttled, nobody else's."""

import pytest
from django.test import Client

from caseway.accounts.models import Person
from caseway.cases.files import arriving, uploading
from caseway.cases.models import Attachment, Upload, UploadPart
from caseway.core.limits import Tally
from caseway.demo.cast import Cast

from .sending import FILES, put_part, send, started

pytestmark = pytest.mark.django_db
TEXT = b"Delivery note 0471, ten of twelve"


@pytest.fixture(autouse=True)
def _small_parts(settings, tmp_path, monkeypatch) -> None:
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(arriving, "PART", 10)


def browser(person: Person, *, enforce_csrf_checks: bool = False) -> Client:
    headers = {"host": "larkfield.localhost", "Accept": "application/json"}
    client = Client(headers=headers, enforce_csrf_checks=enforce_csrf_checks)
    client.force_login(person)
    return client


def test_it_goes_on_where_it_broke_off_from_another_browser_too(cast: Cast) -> None:
    told = started(browser(cast.kim), "note.txt", len(TEXT)).json()
    assert put_part(browser(cast.kim), told, 10, TEXT[10:20]).status_code == 204
    again = browser(cast.kim)
    told = again.get(told["url"]).json()
    assert (told["name"], told["size"], told["missing"], told["file"]) == ("note.txt", 33, [0, 20, 30], None)
    for offset in told["missing"]:
        put_part(again, told, offset, TEXT[offset : offset + 10])
    kept = again.post(told["finish_url"])
    assert kept.status_code == 201
    assert again.get(told["url"]).json()["file"] == kept.json()
    assert again.get(kept.json()["remove_url"]).getvalue() == TEXT


def test_never_mind(cast: Cast) -> None:
    kim = browser(cast.kim)
    told = started(kim, "note.txt", len(TEXT)).json()
    put_part(kim, told, 0, TEXT[:10])
    assert kim.delete(told["url"]).status_code == 204
    assert not UploadPart.objects.exists()
    assert kim.get(told["url"]).status_code == 404
    assert put_part(kim, told, 0, TEXT[:10]).status_code == 404


@pytest.mark.parametrize(
    "form",
    [{}, {"name": "a.txt"}, {"name": "a.txt", "size": "ten"}, {"name": "a.txt", "size": "-1"}, {"size": "1"}]
    + [{"name": "a.txt", "size": size} for size in ("9" * 16, "²", "1e3", "1.0")],
)
def test_what_announces_nothing_is_refused(cast: Cast, form: dict[str, str]) -> None:
    answer = browser(cast.kim).post(FILES, form)
    assert answer.status_code == 422
    assert answer["Content-Type"] == "application/problem+json"


def test_only_who_sends_it_finds_it(cast: Cast) -> None:
    told = started(browser(cast.kim), "note.txt", len(TEXT)).json()
    for stranger in (cast.jo, cast.max, cast.ana, cast.pia, cast.omar, cast.root):
        client = browser(stranger)
        for path in (told["url"], told["url"].replace("/portal/", "/desk/")):
            assert client.get(path).status_code == 404
            assert client.delete(path).status_code == 404
        assert put_part(client, told, 0, TEXT[:10]).status_code == 404
        assert client.post(told["finish_url"]).status_code == 404
    assert Upload.objects.count() == 1
    assert not Tally.objects.filter(count__gt=1).exists()


def test_who_has_no_seat_there_sends_nothing(cast: Cast) -> None:
    for path, stranger in ((FILES, cast.ana), (FILES, cast.root), ("/desk/files/", cast.kim)):
        assert send(browser(stranger), "a.txt", TEXT, path).status_code == 404
    assert Client(headers={"host": "larkfield.localhost"}).post(FILES).status_code == 302
    assert not Upload.objects.exists()
    assert not Tally.objects.exists()


def test_no_step_is_taken_without_the_forms_token(cast: Cast) -> None:
    kim = browser(cast.kim)
    told = started(kim, "note.txt", len(TEXT)).json()
    wary = browser(cast.kim, enforce_csrf_checks=True)
    assert started(wary, "note.txt", len(TEXT)).status_code == 403
    assert put_part(wary, told, 0, TEXT[:10]).status_code == 403
    assert wary.post(told["finish_url"]).status_code == 403
    assert wary.delete(told["url"]).status_code == 403
    assert not UploadPart.objects.exists()


@pytest.mark.parametrize(("limit", "most"), [("UPLOADS_AN_HOUR", 2), ("PARTS_AN_HOUR", 8)])
def test_many_files_are_slowed_down(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, limit: str, most: int
) -> None:
    monkeypatch.setattr(uploading, limit, most)
    kim = browser(cast.kim)
    assert [send(kim, "a.txt", TEXT).status_code for _ in range(3)] == [201, 201, 429]
    assert int(send(kim, "a.txt", TEXT)["Retry-After"]) > 0
    assert send(browser(cast.jo), "a.txt", TEXT).status_code == 201


def test_finishing_again_and_again_is_slowed_down_too(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploading, "UPLOADS_AN_HOUR", 3)
    kim = browser(cast.kim)
    told = started(kim, "a.txt", 4).json()
    put_part(kim, told, 0, b"<svg")
    assert [kim.post(told["finish_url"]).status_code for _ in range(4)] == [422, 422, 422, 429]
    assert not Attachment.objects.exists()
