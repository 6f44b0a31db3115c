"""`caseway doctor` compares the count with the files, and tells who is nearly full."""

import io

import pytest

from caseway.cases.files.actions import upload
from caseway.cases.files.diagnosis import files_are_counted, organisations_have_room
from caseway.cases.models import StorageUse
from caseway.demo.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _file(cast: Cast, settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path
    upload(io.BytesIO(b"%PDF-1.7 a"), "a.pdf", by=cast.at_desk(cast.ana))


def test_a_wrong_count_is_told(cast: Cast) -> None:
    assert list(files_are_counted()) == []
    StorageUse.objects.update(bytes=7)
    assert [f.wrong for f in files_are_counted()] == ["Larkfield Home stores 10 bytes, and 7 are counted"]


def test_who_is_nearly_full_is_told(cast: Cast) -> None:
    assert list(organisations_have_room()) == []
    cast.larkfield.stored_policy = {"storage_total_bytes": 11}
    cast.larkfield.save()
    assert [f.wrong for f in organisations_have_room()] == ["Larkfield Home stores 10 of 11 bytes"]
    cast.larkfield.stored_policy = {"storage_total_bytes": 0}
    cast.larkfield.save()
    assert list(organisations_have_room()) == []
