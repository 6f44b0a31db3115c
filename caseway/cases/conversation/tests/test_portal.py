"""Commenting in the portal: with and without scripts, on active and on solved cases."""

import io
import threading
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from caseway.accounts.models import Person
from caseway.cases.conversation.commenting import comment
from caseway.cases.files.actions import upload
from caseway.cases.lifecycle import actions as lifecycle
from caseway.cases.merging import actions as merging
from caseway.cases.models import Attachment, Case, CaseEvent, Draft, Message
from caseway.cases.status import Status
from caseway.cases.tests.story import closure_reason, fresh, raised_by_kim, says
from caseway.cases.types import Audience, Source
from caseway.core.clock import now
from caseway.demo.cast import Cast, make_cast


def browser(person: Person, *, htmx: bool = False) -> Client:
    headers = {"host": "larkfield.localhost"} | ({"HX-Request": "true"} if htmx else {})
    client = Client(headers=headers)
    client.force_login(person)
    return client


def address(case: Case, more: str = "comments/") -> str:
    return f"/portal/cases/{case.number}/{more}"


def closed(cast: Cast, days_ago: int = 0) -> Case:
    case = raised_by_kim(cast)
    lifecycle.close(case, by=cast.at_desk(cast.lea), reason=closure_reason(cast).pk, note="done")
    Case.objects.filter(pk=case.pk).update(closed_at=now() - timedelta(days=days_ago))
    return fresh(case)


def words_on(case: Case) -> list[str]:
    return list(Message.objects.filter(case=case).order_by("pk").values_list("text", flat=True))[1:]


def test_a_comment_is_posted_and_moves_the_case_to_us(cast: Cast) -> None:
    case = raised_by_kim(cast)
    says(case, cast.at_desk(cast.ana), Audience.CUSTOMER, "Which colour?")
    response = browser(cast.kim).post(address(case), {"text": "Blue", "token": str(uuid4())})
    assert (response.status_code, response["Location"]) == (302, f"/portal/cases/{case.number}/#latest")
    message = Message.objects.filter(case=case).latest("pk")
    assert (message.text, message.source, message.author_contact) == (
        "Blue",
        Source.PORTAL,
        cast.contact(cast.kim),
    )
    assert fresh(case).status == Status.PENDING_AGENT
    assert CaseEvent.objects.filter(case=case, kind="message.posted").count() == 3


def test_the_account_administrator_comments_for_a_colleague(cast: Cast) -> None:
    case = raised_by_kim(cast)
    jo = cast.contact(cast.jo)
    Case.objects.filter(pk=case.pk).update(contact=jo)
    assert browser(cast.kim).post(address(case), {"text": "Together"}).status_code == 302
    assert words_on(case) == ["Together"]


def test_others_can_not_comment_nor_draft(cast: Cast) -> None:
    case = raised_by_kim(cast)
    for stranger in (cast.jo, cast.max, cast.ana, cast.pia):
        for more in ("comments/", "draft/"):
            assert browser(stranger).post(address(case, more), {"text": "Me too"}).status_code == 404
    assert words_on(case) == []
    assert not Draft.objects.exists()


def test_sent_twice_is_said_once(cast: Cast) -> None:
    case, client, sent = raised_by_kim(cast), browser(cast.kim), {"text": "Once", "token": str(uuid4())}
    for _ in range(2):
        assert client.post(address(case), sent).status_code == 302
    assert words_on(case) == ["Once"]
    client.post(address(case), {"text": "Once", "token": str(uuid4())})
    assert words_on(case) == ["Once", "Once"]


def test_an_empty_comment_is_asked_for_again(cast: Cast) -> None:
    case = raised_by_kim(cast)
    response = browser(cast.kim).post(address(case), {"text": "  "})
    assert response.status_code == 422
    assert "Write something first." in response.content.decode()


def test_htmx_gets_the_box_or_the_word_that_it_was_said(cast: Cast) -> None:
    case, client = raised_by_kim(cast), browser(cast.kim, htmx=True)
    refused = client.post(address(case), {"text": ""})
    assert refused.status_code == 422
    assert "<html" not in refused.content.decode()
    assert 'aria-invalid="true"' in refused.content.decode()
    said = client.post(address(case), {"text": "Hello"})
    assert (said.status_code, said["HX-Trigger"]) == (204, '{"caseway:said": {}}')


def test_files_come_with_it_sent_before_or_with_the_form(cast: Cast) -> None:
    case = raised_by_kim(cast)
    before = upload(io.BytesIO(b"one"), "one.txt", by=cast.in_portal(cast.kim))
    sent = {"text": "", "attachments": [str(before.pk)], "files": SimpleUploadedFile("two.txt", b"two")}
    assert browser(cast.kim).post(address(case), sent).status_code == 302
    message = Message.objects.filter(case=case).latest("pk")
    assert [file.name for file in message.attachments.all()] == ["one.txt", "two.txt"]


def test_a_refused_file_loses_neither_words_nor_other_files(cast: Cast) -> None:
    case = raised_by_kim(cast)
    files = [SimpleUploadedFile("good.txt", b"good"), SimpleUploadedFile("bad.exe", b"MZ")]
    response = browser(cast.kim).post(address(case), {"text": "My long words", "files": files})
    page = response.content.decode()
    assert response.status_code == 422
    assert "My long words" in page
    assert "bad.exe was refused" in page
    assert str(Attachment.objects.get(name="good.txt").pk) in page
    assert words_on(case) == []


def test_a_strangers_file_refuses_the_whole_comment(cast: Cast) -> None:
    case = raised_by_kim(cast)
    foreign = upload(io.BytesIO(b"secret"), "secret.txt", by=cast.in_portal(cast.max))
    for ids in ([str(foreign.pk)], ["no-id"], [str(uuid4())]):
        response = browser(cast.kim).post(address(case), {"text": "Look", "attachments": ids})
        assert response.status_code == 422
        assert "secret.txt" not in response.content.decode()
    assert words_on(case) == []
    assert Attachment.objects.get(pk=foreign.pk).message is None


def test_a_closed_case_asks_whether_to_reopen(cast: Cast) -> None:
    case = closed(cast)
    response = browser(cast.kim).post(address(case), {"text": "Still broken"})
    assert response.status_code == 422
    page = response.content.decode()
    assert "Say whether we should take the case up again." in page
    assert "Still broken" in page
    assert words_on(case) == []


@pytest.mark.parametrize(("answer", "status"), [("yes", Status.OPEN), ("no", Status.CLOSED)])
def test_the_answer_decides(cast: Cast, answer: str, status: Status) -> None:
    case = closed(cast)
    assert browser(cast.kim).post(address(case), {"text": "Still", "reopen": answer}).status_code == 302
    assert fresh(case).status == status
    assert words_on(case) == ["Still"]


def test_a_withdrawn_case_may_be_taken_up_again(cast: Cast) -> None:
    case = raised_by_kim(cast)
    lifecycle.withdraw(case, by=cast.in_portal(cast.kim), note="Found it")
    browser(cast.kim).post(address(case), {"text": "No, not found", "reopen": "yes"})
    assert fresh(case).status == Status.OPEN


def test_too_late_nothing_is_said_and_a_follow_up_is_offered(cast: Cast) -> None:
    case = closed(cast, days_ago=15)
    response = browser(cast.kim).post(address(case), {"text": "Much later", "reopen": "yes"})
    page = response.content.decode()
    assert response.status_code == 422
    assert f"/portal/cases/new/?follow_up={case.number}" in page
    assert "Much later" in page
    assert (words_on(case), fresh(case).status) == ([], Status.CLOSED)


def test_on_a_merged_case_nothing_is_lost(cast: Cast) -> None:
    merged, survivor = raised_by_kim(cast), raised_by_kim(cast)
    merging.merge(merged, by=cast.at_desk(cast.lea), into=survivor)
    response = browser(cast.kim).post(address(merged), {"text": "Which one?"})
    assert response.status_code == 422
    assert "The conversation goes on" in response.content.decode()


def test_a_draft_is_kept_shown_and_ends_with_the_comment(cast: Cast) -> None:
    case, client = raised_by_kim(cast), browser(cast.kim)
    assert client.post(address(case, "draft/"), {"text": "Half a th", "audience": "team"}).status_code == 204
    assert "Half a th</textarea>" in client.get(f"/portal/cases/{case.number}/").content.decode()
    assert Draft.objects.get().audience == Audience.CUSTOMER
    client.post(address(case), {"text": "Half a thought, finished"})
    assert not Draft.objects.exists()
    client.post(address(case, "draft/"), {"text": "Another"})
    client.post(address(case, "draft/"), {"text": " "})
    assert not Draft.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_double_click_says_it_once() -> None:
    cast = make_cast()
    case, kim, token = raised_by_kim(cast), cast.in_portal(cast.kim), uuid4()
    start = threading.Barrier(8)

    def press() -> None:
        start.wait()
        try:
            comment(case, by=kim, text="Once", token=token)
        finally:
            connection.close()

    presses = [threading.Thread(target=press) for _ in range(8)]
    for press_ in presses:
        press_.start()
    for press_ in presses:
        press_.join()
    assert words_on(case) == ["Once"]
