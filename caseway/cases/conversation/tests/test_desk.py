"""Writing to customer, partner and colleagues, as an agent does it in a browser."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from caseway.cases.conversation.drafts import drafts_of
from caseway.cases.files.tests.sending import send
from caseway.cases.models import Case, Message
from caseway.cases.once import form_token
from caseway.cases.status import Status
from caseway.cases.tests.browsing import Desk, words_of
from caseway.cases.tests.story import closure_reason, fresh, raised_by_kim, says, shared_with_brightwater
from caseway.cases.types import Audience
from caseway.demo.cast import Cast

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360000000"
    "000200015e2a2d0b0000000049454e44ae426082"
)


@pytest.fixture
def case(cast: Cast) -> Case:
    case = raised_by_kim(cast)
    Desk(cast.ana, case).do("claim")
    return fresh(case)


def test_an_answer_to_the_customer_waits_for_the_customer(cast: Cast, case: Case) -> None:
    ana = Desk(cast.ana, case)
    assert "Send and set Pending from customer" in ana.read()
    assert ana.do("messages", audience="customer", text="It comes on Friday.").status_code == 302
    assert fresh(case).status == Status.PENDING_CUSTOMER
    page = ana.read()
    assert "It comes on Friday." in page
    assert "To Kim Tran" in page


def test_send_only_leaves_the_status(cast: Cast, case: Case) -> None:
    Desk(cast.ana, case).do("messages", audience="customer", text="One moment.", set_status="stay")
    assert fresh(case).status == Status.OPEN


def test_send_and_close_asks_why_and_loses_nothing(cast: Cast, case: Case) -> None:
    ana = Desk(cast.ana, case)
    asked = ana.do("messages", audience="customer", text="Solved, I hope.", set_status="closed")
    assert "Solved, I hope." in words_of(asked)
    assert fresh(case).status == Status.OPEN
    again = ana.do("messages", audience="customer", text="Solved, I hope.", set_status="closed", asked="yes")
    assert again.status_code == 422
    assert "Choose a reason." in words_of(again)
    assert not Message.objects.filter(text="Solved, I hope.").exists()
    done = ana.do(
        "messages",
        audience="customer",
        text="Solved, I hope.",
        set_status="closed",
        asked="yes",
        reason=closure_reason(cast).pk,
        note="Done",
    )
    assert done.status_code == 302
    assert fresh(case).status == Status.CLOSED
    assert Message.objects.filter(text="Solved, I hope.").count() == 1


def test_send_and_put_on_hold(cast: Cast, case: Case) -> None:
    words = {
        "audience": "customer",
        "text": "We wait.",
        "set_status": "on_hold",
        "asked": "yes",
        "note": "Dock",
    }
    assert Desk(cast.ana, case).do("messages", **words).status_code == 302
    assert fresh(case).status == Status.ON_HOLD


def test_the_same_form_twice_is_one_message(cast: Cast, case: Case) -> None:
    ana, token = Desk(cast.ana, case), str(form_token())
    for _twice in range(2):
        assert ana.do("messages", audience="team", text="Once", token=token).status_code == 302
    assert Message.objects.filter(text="Once").count() == 1


def test_an_answer_that_came_meanwhile_is_shown_before_anything_is_sent(cast: Cast, case: Case) -> None:
    ana = Desk(cast.ana, case)
    seen = Message.objects.latest("pk").pk
    says(case, cast.at_desk(cast.ben), Audience.CUSTOMER, "Ben was quicker")
    assert ana.do("messages", audience="customer", text="My own answer", latest=seen).status_code == 302
    assert not Message.objects.filter(text="My own answer").exists()
    page = ana.read()
    assert "Ben Okafor wrote while you were writing." in page
    assert "Ben was quicker" in page
    assert "My own answer" in page
    newest = Message.objects.latest("pk").pk
    ana.do("messages", audience="customer", text="My own answer", latest=newest)
    assert Message.objects.filter(text="My own answer").count() == 1


def test_a_note_isnt_held_up_by_an_answer_to_the_customer(cast: Cast, case: Case) -> None:
    seen = Message.objects.latest("pk").pk
    says(case, cast.at_desk(cast.ben), Audience.CUSTOMER, "Ben was quicker")
    Desk(cast.ana, case).do("messages", audience="team", text="A note", latest=seen)
    assert Message.objects.filter(text="A note").exists()


def test_nothing_to_say_is_told_above_the_composer(cast: Cast, case: Case) -> None:
    ana = Desk(cast.ana, case)
    ana.do("messages", audience="customer", text="   ")
    assert "Write something first." in ana.read()


def test_drafts_are_kept_per_audience_and_end_with_the_message(cast: Cast, case: Case) -> None:
    ana = Desk(cast.ana, case)
    assert ana.do("draft", audience="customer", text="Dear Kim").status_code == 204
    assert ana.do("draft", audience="team", text="Between us").status_code == 204
    page = ana.read()
    assert "Dear Kim" in page
    assert "Between us" in page
    assert "Dear Kim" not in Desk(cast.ben, case).read()
    ana.do("messages", audience="team", text="Between us")
    assert set(drafts_of(cast.at_desk(cast.ana), case)) == {"customer"}
    ana.do("draft", audience="customer", text="")
    assert not drafts_of(cast.at_desk(cast.ana), case)


def test_files_are_uploaded_kept_with_the_draft_and_sent(cast: Cast, case: Case) -> None:
    ana = Desk(cast.ana, case)
    upload = send(ana, "top.png", PNG, "/desk/files/")
    assert upload.status_code == 201
    key = upload.json()["id"]
    ana.do("draft", audience="customer", text="See the picture", attachments=[key])
    assert "top.png" in ana.read()
    ana.do("messages", **{"audience": "customer", "text": "See the picture", "attachments-customer": [key]})
    message = Message.objects.get(text="See the picture")
    assert [one.name for one in message.attachments.all()] == ["top.png"]
    given = ana.get(f"/desk/files/{key}/")
    assert given["Content-Disposition"].startswith("attachment")
    assert Desk(cast.pia).get(f"/desk/files/{key}/").status_code == 404


def test_without_scripts_files_come_with_the_form_and_refusals_keep_the_words(cast: Cast, case: Case) -> None:
    ana = Desk(cast.ana, case)
    good = {"audience": "team", "text": "With a file", "files-team": SimpleUploadedFile("top.png", PNG)}
    ana.do("messages", **good)
    assert Message.objects.get(text="With a file").attachments.count() == 1
    bad = {"audience": "team", "text": "Kept words", "files-team": SimpleUploadedFile("run.exe", b"MZ")}
    ana.do("messages", **bad)
    page = ana.read()
    assert "run.exe was refused" in page
    assert "Kept words" in page
    assert not Message.objects.filter(text="Kept words").exists()


def test_the_partner_is_named_and_reads_nothing_of_the_customer(cast: Cast) -> None:
    case = shared_with_brightwater(cast)
    page = Desk(cast.ana, case).read()
    assert "Send to Brightwater Freight" in page
    assert "cases@brightwater.example" not in page
    Desk(cast.ana, case).do("messages", audience="partner", text="To both companies")
    Desk(cast.ana, case).do("messages", audience="customer", text="To Kim alone")
    theirs = Desk(cast.omar, case).read()
    assert "To both companies" in theirs
    assert "To Kim alone" not in theirs
    assert "Send to Larkfield Home" in theirs


def test_the_partner_cannot_write_to_the_customer(cast: Cast) -> None:
    case = shared_with_brightwater(cast)
    assert Desk(cast.omar, case).do("messages", audience="customer", text="Hello").status_code == 403
    assert not Message.objects.filter(text="Hello").exists()


def test_the_internal_record_is_for_owner_and_administrators(cast: Cast, case: Case) -> None:
    assert Desk(cast.ana, case).do("messages", audience="record", text="Margin").status_code == 302
    assert "Margin" in Desk(cast.ana, case).read()
    assert "Margin" in Desk(cast.admin, case).read()
    for person in (cast.ben, cast.lea):
        page = Desk(person, case).read()
        assert "Margin" not in page
        assert 'value="record"' not in page
    assert Desk(cast.lea, case).do("messages", audience="record", text="Mine").status_code == 403


def test_what_is_new_is_marked_until_it_was_seen(cast: Cast, case: Case) -> None:
    ana = Desk(cast.ana, case)
    assert ana.do("visit").status_code == 204
    assert "New since you last looked" not in ana.read()
    says(case, cast.in_portal(cast.kim), Audience.CUSTOMER, "Any news?")
    assert "New since you last looked" in ana.read()
    ana.do("visit")
    assert "New since you last looked" not in ana.read()


def test_strangers_say_and_keep_nothing(cast: Cast, case: Case) -> None:
    for person in (cast.pia, cast.omar, cast.kim):
        stranger = Desk(person, case)
        assert stranger.do("messages", audience="team", text="Boo").status_code == 404
        assert stranger.do("draft", audience="team", text="Boo").status_code == 404
        assert stranger.do("visit").status_code == 404
    assert not Message.objects.filter(text="Boo").exists()
