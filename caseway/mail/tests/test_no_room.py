"""Mails whose files an organisation has no room for: they land, and say what is missing and why."""

import pytest

from caseway.cases.files.storing import open_stored
from caseway.cases.models import Attachment, Case, Message, StorageUse
from caseway.mail.models import RawMail
from caseway.mail.tests.mails import latest_to, mail, reply_to, take

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("mailboxes")]
SMALL, LARGE = b"%PDF-1.4 small", b"%PDF-1.4 large" + b" " * 5_000


@pytest.fixture(autouse=True)
def _little_room(cast, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    cast.larkfield.stored_policy = {"storage_total_bytes": 1_000}
    cast.larkfield.save()


def note_on(message: Message) -> str:
    note = message.attachments.get(name="Files that were not kept.txt")
    assert not note.quarantined
    with open_stored(note.file) as content:
        return str(content.read(), "utf-8")


def test_the_mail_lands_and_a_note_stands_for_what_is_missing(cast):
    told = take(
        mail("kim@orchid.example", files={"big.pdf": LARGE, "small.pdf": SMALL, "huge.pdf": LARGE * 2})
    )
    assert told.outcome == "created"
    message = Message.objects.get(case=Case.objects.get())
    assert message.text == "The parcel came without its lid."
    names = {a.name for a in message.attachments.all()}
    assert names == {"small.pdf", "Files that were not kept.txt"}
    note = note_on(message)
    assert "Larkfield Home has no room for more files" in note
    assert "- big.pdf (5 kB)" in note
    assert "- huge.pdf (10 kB)" in note
    assert "small.pdf" not in note


def test_agent_and_sender_see_the_note(cast):
    take(mail("kim@orchid.example", files={"big.pdf": LARGE}))
    for viewer in (cast.at_desk(cast.ana), cast.in_portal(cast.kim)):
        assert [a.name for a in Attachment.objects.visible_to(viewer)] == ["Files that were not kept.txt"]
    assert not Attachment.objects.visible_to(cast.at_desk(cast.pia)).exists()


def test_the_desk_page_shows_it(cast, client):
    told = take(mail("kim@orchid.example", files={"big.pdf": LARGE}))
    client.force_login(cast.ana)
    page = client.get(f"/desk/cases/{told.case_number}").content.decode()
    assert "Files that were not kept.txt" in page


def test_a_reply_lands_as_well(cast):
    take(mail("kim@orchid.example"))
    address = reply_to(latest_to("kim@orchid.example"))
    told = take(
        mail("kim@orchid.example", text="Here it is.", to=address, files={"big.pdf": LARGE}), to=address
    )
    assert told.outcome == "appended"
    assert "big.pdf" in note_on(Message.objects.get(text="Here it is."))


def test_the_note_is_written_in_the_organisations_room_however_full(cast):
    StorageUse.objects.create(organisation=cast.larkfield, bytes=10**9)
    take(mail("kim@orchid.example", files={"small.pdf": SMALL}))
    note = Attachment.objects.get()
    assert StorageUse.objects.get(organisation=cast.larkfield).bytes == 10**9 + note.file.size


def test_the_mail_itself_stays_as_it_came(cast):
    raw = mail("kim@orchid.example", files={"big.pdf": LARGE})
    take(raw)
    assert bytes(RawMail.objects.get().content) == raw
