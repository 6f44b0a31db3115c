"""What an organisation may store in all: counted as files come and go, and never more than policy says."""

import io
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
import time_machine
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.db.models import Sum
from django.test import Client
from django.test.utils import CaptureQueriesContext

from caseway.accounts.models import Organisation
from caseway.accounts.viewer import Viewer
from caseway.cases.creation.tests.way import Way
from caseway.cases.files.actions import remove, upload
from caseway.cases.files.storing import keep, put
from caseway.cases.files.sweeping import UNUSED_FOR, sweep_files
from caseway.cases.models import Attachment, Case, StorageUse, StoredFile
from caseway.cases.tests.story import raised_by_kim
from caseway.cases.tests.test_together import at_once
from caseway.core.clock import now
from caseway.core.errors import Invalid, Unavailable
from caseway.demo.cast import Cast, make_cast

pytestmark = pytest.mark.django_db
SIZE = 100


@pytest.fixture(autouse=True)
def _storage(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path


def pdf(number: int, size: int = SIZE) -> bytes:
    return f"%PDF-1.7 {number:04d}".encode().ljust(size, b" ")


def seated(viewer: Viewer, room: int) -> Viewer:
    """The viewer, of an organisation with this much room."""
    assert viewer.organisation
    allow(viewer.organisation, room)
    return viewer


def allow(organisation: Organisation, bytes_: int) -> None:
    organisation.stored_policy = {"storage_total_bytes": bytes_}
    organisation.save()


def used(organisation: Organisation) -> int:
    """The count, which is what the rows add up to."""
    count = StorageUse.objects.filter(organisation=organisation).values_list("bytes", flat=True).first() or 0
    rows = StoredFile.objects.filter(organisation=organisation).aggregate(sum=Sum("size"))["sum"] or 0
    assert count == rows
    return count


def bytes_kept() -> int:
    """What lies in the storage, whoever knows of it."""
    return sum(path.stat().st_size for path in Path(default_storage.path("")).rglob("*") if path.is_file())


def test_the_last_byte_fits_and_the_next_does_not(cast: Cast) -> None:
    ana = seated(cast.at_desk(cast.ana), 2 * SIZE)
    for number in (1, 2):
        upload(io.BytesIO(pdf(number)), "a.pdf", by=ana)
    with pytest.raises(Invalid) as full:
        upload(io.BytesIO(b"%PDF-1.7"), "tiny.pdf", by=ana)
    assert set(full.value.errors) == {"files"}
    assert full.value.message.startswith("tiny.pdf was not kept: Larkfield Home has no room for more files.")
    assert used(cast.larkfield) == 2 * SIZE


def test_the_same_content_takes_no_more_room(cast: Cast) -> None:
    for person in (cast.ana, cast.ben):
        upload(io.BytesIO(pdf(1)), "a.pdf", by=seated(cast.at_desk(person), SIZE))
    assert used(cast.larkfield) == SIZE


def test_one_organisations_files_take_no_room_of_another(cast: Cast) -> None:
    for person in (cast.ana, cast.omar):
        upload(io.BytesIO(pdf(1)), "a.pdf", by=seated(cast.at_desk(person), SIZE))
    assert used(cast.larkfield) == used(cast.brightwater) == SIZE


def test_zero_is_no_limit(cast: Cast) -> None:
    ana = seated(cast.at_desk(cast.ana), 0)
    StorageUse.objects.create(organisation=cast.larkfield, bytes=10**15)
    assert upload(io.BytesIO(pdf(1)), "a.pdf", by=ana).file.size == SIZE


def test_room_comes_back_when_files_go(cast: Cast) -> None:
    ana = seated(cast.at_desk(cast.ana), SIZE)
    remove(upload(io.BytesIO(pdf(1)), "a.pdf", by=ana), by=ana)
    with time_machine.travel(now() + UNUSED_FOR + timedelta(minutes=1)):
        assert sweep_files() == 1
        assert used(cast.larkfield) == 0
        upload(io.BytesIO(pdf(2)), "b.pdf", by=ana)


def test_a_customer_keeps_every_word(cast: Cast) -> None:
    allow(cast.larkfield, SIZE)
    kim = Way(cast, cast.kim).begin()
    page = kim.see("content")
    values = {"subject": "It fell", "description": "It fell off the lorry, twice."}
    sent = [SimpleUploadedFile(f"{n}.pdf", pdf(n)) for n in (1, 2)]
    answer = kim.send("content", "submit", page, **values, files=sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "2.pdf was not kept: Larkfield Home has no room for more files." in page
    assert "It fell off the lorry, twice." in page
    kept = Attachment.objects.get()
    assert f'value="{kept.pk}"' in page
    assert not Case.objects.exists()
    assert kim.send("content", "submit", page, **values, attachments=str(kept.pk)).status_code == 302
    assert Case.objects.get().messages.get().attachments.get() == kept


def test_a_comment_is_not_lost_either(cast: Cast) -> None:
    allow(cast.larkfield, 1)
    case, browser = raised_by_kim(cast), Client(headers={"host": "larkfield.localhost"})
    browser.force_login(cast.kim)
    form = {"text": "Here is the photo.", "files": SimpleUploadedFile("a.pdf", pdf(1))}
    answer = browser.post(f"/portal/cases/{case.number}/comments/", form)
    assert answer.status_code == 422
    assert "Here is the photo." in answer.content.decode()
    assert "a.pdf was not kept" in answer.content.decode()
    assert case.messages.count() == 1


def test_counting_asks_no_more_for_many_files_than_for_few(cast: Cast) -> None:
    """Every statement of an upload reads the count or one file; none adds anything up."""
    ana = cast.at_desk(cast.ana)
    rows = [
        StoredFile(organisation=cast.larkfield, sha256=f"{n:064d}", size=1, type="text/plain", key=f"k{n}")
        for n in range(5_000)
    ]
    StoredFile.objects.bulk_create(rows)
    StorageUse.objects.create(organisation=cast.larkfield, bytes=5_000)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE cases_storedfile")
    with CaptureQueriesContext(connection) as asked:
        upload(io.BytesIO(pdf(1)), "a.pdf", by=ana)
    reading = [q["sql"] for q in asked if q["sql"].startswith("SELECT") and "cases_storedfile" in q["sql"]]
    assert reading
    assert not [q["sql"] for q in asked if "SUM(" in q["sql"].upper()]
    for statement in reading:
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN {statement}")
            plan = "\n".join(row[0] for row in cursor.fetchall())
        assert "Index" in plan
        assert "Seq Scan on cases_storedfile" not in plan


@pytest.mark.django_db(transaction=True)
def test_many_at_once_take_no_more_than_there_is() -> None:
    cast = make_cast()
    ana = seated(cast.at_desk(cast.ana), 3 * SIZE)
    acts = [partial(upload, io.BytesIO(pdf(n)), f"{n}.pdf", by=ana) for n in range(8)]
    results = at_once(acts)
    assert len([r for r in results if isinstance(r, Attachment)]) == 3
    assert len([r for r in results if isinstance(r, Invalid)]) == 5
    assert used(cast.larkfield) == 3 * SIZE
    assert bytes_kept() == 3 * SIZE


@pytest.mark.django_db(transaction=True)
def test_the_same_content_at_once_is_kept_and_counted_once() -> None:
    cast = make_cast()
    ana = cast.at_desk(cast.ana)
    results = at_once([partial(upload, io.BytesIO(pdf(1)), f"{n}.pdf", by=ana) for n in range(8)])
    assert len({r.file_id for r in results if isinstance(r, Attachment)}) == 1
    assert len(results) == Attachment.objects.count() == 8
    assert used(cast.larkfield) == bytes_kept() == SIZE


def test_content_that_is_brought_again_is_not_swept(cast: Cast) -> None:
    ana = cast.at_desk(cast.ana)
    remove(upload(io.BytesIO(pdf(1)), "a.pdf", by=ana), by=ana)
    with time_machine.travel(now() + UNUSED_FOR + timedelta(minutes=1)):
        keep(cast.larkfield, put(cast.larkfield, io.BytesIO(pdf(1)), "a.pdf"))
        assert sweep_files() == 0
    assert bytes_kept() == SIZE


def test_content_that_is_swept_while_it_is_brought_is_asked_for_again(cast: Cast) -> None:
    ana = cast.at_desk(cast.ana)
    remove(upload(io.BytesIO(pdf(1)), "a.pdf", by=ana), by=ana)
    found = put(cast.larkfield, io.BytesIO(pdf(1)), "a.pdf")
    with time_machine.travel(now() + UNUSED_FOR + timedelta(minutes=1)):
        assert sweep_files() == 1
    with pytest.raises(Unavailable):
        keep(cast.larkfield, found)
    assert used(cast.larkfield) == bytes_kept() == 0


def test_a_disk_that_takes_nothing_leaves_nothing_half(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(type(default_storage._wrapped), "_save", full)  # type: ignore[attr-defined]
    with pytest.raises(Unavailable, match="at the moment"):
        upload(io.BytesIO(pdf(1)), "a.pdf", by=cast.at_desk(cast.ana))
    assert not StoredFile.objects.exists()
    assert used(cast.larkfield) == 0
