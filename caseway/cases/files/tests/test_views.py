"""Files over the web: taken in with the reason for a refusal, given out to be saved and never run."""

import io
import json

import pytest
from django.test import Client, override_settings
from PIL import Image

from caseway.accounts.models import Person
from caseway.cases.conversation.actions import post
from caseway.cases.conversation.writing import Content
from caseway.cases.files.actions import upload
from caseway.cases.models import Attachment
from caseway.cases.tests.story import raised_by_kim
from caseway.demo.cast import Cast

from .sending import FILES
from .sending import send as sent_by

TEXT = b"Delivery note 0471"


def browser(person: Person, **headers: str) -> Client:
    client = Client(headers={"host": "larkfield.localhost", **headers})
    client.force_login(person)
    return client


def send(person: Person, name: str, content: bytes, path: str = FILES):
    return sent_by(browser(person, Accept="application/json"), name, content, path)


def picture(size: tuple[int, int] = (2000, 1000)) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", size, (90, 60, 30)).save(made, "JPEG")
    return made.getvalue()


def attached(cast: Cast, name: str = "note.txt", content: bytes = TEXT) -> Attachment:
    """A file on a comment of Kim's."""
    kim, case = cast.in_portal(cast.kim), raised_by_kim(cast)
    file = upload(io.BytesIO(content), name, by=kim)
    post(case, by=kim, audience="customer", content=Content("See this"), attachments=[file.pk])
    return file


def test_a_file_is_kept_and_may_be_taken_back(cast: Cast) -> None:
    answer = send(cast.kim, "note.txt", TEXT)
    assert answer.status_code == 201
    kept = answer.json()
    assert (kept["name"], kept["size"]) == ("note.txt", len(TEXT))
    assert browser(cast.kim).delete(kept["remove_url"]).status_code == 204
    assert not Attachment.objects.exists()
    assert browser(cast.kim).delete(kept["remove_url"]).status_code == 404


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("run.exe", b"MZ", "files of this type are not taken"),
        ("note.png", b"<html><script>", "its content is not what its name says"),
        ("empty.txt", b"", "is empty"),
    ],
)
def test_a_refusal_says_why(cast: Cast, name: str, content: bytes, words: str) -> None:
    answer = send(cast.kim, name, content)
    assert answer.status_code == 422
    assert answer["Content-Type"] == "application/problem+json"
    assert words in json.loads(answer.content)["detail"]
    assert not Attachment.objects.exists()


def test_a_file_comes_to_be_saved_and_runs_nowhere(cast: Cast) -> None:
    file = attached(cast, 'no"te\r\n.txt')
    answer = browser(cast.kim).get(f"{FILES}{file.pk}/")
    assert answer.getvalue() == TEXT
    assert answer["Content-Disposition"].startswith("attachment;")
    assert "\n" not in answer["Content-Disposition"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer["Cache-Control"] == "private, no-store"


def test_only_readers_of_the_message_get_it(cast: Cast) -> None:
    file = attached(cast, "photo.jpg", picture())
    for path in (f"{FILES}{file.pk}/", f"{FILES}{file.pk}/picture"):
        assert browser(cast.kim).get(path).status_code == 200
        for stranger in (cast.jo, cast.max, cast.ana, cast.pia, cast.omar):
            assert browser(stranger).get(path).status_code == 404, stranger
        assert Client(headers={"host": "larkfield.localhost"}).get(path).status_code == 302


def test_agents_get_it_at_their_desk_and_strangers_at_theirs_do_not(cast: Cast) -> None:
    file = attached(cast)
    assert browser(cast.ana).get(f"/desk/files/{file.pk}/").status_code == 200
    for stranger in (cast.pia, cast.omar, cast.kim):
        assert browser(stranger).get(f"/desk/files/{file.pk}/").status_code == 404


def test_an_unsent_file_is_its_senders_alone(cast: Cast) -> None:
    file = upload(io.BytesIO(TEXT), "note.txt", by=cast.in_portal(cast.jo))
    assert browser(cast.jo).get(f"{FILES}{file.pk}/").status_code == 200
    assert browser(cast.kim).get(f"{FILES}{file.pk}/").status_code == 404
    assert browser(cast.kim).delete(f"{FILES}{file.pk}/").status_code == 404


def test_a_sent_file_is_not_taken_back(cast: Cast) -> None:
    file = attached(cast)
    assert browser(cast.kim).delete(f"{FILES}{file.pk}/").status_code == 422
    assert Attachment.objects.filter(pk=file.pk).exists()


def test_a_held_file_waits(cast: Cast) -> None:
    file = attached(cast)
    Attachment.objects.filter(pk=file.pk).update(quarantined="the scanner is away")
    answer = browser(cast.kim).get(f"{FILES}{file.pk}/")
    assert answer.status_code == 409
    assert TEXT not in answer.content


def test_a_file_that_the_storage_lost_is_missing(cast: Cast, tmp_path) -> None:
    file = attached(cast)
    with override_settings(MEDIA_ROOT=tmp_path):
        assert browser(cast.kim).get(f"{FILES}{file.pk}/").status_code == 404


def test_pictures_are_made_anew(cast: Cast) -> None:
    file = attached(cast, "photo.jpg", picture() + b"<script>alert(1)</script>")
    answer = browser(cast.kim).get(f"{FILES}{file.pk}/picture")
    assert answer["Content-Type"] == "image/webp"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert b"<script>" not in answer.content
    assert Image.open(io.BytesIO(answer.content)).size == (1600, 800)
    assert browser(cast.kim).get(f"{FILES}{attached(cast).pk}/picture").status_code == 404
