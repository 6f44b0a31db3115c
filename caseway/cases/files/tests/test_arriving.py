"""Files by part: what is taken, what is refused and why, and what is left behind."""

import hashlib
import io
import random
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine

from caseway.accounts.viewer import Viewer
from caseway.cases.files import arriving
from caseway.cases.files.actions import remove, upload
from caseway.cases.files.arriving import begin, forget, take_part
from caseway.cases.files.completing import finish
from caseway.cases.files.kinds import EICAR
from caseway.cases.files.queries import missing_offsets
from caseway.cases.files.storing import open_stored
from caseway.cases.models import Attachment, StorageUse, StoredFile, Upload, UploadPart
from caseway.core.clock import now
from caseway.core.errors import Conflict, Invalid, NotAllowed, NotFound, TooMany, Unavailable
from caseway.demo.cast import Cast

from .sending import pieces

pytestmark = pytest.mark.django_db
PART = 10


@pytest.fixture(autouse=True)
def _small_parts(settings, tmp_path, monkeypatch) -> None:
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(arriving, "PART", PART)


@pytest.fixture
def kim(cast: Cast) -> Viewer:
    return cast.in_portal(cast.kim)


def pdf(size: int) -> bytes:
    return b"%PDF-1.7" + random.Random(size).randbytes(size - 8)


def bring(key: Upload, content: bytes, by: Viewer) -> None:
    for offset, part in pieces(content, PART).items():
        take_part(key.pk, offset, part, by=by)


def bytes_of(file: Attachment) -> bytes:
    with open_stored(file.file) as content:
        return bytes(content.read())


def under(viewer: Viewer, **policy: object) -> Viewer:
    """The viewer, whose organisation has this policy."""
    assert viewer.organisation
    viewer.organisation.stored_policy = policy
    viewer.organisation.save()
    return viewer


def test_parts_become_a_file(kim: Viewer) -> None:
    content = pdf(35)
    upload = begin("proof.pdf", 35, by=kim, sha256=hashlib.sha256(content).hexdigest())
    assert missing_offsets(upload) == [0, 10, 20, 30]
    for offset in (20, 0, 30):
        take_part(upload.pk, offset, content[offset : offset + PART], by=kim)
    assert missing_offsets(upload) == [10]
    with pytest.raises(Conflict, match="missing"):
        finish(upload.pk, by=kim)
    take_part(upload.pk, 10, content[10:20], by=kim)
    kept = finish(upload.pk, by=kim)
    assert (kept.name, bytes_of(kept), kept.uploader) == ("proof.pdf", content, kim.person)
    assert finish(upload.pk, by=kim) == kept
    assert not UploadPart.objects.exists()


def test_the_same_part_again_changes_nothing_and_another_is_refused(kim: Viewer) -> None:
    upload, content = begin("proof.pdf", 15, by=kim), pdf(15)
    for _ in range(3):
        take_part(upload.pk, 0, content[:10], by=kim)
    assert UploadPart.objects.count() == 1
    with pytest.raises(Conflict, match="Other bytes"):
        take_part(upload.pk, 0, b"x" * 10, by=kim)
    take_part(upload.pk, 10, content[10:], by=kim)
    assert bytes_of(finish(upload.pk, by=kim)) == content
    with pytest.raises(Conflict, match="arrived already"):
        take_part(upload.pk, 0, content[:10], by=kim)


@pytest.mark.parametrize(
    ("offset", "size"), [(0, 9), (0, 11), (0, 0), (5, 10), (10, 10), (20, 10), (-10, 10), (10, 4)]
)
def test_a_part_is_of_the_grid_or_refused(kim: Viewer, offset: int, size: int) -> None:
    upload = begin("proof.pdf", 15, by=kim)
    with pytest.raises(Invalid) as refused:
        take_part(upload.pk, offset, b"x" * size, by=kim)
    assert set(refused.value.errors) == {"part"}
    assert not UploadPart.objects.exists()


@pytest.mark.parametrize(
    ("name", "size", "words"),
    [
        ("invoice.pdf.exe", 10, "files of this type are not taken"),
        ("invoice\u202efdp.exe", 10, "invoicefdp.exe was refused"),
        ("nul.exe\x00.pdf.exe", 10, "nul.exe.pdf.exe was refused"),
        ("../../passwd", 10, "passwd was refused"),
        ("a.pdf", 0, "is empty"),
        ("a.pdf", 40_000_001, "too large: 40 MB at most"),
        ("x" * 5000 + ".bat", 10, "was refused"),
    ],
)
def test_what_can_not_be_taken_is_refused_before_it_is_sent(
    kim: Viewer, name: str, size: int, words: str
) -> None:
    with pytest.raises(Invalid, match=words) as refused:
        begin(name, size, by=kim)
    assert set(refused.value.errors) == {"files"}
    assert not Upload.objects.exists()


def test_limits_are_those_of_the_seat(cast: Cast) -> None:
    with pytest.raises(Invalid, match="5 MB at most"):
        begin("a.pdf", 6_000_000, by=cast.at_desk(cast.ana))
    with pytest.raises(NotAllowed):
        begin("a.pdf", 10, by=Viewer())


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"MZ" + b"x" * 20, "content is not what its name says"), (EICAR, "the virus scanner refuses it")],
)
def test_content_is_examined_as_a_whole(kim: Viewer, content: bytes, words: str) -> None:
    """The test string of virus scanners stands across parts here."""
    upload = begin("a.pdf", len(content), by=kim)
    bring(upload, content, kim)
    for _ in range(2):
        with pytest.raises(Invalid, match=words):
            finish(upload.pk, by=kim)
    assert not Attachment.objects.exists()
    forget(upload.pk, by=kim)
    assert not UploadPart.objects.exists()


def test_what_arrived_changed_is_refused(kim: Viewer) -> None:
    upload = begin("a.pdf", 15, by=kim, sha256="0" * 64)
    bring(upload, pdf(15), kim)
    with pytest.raises(Invalid, match="did not arrive as it was sent"):
        finish(upload.pk, by=kim)
    with pytest.raises(Invalid, match="64 hexadecimal"):
        begin("a.pdf", 15, by=kim, sha256="a hash")


def test_only_who_sends_it_goes_on_with_it(cast: Cast, kim: Viewer) -> None:
    upload = begin("a.pdf", 15, by=kim)
    for person in (cast.in_portal(cast.jo), cast.in_portal(cast.max), cast.at_desk(cast.ana), Viewer()):
        assert not Upload.objects.visible_to(person).exists()
        for attempt in (
            lambda by: take_part(upload.pk, 0, pdf(10), by=by),
            lambda by: finish(upload.pk, by=by),
            lambda by: forget(upload.pk, by=by),
        ):
            with pytest.raises(NotFound):
                attempt(person)
    with pytest.raises(NotFound):
        finish(uuid4(), by=kim)


def test_room_is_held_for_what_is_under_way(cast: Cast) -> None:
    kim, jo = (under(cast.in_portal(person), storage_total_bytes=30) for person in (cast.kim, cast.jo))
    first = begin("a.pdf", 20, by=kim)
    with pytest.raises(Invalid, match="Larkfield Home has no room"):
        begin("b.pdf", 11, by=jo)
    bring(first, pdf(20), kim)
    finish(first.pk, by=kim)
    assert StorageUse.objects.get().bytes == 20
    second = begin("b.pdf", 10, by=kim)
    forget(second.pk, by=kim)
    begin("b.pdf", 10, by=kim)


def test_room_that_went_meanwhile_refuses_the_whole(cast: Cast) -> None:
    kim = cast.in_portal(cast.kim)
    upload = begin("a.pdf", 20, by=kim)
    bring(upload, pdf(20), kim)
    with pytest.raises(Invalid, match="no room"):
        finish(upload.pk, by=under(kim, storage_total_bytes=10))
    assert not StoredFile.objects.exists()


def test_nobody_has_more_under_way_than_a_few_submissions(cast: Cast) -> None:
    kim = under(cast.in_portal(cast.kim), portal_total_bytes=100)
    uploads = [begin("a.pdf", 100, by=kim) for _ in range(3)]
    with pytest.raises(TooMany):
        begin("a.pdf", 10, by=kim)
    begin("a.pdf", 100, by=cast.in_portal(cast.jo))
    with time_machine.travel(now() + arriving.IDLE + timedelta(seconds=1)):
        take_part(uploads[0].pk, 0, b"x" * 10, by=kim)
        begin("a.pdf", 100, by=kim)
    assert set(Upload.objects.visible_to(kim)) & set(uploads) == {uploads[0]}


def test_the_number_under_way_is_bounded_too(kim: Viewer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arriving, "MOST_AT_ONCE", 2)
    for _ in range(2):
        begin("a.pdf", 10, by=kim)
    with pytest.raises(TooMany):
        begin("a.pdf", 10, by=kim)


def test_storage_that_is_away_costs_nothing_that_has_arrived(
    kim: Viewer, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload, content = begin("a.pdf", 25, by=kim), pdf(25)
    bring(upload, content, kim)
    with monkeypatch.context() as away:
        away.setattr("caseway.cases.files.storing.default_storage.save", _is_full)
        with pytest.raises(Unavailable):
            finish(upload.pk, by=kim)
    assert bytes_of(finish(upload.pk, by=kim)) == content


def _is_full(*_: object) -> str:
    raise OSError(28, "No space left on device")


def test_a_file_that_arrived_and_was_removed_is_forgotten(kim: Viewer) -> None:
    upload = begin("a.pdf", 10, by=kim)
    bring(upload, pdf(10), kim)
    remove(finish(upload.pk, by=kim), by=kim)
    assert not Upload.objects.exists()


def test_the_same_content_is_stored_once_however_it_comes(kim: Viewer) -> None:
    whole = upload(io.BytesIO(pdf(25)), "a.pdf", by=kim)
    by_part = begin("b.pdf", 25, by=kim)
    bring(by_part, pdf(25), kim)
    assert finish(by_part.pk, by=kim).file == whole.file
