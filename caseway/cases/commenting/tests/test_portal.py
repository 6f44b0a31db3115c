"""Commenting in the portal: with and without scripts, on active and on solved cases."""

import io
import threading
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from caseway.accounts.models import Person
from caseway.cases.commenting.actions import Comment, comment
from caseway.cases.conversation.drafts import save_draft
from caseway.cases.creation.actions import create
from caseway.cases.creation.fields import NewCase
from caseway.cases.files.actions import upload
from caseway.cases.lifecycle import actions as lifecycle
from caseway.cases.merging import actions as merging
from caseway.cases.models import Attachment, Case, CaseEvent, Draft, Message
from caseway.cases.status import Status
from caseway.cases.tests.story import closure_reason, fresh, raised_by_kim, says, side_of
from caseway.cases.types import Audience, Source
from caseway.core.clock import now
from caseway.core.errors import DomainError, Invalid
from caseway.demo.cast import Cast, make_cast
from caseway.portal.tests.people import item_for, shipment_for


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


def test_too_late_a_follow_up_is_made_of_it(cast: Cast) -> None:
    case, client = closed(cast, days_ago=15), browser(cast.kim)
    file = upload(io.BytesIO(b"one"), "one.txt", by=cast.in_portal(cast.kim))
    page = client.get(address(case, "")).content.decode()
    assert "Raise a follow-up case" in page
    assert "Reopen the case?" not in page
    sent = {"text": "Much later", "reopen": "yes", "attachments": [str(file.pk)], "token": str(uuid4())}
    answers = [client.post(address(case), sent) for _ in range(2)]
    made = Case.objects.get(follow_up_of=case)
    assert [answer["Location"] for answer in answers] == [f"/portal/cases/{made.number}/"] * 2
    assert (words_on(case), fresh(case).status) == ([], Status.CLOSED)
    first = Message.objects.get(case=made)
    assert (first.text, [file.name for file in first.attachments.all()]) == ("Much later", ["one.txt"])
    page = client.get(address(made, "")).content.decode()
    assert case.number in page
    assert f"We made {made.number} of what you wrote" in page
    assert made.number in client.get(address(case, "")).content.decode()


def test_a_follow_up_takes_along_what_it_is_about(cast: Cast) -> None:
    shipment, item = shipment_for(cast), item_for(cast)
    case = create(
        NewCase(subject="Broken", description="x", category=item.pk, shipment=shipment.number),
        by=cast.in_portal(cast.kim),
    )
    lifecycle.close(case, by=cast.at_desk(cast.lea), reason=closure_reason(cast).pk, note="done")
    Case.objects.filter(pk=case.pk).update(closed_at=now() - timedelta(days=15))
    browser(cast.kim).post(address(case), {"text": "Still"})
    side = side_of(Case.objects.get(follow_up_of=case), cast.larkfield)
    assert (side.subject, side.category, side.case.shipment) == ("Broken", item, shipment)
    assert side.case.source == Source.PORTAL


def test_a_follow_up_ends_no_other_draft_but_its_own(cast: Cast) -> None:
    case, client = closed(cast, days_ago=15), browser(cast.kim)
    save_draft(cast.in_portal(cast.kim), None, Audience.CUSTOMER, {"subject": "Another matter"})
    client.post(address(case, "draft/"), {"text": "Much la"})
    client.post(address(case), {"text": "Much later"})
    assert [draft.content for draft in Draft.objects.all()] == [{"subject": "Another matter"}]


def test_a_follow_up_needs_words_and_own_files(cast: Cast) -> None:
    case = closed(cast, days_ago=15)
    foreign = upload(io.BytesIO(b"secret"), "secret.txt", by=cast.in_portal(cast.max))
    for sent in ({"text": " "}, {"text": "Look", "attachments": [str(foreign.pk)]}):
        response = browser(cast.kim).post(address(case), sent)
        assert response.status_code == 422
        assert 'aria-invalid="true"' in response.content.decode()
    assert not Case.objects.filter(follow_up_of=case).exists()


def test_what_is_written_on_a_merged_case_stands_on_the_survivor(cast: Cast) -> None:
    merged, survivor = raised_by_kim(cast), raised_by_kim(cast)
    merging.merge(merged, by=cast.at_desk(cast.lea), into=survivor)
    response = browser(cast.kim, htmx=True).post(address(merged), {"text": "Which one?"})
    assert response["HX-Redirect"] == address(survivor, "")
    assert (words_on(merged), words_on(survivor)) == ([], ["Which one?"])
    assert "was joined with" in browser(cast.kim).get(address(merged, "")).content.decode()


def test_a_survivor_that_is_not_theirs_gets_nothing_and_they_go_on_where_they_were(cast: Cast) -> None:
    merged, survivor = raised_by_kim(cast), raised_by_kim(cast)
    merging.merge(merged, by=cast.at_desk(cast.lea), into=survivor)
    Case.objects.filter(pk=survivor.pk).update(contact=cast.contact(cast.max), account=cast.fernwood)
    response = browser(cast.kim).post(address(merged), {"text": "Which one?"}, follow=True)
    page = response.content.decode()
    assert merged.number in response.redirect_chain[-1][0]
    assert "Which one?" in page
    assert survivor.number not in page
    assert words_on(survivor) == []
    assert words_on(merged)[-1:] == ["Which one?"]


def test_a_cancelled_case_returns_to_the_status_before(cast: Cast) -> None:
    case = raised_by_kim(cast)
    says(case, cast.at_desk(cast.ana), Audience.CUSTOMER, "Which colour?")
    lifecycle.cancel(case, by=cast.at_desk(cast.lea), note="wrong")
    assert "This case was cancelled. Reopen the case?" in (
        browser(cast.kim).get(address(case, "")).content.decode()
    )
    browser(cast.kim).post(address(case), {"text": "Please go on", "reopen": "yes"})
    assert fresh(case).status == Status.PENDING_AGENT  # it waited for the customer, who wrote


def test_the_days_are_those_of_the_policy(cast: Cast) -> None:
    case = closed(cast, days_ago=3)
    cast.larkfield.stored_policy = {"customer_reopens_within_days": 2}
    cast.larkfield.save()
    browser(cast.kim).post(address(case), {"text": "Still"})
    assert Case.objects.filter(follow_up_of=case).count() == 1


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
            comment(case, Comment("Once"), by=kim, token=token)
        finally:
            connection.close()

    presses = [threading.Thread(target=press) for _ in range(8)]
    for press_ in presses:
        press_.start()
    for press_ in presses:
        press_.join()
    assert words_on(case) == ["Once"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("reopen", [True, None])
def test_an_agent_reopens_while_the_customer_confirms(reopen: bool | None) -> None:
    """Whoever comes second finds the case open: one reopening, and the words are there."""
    cast = make_cast()
    case, kim, lea = closed(cast), cast.in_portal(cast.kim), cast.at_desk(cast.lea)
    start, refusals = threading.Barrier(2), []

    def act(do: Callable[[], object]) -> None:
        start.wait()
        try:
            do()
        except DomainError as refusal:
            refusals.append(refusal)
        finally:
            connection.close()

    said = Comment("Still broken", reopen=reopen)
    acts: list[Callable[[], object]] = [
        lambda: comment(case, said, by=kim, token=uuid4()),
        lambda: lifecycle.reopen(case, by=lea),
    ]
    threads = [threading.Thread(target=act, args=[one]) for one in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert CaseEvent.objects.filter(case=case, kind="case.reopened").count() == 1
    assert fresh(case).is_active
    if reopen:
        assert words_on(case) == ["Still broken"]
    else:  # an unanswered question asks again where it came first; nothing was said then
        assert words_on(case) == ["Still broken"] or [type(r) for r in refusals] == [Invalid]
