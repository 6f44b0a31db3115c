"""Uploads that several threads touch at the same moment."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from threading import Event

import pytest
import time_machine

from caseway.accounts.viewer import Viewer
from caseway.cases.files import actions, arriving, completing
from caseway.cases.files.arriving import begin, forget, take_part
from caseway.cases.files.completing import finish
from caseway.cases.files.sweeping import UNFINISHED_FOR, sweep_uploads
from caseway.cases.models import Attachment, StorageUse, Upload, UploadPart
from caseway.cases.tests.test_together import at_once
from caseway.core.clock import now
from caseway.core.errors import Conflict, Invalid, NotFound
from caseway.demo.cast import Cast, make_cast

from .sending import pieces
from .test_arriving import under

pytestmark = pytest.mark.django_db(transaction=True)
CONTENT = b"%PDF-1.7 the proof that it came"


@pytest.fixture(autouse=True)
def _small_parts(settings, tmp_path, monkeypatch) -> None:
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(arriving, "PART", 10)


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def kim(cast: Cast) -> Viewer:
    return cast.in_portal(cast.kim)


def begun(by: Viewer) -> Upload:
    return begin("proof.pdf", len(CONTENT), by=by)


def bringing(upload: Upload, by: Viewer) -> list[Callable[[], object]]:
    return [partial(take_part, upload.pk, at, part, by=by) for at, part in pieces(CONTENT, 10).items()]


def test_parts_of_two_tabs_at_once_make_one_file(kim: Viewer) -> None:
    upload = begun(kim)
    assert not [result for result in at_once(bringing(upload, kim) * 2) if isinstance(result, Exception)]
    assert UploadPart.objects.count() == len(pieces(CONTENT, 10))
    kept = at_once([partial(finish, upload.pk, by=kim)] * 4)
    assert {file.pk for file in kept if isinstance(file, Attachment)} == {Attachment.objects.get().pk}
    assert StorageUse.objects.get().bytes == len(CONTENT)


def test_other_bytes_at_once_are_taken_from_one_only(kim: Viewer) -> None:
    upload = begun(kim)
    acts = [partial(take_part, upload.pk, 0, bytes([65 + n]) * 10, by=kim) for n in range(4)]
    assert sum(isinstance(result, Conflict) for result in at_once(acts)) == 3


def test_a_last_part_against_the_finish_loses_nothing(kim: Viewer) -> None:
    upload = begun(kim)
    *first, last = bringing(upload, kim)
    for act in first:
        act()
    results = at_once([last, partial(finish, upload.pk, by=kim)])
    if isinstance(results[1], Conflict):
        finish(upload.pk, by=kim)
    assert Attachment.objects.get().file.size == len(CONTENT)


def test_a_sweep_leaves_alone_what_is_being_finished(kim: Viewer, monkeypatch: pytest.MonkeyPatch) -> None:
    upload = begun(kim)
    for act in bringing(upload, kim):
        act()
    at_work, swept = Event(), Event()
    keep = actions.upload

    def slowly(*given: object, **named: object) -> object:
        at_work.set()
        assert swept.wait(10)
        return keep(*given, **named)  # type: ignore[arg-type]

    def sweep() -> int:
        assert at_work.wait(10)
        try:
            return sweep_uploads()
        finally:
            swept.set()

    monkeypatch.setattr(completing, "keep_file", slowly)
    with time_machine.travel(now() + UNFINISHED_FOR + timedelta(minutes=1)):
        kept, count = at_once([partial(finish, upload.pk, by=kim), sweep])
    assert (kept, count) == (Attachment.objects.get(), 0)
    assert finish(upload.pk, by=kim) == kept


def test_what_was_swept_is_gone_for_good_and_gives_its_room_back(cast: Cast) -> None:
    kim = under(cast.in_portal(cast.kim), storage_total_bytes=len(CONTENT))
    upload = begun(kim)
    bringing(upload, kim)[0]()
    with time_machine.travel(now() + UNFINISHED_FOR - timedelta(minutes=1)):
        assert sweep_uploads() == 0
    with time_machine.travel(now() + UNFINISHED_FOR + timedelta(minutes=1)):
        assert sweep_uploads() == 1
    assert not UploadPart.objects.exists()
    with pytest.raises(NotFound):
        finish(upload.pk, by=kim)
    begun(kim)


def test_removing_against_finishing_ends_one_way_or_the_other(kim: Viewer) -> None:
    upload = begun(kim)
    for act in bringing(upload, kim):
        act()
    kept, _gone = at_once([partial(finish, upload.pk, by=kim), partial(forget, upload.pk, by=kim)])
    assert not Upload.objects.exists()
    assert isinstance(kept, NotFound) or Attachment.objects.get() == kept


def test_the_last_room_is_held_for_one_of_many(cast: Cast) -> None:
    kim = under(cast.in_portal(cast.kim), storage_total_bytes=3 * len(CONTENT))
    results = at_once([partial(begun, kim)] * 6)
    assert sum(isinstance(result, Upload) for result in results) == 3
    assert sum(isinstance(result, Invalid) for result in results) == 3
