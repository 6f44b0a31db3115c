"""Files that nobody needs go; all others stay."""

import io
from datetime import timedelta

import pytest
import time_machine
from django.core.files.storage import default_storage

from caseway.cases.conversation.actions import post
from caseway.cases.conversation.writing import Content
from caseway.cases.drafting.actions import begin
from caseway.cases.files.actions import upload
from caseway.cases.files.sweeping import UNSENT_FOR, sweep_files
from caseway.cases.models import Attachment, StoredFile
from caseway.cases.tests.story import owned_by_ana
from caseway.core.clock import now
from caseway.demo.cast import Cast


@pytest.mark.django_db(transaction=True)
def test_uploads_that_were_never_sent_go_and_what_was_sent_stays(cast: Cast) -> None:
    ana = cast.at_desk(cast.ana)
    sent = upload(io.BytesIO(b"%PDF-1.7 sent"), "sent.pdf", by=ana)
    unsent = upload(io.BytesIO(b"%PDF-1.7 unsent"), "unsent.pdf", by=ana)
    post(owned_by_ana(cast), by=ana, audience="team", content=Content("x"), attachments=[sent.pk])
    assert sweep_files() == 0
    with time_machine.travel(now() + UNSENT_FOR + timedelta(minutes=1)):
        assert sweep_files() == 1
    assert Attachment.objects.get() == sent
    assert StoredFile.objects.get() == sent.file
    assert default_storage.exists(sent.file.key)
    assert not default_storage.exists(unsent.file.key)


@pytest.mark.django_db(transaction=True)
def test_what_stands_in_a_draft_of_a_case_stays_with_it(cast: Cast) -> None:
    kim = cast.in_portal(cast.kim)
    kept = upload(io.BytesIO(b"kept"), "kept.txt", by=kim)
    upload(io.BytesIO(b"left"), "left.txt", by=kim)
    draft = begin({"attachments": [str(kept.pk)]}, by=kim)
    with time_machine.travel(now() + UNSENT_FOR + timedelta(minutes=1)):
        assert sweep_files() == 1
        assert Attachment.objects.get() == kept
        draft.delete()
        assert sweep_files() == 1
    assert not Attachment.objects.exists()
