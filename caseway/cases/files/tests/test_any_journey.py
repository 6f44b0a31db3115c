"""Whatever happens to parts on their way, the file has the bytes that were taken, or there is none."""

import contextlib
from dataclasses import dataclass, field

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from caseway.accounts.viewer import Viewer
from caseway.cases.files import arriving
from caseway.cases.files.arriving import begin, take_part
from caseway.cases.files.completing import finish
from caseway.cases.files.queries import missing_offsets
from caseway.cases.files.storing import open_stored
from caseway.cases.models import Upload
from caseway.core.errors import Conflict, DomainError, Invalid
from caseway.demo.cast import Cast

pytestmark = pytest.mark.django_db
PART = 10
LETTERS = b"abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ.,"
Journey = tuple[int, list[tuple[str, int]]]


@pytest.fixture(autouse=True)
def _small_parts(settings, tmp_path, monkeypatch) -> None:
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(arriving, "PART", PART)


@st.composite
def journeys(draw: st.DrawFn) -> Journey:
    """The size of a file, and what is done with its parts in turn."""
    size = draw(st.integers(1, len(LETTERS)))
    offsets = st.sampled_from(range(0, size, PART))
    deeds = st.sampled_from(["part", "part", "part", "part", "other", "short", "long", "beside", "finish"])
    return size, draw(st.lists(st.tuples(deeds, offsets), max_size=30))


@dataclass
class Expected:
    """What a plain dictionary says should have become of it."""

    size: int
    parts: dict[int, bytes] = field(default_factory=dict)
    is_finished: bool = False

    def answer(self, deed: str, offset: int, part: bytes) -> type[DomainError] | None:
        """What doing this should raise; notes what it should change."""
        if deed == "finish":
            self.is_finished = self.is_complete
            return None if self.is_complete else Conflict
        if self.is_finished:
            return Conflict
        if deed in ("short", "long", "beside"):
            return Invalid
        return None if self.parts.setdefault(offset, part) == part else Conflict

    @property
    def is_complete(self) -> bool:
        """Whether every byte has come."""
        return sum(map(len, self.parts.values())) == self.size

    @property
    def content(self) -> bytes:
        """The whole."""
        return b"".join(part for _, part in sorted(self.parts.items()))


def part_for(deed: str, offset: int, size: int) -> bytes:
    """The bytes that are sent."""
    content = LETTERS[:size]
    right = content[offset : offset + PART]
    changed = {"other": right[::-1] + b"", "short": right[:-1], "long": right + b"!"}
    return changed.get(deed, right)


def do(upload: Upload, deed: str, offset: int, part: bytes, by: Viewer) -> None:
    """Do it. A file that is finished has the bytes that it should."""
    if deed == "finish":
        finish(upload.pk, by=by)
    else:
        take_part(upload.pk, offset + (deed == "beside"), part, by=by)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(journey=journeys())
def test_any_journey_ends_with_the_bytes_that_were_taken_or_with_none(cast: Cast, journey: Journey) -> None:
    (size, deeds), kim = journey, cast.in_portal(cast.kim)
    with taken_back():
        upload, expected = begin("note.txt", size, by=kim), Expected(size)
        for deed, offset in deeds:
            part = part_for(deed, offset, size)
            refusal = expected.answer(deed, offset, part)
            with pytest.raises(refusal) if refusal else contextlib.nullcontext():
                do(upload, deed, offset, part, kim)
        upload.refresh_from_db()
        assert (upload.attachment is not None) == expected.is_finished
        if upload.attachment:
            with open_stored(upload.attachment.file) as content:
                assert content.read() == expected.content
        else:
            missing = set(range(0, size, PART)) - set(expected.parts)
            assert missing_offsets(upload) == sorted(missing)


@contextlib.contextmanager
def taken_back():
    """What happens inside leaves nothing for the next example."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
