"""Files of cases in a bucket: kept, given to their readers alone, swept; and honest while it is away."""

import io
from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from caseway.accounts.models import Person
from caseway.api.tests.callers import Caller
from caseway.cases.conversation.actions import post
from caseway.cases.conversation.writing import Content
from caseway.cases.creation.tests.way import Way
from caseway.cases.files.actions import upload
from caseway.cases.files.sweeping import UNSENT_FOR, sweep_files
from caseway.cases.files.tests.sending import FILES, put_part, send, started
from caseway.cases.models import Attachment, Case, Message, StorageUse, StoredFile
from caseway.cases.tests.story import raised_by_kim
from caseway.core.clock import now
from caseway.demo.cast import Cast
from caseway.mail.incoming.jobs import process_waiting
from caseway.mail.incoming.processing import MOST_ATTEMPTS
from caseway.mail.models import Mailbox, RawMail
from caseway.mail.outbox.mime import as_bytes
from caseway.mail.tests.mails import latest_to, mail, take

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 proof of delivery"
WORDS = {"subject": "It fell", "description": "It fell off the lorry, twice."}


def browser(person: Person, **headers: str) -> Client:
    client = Client(headers={"host": "larkfield.localhost", **headers})
    client.force_login(person)
    return client


def sent(name: str = "proof.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def photo() -> bytes:
    made = io.BytesIO()
    Image.effect_noise((1500, 1500), 90).save(made, "PNG")
    return made.getvalue()


def commented(cast: Cast, name: str = "proof.pdf", content: bytes = PDF) -> Attachment:
    kim, case = cast.in_portal(cast.kim), raised_by_kim(cast)
    file = upload(io.BytesIO(content), name, by=kim)
    post(case, by=kim, audience="customer", content=Content("See this"), attachments=[file.pk])
    return file


@pytest.fixture
def support(cast: Cast) -> Mailbox:
    return Mailbox.objects.get_or_create(address="support@larkfield.example", organisation=cast.larkfield)[0]


def test_uploaded_in_the_portal_and_read_at_the_desk(cast: Cast, bucket) -> None:
    kim = Way(cast, cast.kim).begin()
    assert kim.send("content", "submit", kim.see("content"), **WORDS, files=sent()).status_code == 302
    file = Attachment.objects.select_related("file").get(message__case=Case.objects.get())
    assert bucket.objects() == [f"eu/live/{file.file.key}"]
    answer = browser(cast.ana).get(f"/desk/files/{file.pk}/")
    assert answer.getvalue() == PDF
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Length"] == str(len(PDF))
    assert answer["Content-Disposition"] == 'attachment; filename="proof.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer["Cache-Control"] == "private, no-store"


def test_nobody_is_sent_to_the_bucket_and_strangers_get_nothing(cast: Cast, bucket) -> None:
    file = commented(cast)
    assert browser(cast.kim).get(f"{FILES}{file.pk}/").status_code == 200
    for stranger in (cast.jo, cast.max, cast.pia, cast.omar):
        assert browser(stranger).get(f"{FILES}{file.pk}/").status_code == 404
    assert browser(cast.pia).get(f"/desk/files/{file.pk}/").status_code == 404
    assert Caller(cast.pia).get(f"/attachments/{file.pk}/content").status_code == 404
    assert b"".join(Caller(cast.kim).get(f"/attachments/{file.pk}/content")) == PDF


def test_a_large_picture_is_made_anew(cast: Cast, bucket) -> None:
    file = commented(cast, "photo.png", photo())
    assert file.file.size > 2_000_000
    answer = browser(cast.kim).get(f"{FILES}{file.pk}/picture")
    assert Image.open(io.BytesIO(answer.content)).size == (1500, 1500)


def test_the_same_content_is_one_object(cast: Cast, bucket) -> None:
    for name in ("a.pdf", "b.pdf"):
        upload(io.BytesIO(PDF), name, by=cast.in_portal(cast.kim))
    assert len(bucket.objects()) == 1


def test_what_nobody_needs_goes_and_the_rest_stays(cast: Cast, bucket) -> None:
    file = commented(cast)
    upload(io.BytesIO(b"%PDF-1.7 unsent"), "unsent.pdf", by=cast.in_portal(cast.kim))
    with time_machine.travel(now() + UNSENT_FOR + timedelta(minutes=1)):
        bucket.go()
        with pytest.raises(OSError, match="does not answer"):
            sweep_files()
        bucket.come()
        assert sweep_files() == 1
    assert bucket.objects() == [f"eu/live/{file.file.key}"]
    assert StoredFile.objects.get() == file.file
    assert StorageUse.objects.get(organisation=cast.larkfield).bytes == len(PDF)


def test_while_it_is_away_no_case_is_made_without_its_file_and_no_word_is_lost(cast: Cast, bucket) -> None:
    kim = Way(cast, cast.kim).begin()
    page = kim.see("content")
    bucket.go()
    answer = kim.send("content", "submit", page, **WORDS, files=sent())
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "It fell off the lorry, twice." in page
    assert "proof.pdf: Files can&#39;t be kept or read at the moment" in page
    assert not Case.objects.exists()
    assert not StoredFile.objects.exists()
    bucket.come()
    assert kim.send("content", "submit", page, **WORDS, files=sent()).status_code == 302
    assert Attachment.objects.get(message__case=Case.objects.get()).file.size == len(PDF)


def test_parts_arrive_while_it_is_away_and_are_kept_once_it_is_back(cast: Cast, bucket) -> None:
    kim = browser(cast.kim, Accept="application/json")
    bucket.go()
    told = started(kim, "proof.pdf", len(PDF)).json()
    assert put_part(kim, told, 0, PDF).status_code == 204
    assert kim.post(told["finish_url"]).status_code == 503
    bucket.come()
    kept = kim.post(told["finish_url"]).json()
    assert len(bucket.objects()) == 1
    assert kim.get(kept["remove_url"]).getvalue() == PDF


def test_while_it_is_away_scripts_and_programs_are_told_so(cast: Cast, bucket) -> None:
    file = commented(cast)
    bucket.go()
    answers = [
        send(browser(cast.kim, Accept="application/json"), "b.pdf", PDF + b"2"),
        browser(cast.kim, Accept="application/json").get(f"{FILES}{file.pk}/"),
        Caller(cast.ana).upload("c.pdf", PDF + b"3"),
        Caller(cast.kim).get(f"/attachments/{file.pk}/content"),
    ]
    for answer in answers:
        assert answer.status_code == 503
        assert answer["Content-Type"] == "application/problem+json"
        assert "Please try again in a few minutes" in answer.json()["detail"]
    page = browser(cast.kim).get(f"{FILES}{file.pk}/")
    assert page.status_code == 503
    assert "Content-Disposition" not in page.headers
    assert Attachment.objects.get() == file


def test_an_object_that_is_gone_is_missing(cast: Cast, bucket) -> None:
    file = commented(cast)
    bucket.client().delete_object(Bucket="caseway-files", Key=bucket.objects()[0])
    assert browser(cast.kim).get(f"{FILES}{file.pk}/").status_code == 404
    assert Caller(cast.kim).get(f"/attachments/{file.pk}/content").status_code == 404


@pytest.mark.usefixtures("support")
def test_a_mail_waits_for_as_long_as_it_is_away(cast: Cast, bucket) -> None:
    bucket.go()
    take(mail("kim@orchid.example", files={"lid.pdf": PDF}))
    for hour in range(1, MOST_ATTEMPTS + 2):
        with time_machine.travel(now() + timedelta(hours=hour)):
            process_waiting(0)
    waiting = RawMail.objects.get()
    assert (waiting.state, waiting.attempts) == (RawMail.State.RECEIVED, 0)
    assert not Case.objects.exists()
    assert not Message.objects.exists()
    bucket.come()
    with time_machine.travel(now() + timedelta(hours=MOST_ATTEMPTS + 3)):
        process_waiting(0)
    file = Attachment.objects.get(message__case=Case.objects.get())
    assert browser(cast.kim).get(f"{FILES}{file.pk}/").getvalue() == PDF


@pytest.mark.usefixtures("support")
def test_files_go_out_by_mail(cast: Cast, bucket) -> None:
    take(mail("kim@orchid.example"))
    case, ana = Case.objects.get(), cast.at_desk(cast.ana)
    file = upload(io.BytesIO(PDF), "proof.pdf", by=ana)
    post(case, by=ana, audience="customer", content=Content("Here."), attachments=[file.pk])
    assert b'filename="proof.pdf"' in as_bytes(latest_to("kim@orchid.example"))
