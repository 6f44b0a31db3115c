"""Raising a case in the portal, without scripts: every step, every refusal, nothing lost, once only."""

import io
import threading
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from caseway.cases.creation.fields import NewCase
from caseway.cases.creation.submitting import submit
from caseway.cases.files.actions import upload
from caseway.cases.lifecycle import actions as lifecycle
from caseway.cases.models import Case, CaseDraft, Category, GuideTopic, GuideUse, Message, Side
from caseway.cases.status import Status
from caseway.cases.tests.story import closure_reason, raised_by_kim
from caseway.cases.types import CaseType, Source
from caseway.core.clock import now
from caseway.core.errors import Invalid
from caseway.demo.cast import Cast, make_cast
from caseway.guidance.models import Guide
from caseway.guidance.tests.writing import guide_of, larkfields
from caseway.portal.tests.people import browser, shipment_for

from .way import NEW, Way, hidden, item

WORDS = {"subject": "Cracked top", "description": "The top has a crack."}


def raised() -> Case:
    return Case.objects.latest("pk")


def side() -> Side:
    return Side.objects.select_related("category").get(case=raised())


def guide_on_damage(cast: Cast) -> Guide:
    guide = guide_of(larkfields(cast), "Report damage", "Send photos.")
    GuideTopic.objects.create(guide=guide, category=item(cast))
    return guide


def test_the_whole_way_without_scripts(cast: Cast) -> None:
    shipment_for(cast)
    guide_on_damage(cast)
    kim = Way(cast, cast.kim, client=browser(cast.kim, host="garden.localhost"))
    topics = kim.client.get(NEW).content.decode()
    assert "What is it about?" in topics
    assert f'name="category" value="{item(cast).pk}"' in topics
    guidance = kim.begin().see("guidance")
    assert "Report damage" in guidance
    assert f'href="{kim.url("shipment")}"' in guidance
    page = kim.see("shipment")
    found = kim.send("shipment", "find", page, **{"p-shipment-q": "shp-22"}).content.decode()
    assert 'value="SHP-2209417"' in found
    assert "1 shipment matches “shp-22”." in found
    answer = kim.send("shipment", "continue", page, shipment="SHP-2209417")
    assert answer["Location"] == kim.url("content")
    page = kim.see("content")
    assert "SHP-2209417" in page
    photo = SimpleUploadedFile("note.txt", b"note")
    answer = kim.send("content", "submit", page, **WORDS, files=photo)
    case = raised()
    assert (answer.status_code, answer["Location"]) == (302, f"/portal/cases/{case.number}/created/")
    confirmation = kim.client.get(answer["Location"]).content.decode()
    assert case.number in confirmation
    assert "View my case" in confirmation
    for chosen in (item(cast).label, "SHP-2209417"):
        assert f"<small>{chosen}</small>" in confirmation
    assert (case.status, case.source, case.type) == (Status.NEW, Source.PORTAL, CaseType.DAMAGED)
    assert (case.contact, case.account) == (cast.contact(cast.kim), cast.orchid)
    assert (case.brand, case.shipment and case.shipment.number) == (cast.garden_brand, "SHP-2209417")
    assert side().category == item(cast)
    assert [file.name for file in Message.objects.get(case=case).attachments.all()] == ["note.txt"]
    assert not CaseDraft.objects.exists()


def test_each_step_says_where_it_is(cast: Cast) -> None:
    guide_on_damage(cast)
    kim = Way(cast, cast.kim).begin()
    for number, step in enumerate(("topic", "guidance", "shipment", "content"), 1):
        page = kim.see(step)
        assert f"Step {number} of 5" in page
        assert page.count('aria-current="step"') == 1


def test_who_is_not_a_customer_can_not(cast: Cast) -> None:
    kim = Way(cast, cast.kim).begin()
    for stranger in (cast.ana, cast.omar, cast.pia, cast.root, cast.jo, cast.max):
        other = Way(cast, stranger, key=kim.key)
        for step in ("", "topic", "guidance", "shipment", "content"):
            assert other.client.get(other.url(step)).status_code == 404
            assert other.client.post(other.url(step), WORDS | {"do": "submit"}).status_code == 404
        assert other.autosave("content", **WORDS).status_code == 404
    for agent in (cast.ana, cast.pia):
        assert browser(agent).get(NEW).status_code == 404
        assert browser(agent).post(NEW, {"category": str(item(cast).pk)}).status_code == 404
    assert not Case.objects.exists()
    assert kim.draft.content["subject"] == ""


def test_later_steps_wait_for_the_earlier_ones_and_lose_nothing(cast: Cast) -> None:
    kim = Way(cast, cast.kim).begin()
    kim.autosave("content", **WORDS)
    Category.objects.filter(pk=item(cast).pk).update(is_active=False)
    for step in ("guidance", "shipment", "content"):
        assert kim.client.get(kim.url(step))["Location"] == kim.url("topic")
    answer = kim.send("content", "submit", subject="Changed", description="More words")
    assert answer["Location"] == kim.url("topic")
    assert kim.draft.content["description"] == "More words"
    Category.objects.filter(pk=item(cast).pk).update(is_active=True)
    CaseDraft.objects.update(content=kim.draft.content | {"shipment": "SHP-0"})
    assert kim.client.get(kim.url("content"))["Location"] == kim.url("shipment")
    assert "No shipment has this number." in kim.see("shipment")


def test_back_keeps_everything(cast: Cast) -> None:
    shipment_for(cast)
    guide_on_damage(cast)
    kim = Way(cast, cast.kim).begin()
    kim.send("shipment", "continue", shipment="SHP-2209417")
    assert kim.send("content", "back", kim.see("content"), **WORDS)["Location"].startswith(
        kim.url("shipment")
    )
    page = kim.see("shipment")
    assert 'value="SHP-2209417" checked' in page
    assert kim.send("shipment", "back", page, shipment="SHP-2209417")["Location"].startswith(
        kim.url("guidance")
    )
    assert kim.send("shipment", "topic", page, shipment="SHP-2209417")["Location"] == kim.url("topic")
    other = item(cast, CaseType.LOST)
    page = kim.see("topic")
    assert "Continue" in page
    kim.send("topic", "", page, category=str(other.pk))
    page = kim.see("content")
    for kept in ("Cracked top", "The top has a crack.", "SHP-2209417", other.label):
        assert kept in page


def test_guidance_is_passed_over_where_there_is_none_both_ways(cast: Cast) -> None:
    kim = Way(cast, cast.kim).begin()
    assert kim.client.get(kim.url("guidance"))["Location"] == kim.url("shipment")
    assert kim.client.get(kim.url("guidance") + "?back=1")["Location"] == kim.url("topic")


def test_a_guide_that_solved_it_ends_there_until_the_case_is_raised_after_all(cast: Cast) -> None:
    guide = guide_on_damage(cast)
    kim = Way(cast, cast.kim).begin()
    kim.autosave("content", **WORDS)
    kim.see("guidance")
    sent = {"form": str(kim.key), "category": str(item(cast).pk)}
    page = kim.client.post(f"/portal/guidance/{guide.pk}/solution/", sent).content.decode()
    assert "Good that it is solved" in page
    assert kim.url() in page
    assert GuideUse.objects.filter(kind="solved").count() == 1
    assert "The top has a crack." not in kim.client.get(NEW).content.decode()
    assert kim.client.get(kim.url())["Location"] == kim.url("content")
    assert "The top has a crack." in kim.see("content")
    kim.send("content", "submit", kim.see("content"), **WORDS)
    assert Case.objects.count() == 1
    assert not GuideUse.objects.filter(kind="solved").exists()


def test_a_shipment_is_chosen_found_or_left_out_never_missed(cast: Cast) -> None:
    shipment_for(cast)
    kim = Way(cast, cast.kim).begin()
    typed = {"p-shipment-q": "SHP-2209417"}
    page = kim.send("shipment", "continue", kim.see("shipment"), **typed)
    assert page.status_code == 422
    assert "Choose your shipment below" in page.content.decode()
    again = kim.send("shipment", "continue", page.content.decode(), **typed, asked="SHP-2209417")
    assert again["Location"] == kim.url("content")
    kim.send("shipment", "continue", shipment="SHP-2209417")
    assert kim.send("shipment", "skip", shipment="SHP-2209417")["Location"] == kim.url("content")
    assert kim.draft.content["shipment"] == ""
    assert kim.send("shipment", "continue", shipment="SHP-0").status_code == 422


def test_an_items_usual_subject_is_suggested(cast: Cast) -> None:
    Category.objects.filter(pk=item(cast).pk).update(default_subject="Something arrived damaged")
    kim = Way(cast, cast.kim).begin()
    page = kim.see("content")
    assert 'value="Something arrived damaged"' in page
    assert kim.draft.content["subject"] == ""
    kim.send("content", "back", page, subject="My own")
    assert 'value="My own"' in kim.see("content")


def test_a_form_sent_twice_makes_one_case(cast: Cast) -> None:
    kim = Way(cast, cast.kim).begin()
    page = kim.see("content")
    first, second = (kim.send("content", "submit", page, **WORDS)["Location"] for _ in range(2))
    assert first == second
    assert Case.objects.count() == 1
    for step in ("topic", "guidance", "shipment", "content"):
        assert kim.client.get(kim.url(step))["Location"] == first
    Way(cast, cast.kim, client=kim.client).begin().send("content", "submit", **WORDS)
    assert Case.objects.count() == 2


def test_what_is_written_after_it_was_sent_is_not_lost(cast: Cast) -> None:
    kim = Way(cast, cast.kim).begin()
    kim.send("content", "submit", **WORDS)
    answer = kim.send("content", "submit", subject="Cracked top", description="And a leg is missing.")
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "And a leg is missing." in page
    assert f"/portal/cases/{raised().number}/" in page
    assert Case.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"subject": " "}, "Give the case a subject."),
        ({"subject": "x" * 251}, "Keep the subject under"),
        ({"description": " "}, "Say what happened."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(cast: Cast, wrong: dict[str, str], words: str) -> None:
    file = upload(io.BytesIO(b"note"), "note.txt", by=cast.in_portal(cast.kim))
    kept = {"subject": "Cracked top & more", "description": "The top <has> a crack."} | wrong
    kim = Way(cast, cast.kim).begin()
    attached = {} if wrong.get("description") else {"attachments": str(file.pk)}
    response = kim.send("content", "submit", **kept, **attached)
    page = response.content.decode()
    assert not Case.objects.exists()
    assert response.status_code == 422
    assert words in page
    assert page.count('aria-invalid="true"') == 1
    assert ("subject" in wrong) or "Cracked top &amp; more" in page
    assert ("description" in wrong) or ("The top &lt;has&gt; a crack." in page and str(file.pk) in page)
    assert kim.draft.content["subject"] == kept["subject"]


def test_an_item_must_be_chosen(cast: Cast) -> None:
    others = Category.objects.filter(organisation=cast.quillon, parent__isnull=False).earliest("pk")
    client = browser(cast.kim)
    for wrong in ("", "999999999", str(others.pk), "\0"):
        response = client.post(NEW, {"category": wrong})
        assert response.status_code == 422
        assert "Choose what it is about." in response.content.decode()
    assert not CaseDraft.objects.exists()


def test_a_file_stands_for_words(cast: Cast) -> None:
    file = upload(io.BytesIO(b"note"), "note.txt", by=cast.in_portal(cast.kim))
    kim = Way(cast, cast.kim).begin()
    sent = {"subject": "Cracked", "description": "", "attachments": str(file.pk)}
    assert kim.send("content", "submit", **sent).status_code == 302
    assert Case.objects.count() == 1


def test_a_refused_file_keeps_everything_else(cast: Cast) -> None:
    files = [SimpleUploadedFile("good.txt", b"good"), SimpleUploadedFile("bad.exe", b"MZ")]
    kim = Way(cast, cast.kim).begin()
    response = kim.send("content", "submit", **WORDS, files=files)
    page = response.content.decode()
    assert response.status_code == 422
    assert "bad.exe was refused" in page
    assert "good.txt" in page
    assert "The top has a crack." in page
    assert not Case.objects.exists()
    assert "good.txt" in kim.see("content")


def test_foreign_things_are_refused_whole(cast: Cast) -> None:
    theirs = shipment_for(cast, "SHP-THEIRS", account=cast.fernwood)
    file = upload(io.BytesIO(b"secret"), "secret.txt", by=cast.in_portal(cast.max))
    foreign_case = raised_by_kim(cast)
    jo = Way(cast, cast.jo).begin()
    for number in (theirs.number, str(theirs.pk)):
        assert jo.send("shipment", "continue", shipment=number).status_code == 422
        assert jo.client.post(jo.url("content"), WORDS | {"do": "submit"})["Location"] == jo.url("shipment")
    jo.send("shipment", "skip")
    assert jo.send("content", "submit", **WORDS, attachments=str(file.pk)).status_code == 422
    sent = {"category": str(item(cast).pk), "follow_up": foreign_case.number}
    assert jo.client.post(NEW, sent).status_code == 404
    assert Case.objects.get() == foreign_case
    file.refresh_from_db()
    assert file.message is None


def test_agents_fields_in_the_form_change_nothing(cast: Cast) -> None:
    extra = {"priority": "4", "contact": str(cast.contact(cast.max).pk), "tags": "vip", "crm_number": "1"}
    kim = Way(cast, cast.kim).begin(**extra)
    kim.send(
        "content", "submit", **WORDS, **extra, source="email", type="lost", owner="ana@larkfield.example"
    )
    case = raised()
    assert (case.contact, case.type, case.source) == (
        cast.contact(cast.kim),
        CaseType.DAMAGED,
        Source.PORTAL,
    )
    assert (side().tags, side().crm_number, side().owner) == ([], "", None)


def test_only_their_shipments_are_found(cast: Cast) -> None:
    shipment_for(cast)
    shipment_for(cast, "SHP-2299", account=cast.fernwood)
    jo = browser(cast.jo)
    answer = jo.get(f"{NEW}shipment/", {"p-shipment-q": "SHP 22"}).content.decode()
    assert "SHP-2209417" in answer
    assert "SHP-2299" not in answer
    assert "Enter three characters" in jo.get(f"{NEW}shipment/?p-shipment-q=S").content.decode()
    chosen = {"p-shipment-q": "zzz", "shipment": "SHP-2209417"}
    answer = jo.get(f"{NEW}shipment/", chosen).content.decode()
    assert "None of your shipments" in answer
    assert 'value="SHP-2209417" checked' in answer


def test_a_case_that_is_open_on_the_shipment_is_pointed_at(cast: Cast) -> None:
    case = raised_by_kim(cast)
    Case.objects.filter(pk=case.pk).update(shipment=shipment_for(cast))
    kim, jo = (Way(cast, one).begin(shipment="SHP-2209417") for one in (cast.kim, cast.jo))
    for step in ("shipment", "content"):
        assert f"/portal/cases/{case.number}/" in kim.see(step)
        assert case.number not in jo.see(step)


def test_raised_about_a_shipment_it_is_chosen_already(cast: Cast) -> None:
    shipment_for(cast)
    kim = Way(cast, cast.kim)
    page = kim.client.get(f"{NEW}?shipment=SHP-2209417").content.decode()
    assert "This is about the shipment SHP-2209417." in page
    assert 'name="shipment" value="SHP-2209417"' in page
    assert 'value="SHP-2209417" checked' in kim.begin(shipment="SHP-2209417").see("shipment")


def test_a_follow_up_begins_with_what_is_known_and_is_linked(cast: Cast) -> None:
    shipment_for(cast)
    kim = Way(cast, cast.kim).begin(shipment="SHP-2209417")
    kim.send("content", "submit", **WORDS)
    old = raised()
    lifecycle.close(old, by=cast.at_desk(cast.lea), reason=closure_reason(cast).pk, note="done")
    Case.objects.filter(pk=old.pk).update(closed_at=now() - timedelta(days=40))
    page = kim.client.get(f"{NEW}?follow_up={old.number}").content.decode()
    assert f"follow-up of {old.number}" in page
    kim.begin(follow_up=old.number)
    page = kim.see("content")
    assert 'value="Cracked top"' in page
    assert "SHP-2209417" in page
    kim.send("content", "submit", page, subject="Cracked top", description="Again")
    assert raised().follow_up_of == old
    assert browser(cast.max).get(f"{NEW}?follow_up={old.number}").status_code == 404


def test_steps_cost_few_queries(cast: Cast, django_assert_max_num_queries) -> None:
    guide_on_damage(cast)
    for number in range(9):
        shipment_for(cast, f"SHP-22{number}")
    kim = Way(cast, cast.kim).begin(shipment="SHP-221")
    kim.autosave("content", **WORDS)
    for address, most in (
        (NEW, 9),
        (kim.url("topic"), 8),
        (kim.url("guidance"), 16),
        (kim.url("shipment"), 11),
        (kim.url("content"), 12),
        (f"{NEW}shipment/?p-shipment-q=SHP-22", 6),
    ):
        with django_assert_max_num_queries(most):
            assert kim.client.get(address).status_code == 200


def test_a_refused_form_may_be_sent_again(cast: Cast) -> None:
    kim, token = cast.in_portal(cast.kim), uuid4()
    wrong = NewCase(subject="Cracked", description="The top", category=item(cast).pk, shipment="SHP-0")
    with pytest.raises(Invalid):
        submit(wrong, by=kim, token=token)
    right = NewCase(subject="Cracked", description="The top", category=item(cast).pk)
    assert submit(right, by=kim, token=token).number


@pytest.mark.django_db(transaction=True)
def test_a_double_click_makes_one_case() -> None:
    cast = make_cast()
    kim = Way(cast, cast.kim).begin()
    fields = {**hidden(kim.see("content")), **WORDS, "do": "submit"}
    answers: list[tuple[int, str]] = []
    start = threading.Barrier(8)
    clients = [_same_browser(kim.client) for _ in range(8)]

    def press(client: Client) -> None:
        start.wait()
        try:
            answer = client.post(kim.url("content"), fields)
            answers.append((answer.status_code, answer.headers.get("Location", "")))
        finally:
            connection.close()

    presses = [threading.Thread(target=press, args=(client,)) for client in clients]
    for press_ in presses:
        press_.start()
    for press_ in presses:
        press_.join()
    assert len(answers) == 8
    assert set(answers) == {(302, f"/portal/cases/{Case.objects.get().number}/created/")}


def _same_browser(client: Client) -> Client:
    twin = browser()
    twin.cookies = client.cookies
    return twin
