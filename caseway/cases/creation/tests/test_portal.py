"""Raising a case in the portal, without scripts: every step, every refusal, nothing lost, once only."""

import io
import re
import threading
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from caseway.accounts.models import Person
from caseway.cases.creation.fields import NewCase
from caseway.cases.creation.submitting import submit
from caseway.cases.files.actions import upload
from caseway.cases.lifecycle import actions as lifecycle
from caseway.cases.models import Case, Category, Draft, Message, Side
from caseway.cases.status import Status
from caseway.cases.tests.story import closure_reason, raised_by_kim
from caseway.cases.types import CaseType, Source
from caseway.core.clock import now
from caseway.core.errors import Invalid
from caseway.demo.cast import Cast, make_cast
from caseway.shipments.models import Shipment, ShipmentNumber
from caseway.shipments.queries import normal_number

NEW = "/portal/cases/new/"


def browser(person: Person, host: str = "larkfield.localhost") -> Client:
    client = Client(headers={"host": host})
    client.force_login(person)
    return client


def item(cast: Cast) -> Category:
    return Category.objects.get(organisation=cast.larkfield, case_type=CaseType.DAMAGED, parent__isnull=False)


def shipment(cast: Cast, number: str = "SHP-2209417", **more: object) -> Shipment:
    values: dict[str, object] = {"organisation": cast.larkfield, "account": cast.orchid, "goods": "Sideboard"}
    made = Shipment.objects.create(number=number, **(values | more))
    ShipmentNumber.objects.create(shipment=made, kind="shipment", value=normal_number(number))
    return made


def entered(cast: Cast, **more: object) -> dict[str, object]:
    return {
        "category": str(item(cast).pk),
        "subject": "Cracked top",
        "description": "The top has a crack.",
        "token": str(uuid4()),
        **more,
    }


def raised() -> Case:
    return Case.objects.latest("pk")


def side() -> Side:
    return Side.objects.select_related("category").get(case=raised())


def test_the_whole_way_without_scripts(cast: Cast) -> None:
    shipment(cast)
    client = browser(cast.kim, host="garden.localhost")
    topics = client.get(NEW).content.decode()
    assert "What is it about?" in topics
    link = re.search(rf'href="(\?item={item(cast).pk})"', topics)
    assert link
    form = client.get(NEW + link[1]).content.decode()
    token = re.search(r'name="token" value="([^"]+)"', form)
    assert token
    values = entered(cast, token=token[1])
    found = client.post(NEW, values | {"do": "find", "p-shipment-q": "shp-22"}).content.decode()
    assert 'value="SHP-2209417"' in found
    assert "1 shipment matches “shp-22”." in found
    assert "The top has a crack." in found
    assert token[1] in found
    photo = SimpleUploadedFile("note.txt", b"note")
    response = client.post(NEW, values | {"do": "submit", "shipment": "SHP-2209417", "files": photo})
    case = raised()
    assert (response.status_code, response["Location"]) == (302, f"/portal/cases/{case.number}/created/")
    confirmation = client.get(response["Location"]).content.decode()
    assert case.number in confirmation
    assert "View my case" in confirmation
    assert (case.status, case.source, case.type) == (Status.NEW, Source.PORTAL, CaseType.DAMAGED)
    assert (case.contact, case.account) == (cast.contact(cast.kim), cast.orchid)
    assert (case.brand, case.shipment and case.shipment.number) == (cast.garden_brand, "SHP-2209417")
    assert side().category == item(cast)
    message = Message.objects.get(case=case)
    assert [file.name for file in message.attachments.all()] == ["note.txt"]


def test_who_is_not_a_customer_can_not(cast: Cast) -> None:
    for stranger in (cast.ana, cast.omar, cast.pia, cast.root):
        assert browser(stranger).get(NEW).status_code == 404
        assert browser(stranger).post(NEW, entered(cast)).status_code == 404
    assert Client(headers={"host": "larkfield.localhost"}).post(NEW).status_code == 302
    assert not Case.objects.exists()


def test_a_form_sent_twice_makes_one_case(cast: Cast) -> None:
    client, values = browser(cast.kim), entered(cast)
    first, second = (client.post(NEW, values)["Location"] for _ in range(2))
    assert first == second
    assert Case.objects.count() == 1
    client.post(NEW, entered(cast))
    assert Case.objects.count() == 2


def test_somebody_elses_token_is_not_taken_for_mine(cast: Cast) -> None:
    values = entered(cast)
    browser(cast.kim).post(NEW, values)
    browser(cast.jo).post(NEW, values)
    assert Case.objects.count() == 2


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"subject": " "}, "Give the case a subject."),
        ({"subject": "x" * 251}, "Keep the subject under"),
        ({"category": ""}, "Choose what it is about."),
        ({"category": "999999999"}, "Choose what it is about."),
        ({"shipment": "SHP-0"}, "No shipment has this number."),
        ({"follow_up": "CV99999999"}, "Nothing is lost"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(cast: Cast, wrong: dict[str, str], words: str) -> None:
    file = upload(io.BytesIO(b"note"), "note.txt", by=cast.in_portal(cast.kim))
    kept = {"subject": "Cracked top & more", "description": "The top <has> a crack."} | wrong
    response = browser(cast.kim).post(NEW, entered(cast, attachments=str(file.pk), **kept))
    page = response.content.decode()
    assert not Case.objects.exists()
    assert response.status_code == 422
    assert words in page
    assert str(file.pk) in page
    if "subject" not in wrong:
        assert "Cracked top &amp; more" in page
    assert "The top &lt;has&gt; a crack." in page


def test_words_or_a_file_are_needed(cast: Cast) -> None:
    response = browser(cast.kim).post(NEW, entered(cast, description=" ", subject=""))
    assert response.status_code == 422
    for words in ("Say what happened.", "Give the case a subject."):
        assert words in response.content.decode()
    file = upload(io.BytesIO(b"note"), "note.txt", by=cast.in_portal(cast.kim))
    sent = entered(cast, description="", attachments=str(file.pk))
    assert browser(cast.kim).post(NEW, sent).status_code == 302


def test_a_refused_file_keeps_everything_else(cast: Cast) -> None:
    files = [SimpleUploadedFile("good.txt", b"good"), SimpleUploadedFile("bad.exe", b"MZ")]
    response = browser(cast.kim).post(NEW, entered(cast, files=files))
    page = response.content.decode()
    assert response.status_code == 422
    assert "bad.exe was refused" in page
    assert "good.txt" in page
    assert "The top has a crack." in page
    assert not Case.objects.exists()


def test_foreign_things_are_refused_whole(cast: Cast) -> None:
    theirs = shipment(cast, "SHP-THEIRS", account=cast.fernwood)
    others = Category.objects.filter(organisation=cast.quillon, parent__isnull=False).earliest("pk")
    file = upload(io.BytesIO(b"secret"), "secret.txt", by=cast.in_portal(cast.max))
    foreign_case = raised_by_kim(cast)
    client = browser(cast.jo)
    for wrong in (
        {"shipment": theirs.number},
        {"shipment": str(theirs.pk)},
        {"category": str(others.pk)},
        {"follow_up": foreign_case.number},
    ):
        assert client.post(NEW, entered(cast, **wrong)).status_code == 422, wrong
    assert client.post(NEW, entered(cast, attachments=str(file.pk))).status_code == 422
    assert Case.objects.get() == foreign_case
    assert not Message.objects.filter(attachments=file).exists()
    file.refresh_from_db()
    assert file.message is None


def test_agents_fields_in_the_form_change_nothing(cast: Cast) -> None:
    extra = {"priority": "4", "contact": str(cast.contact(cast.max).pk), "tags": "vip", "crm_number": "1"}
    browser(cast.kim).post(
        NEW, entered(cast, **extra, source="email", type="lost", owner="ana@larkfield.example")
    )
    case = raised()
    assert (case.contact, case.type, case.source) == (
        cast.contact(cast.kim),
        CaseType.DAMAGED,
        Source.PORTAL,
    )
    assert (side().tags, side().crm_number, side().owner) == ([], "", None)


def test_only_their_shipments_are_found(cast: Cast) -> None:
    shipment(cast)
    shipment(cast, "SHP-2299", account=cast.fernwood)
    answer = browser(cast.jo).get(f"{NEW}shipment/", {"p-shipment-q": "SHP 22"}).content.decode()
    assert "SHP-2209417" in answer
    assert "SHP-2299" not in answer
    assert "Enter three characters" in browser(cast.jo).get(f"{NEW}shipment/?p-shipment-q=S").content.decode()
    chosen = {"p-shipment-q": "zzz", "shipment": "SHP-2209417"}
    answer = browser(cast.jo).get(f"{NEW}shipment/", chosen).content.decode()
    assert "None of your shipments" in answer
    assert re.search(r'value="SHP-2209417" checked', answer)


def test_a_case_that_is_open_on_the_shipment_is_pointed_at(cast: Cast) -> None:
    case = raised_by_kim(cast)
    Case.objects.filter(pk=case.pk).update(shipment=shipment(cast))
    address = f"{NEW}?item={item(cast).pk}&shipment=SHP-2209417"
    assert f"/portal/cases/{case.number}/" in browser(cast.kim).get(address).content.decode()
    assert case.number not in browser(cast.jo).get(address).content.decode()


def test_a_draft_is_kept_offered_and_ends_with_the_case(cast: Cast) -> None:
    client, values = browser(cast.kim), entered(cast)
    assert client.post(f"{NEW}draft/", values).status_code == 204
    assert "You began a case that is not sent yet." in client.get(NEW).content.decode()
    page = client.get(f"{NEW}?draft=1").content.decode()
    assert "The top has a crack." in page
    assert "We kept what you wrote." in page
    assert "crack" not in browser(cast.jo).get(f"{NEW}?item={item(cast).pk}").content.decode()
    client.post(NEW, values)
    assert not Draft.objects.exists()


def test_saving_changing_the_topic_and_starting_anew(cast: Cast) -> None:
    client, values = browser(cast.kim), entered(cast)
    assert client.post(NEW, values | {"do": "save"})["Location"] == "/portal/cases/"
    assert client.post(NEW, values | {"do": "change", "subject": "Changed"})["Location"] == NEW
    other = Category.objects.get(organisation=cast.larkfield, case_type=CaseType.LOST, parent__isnull=False)
    page = client.get(f"{NEW}?item={other.pk}").content.decode()
    assert 'value="Changed"' in page
    assert other.label in page
    assert client.post(NEW, {"do": "discard"})["Location"] == NEW
    assert not Draft.objects.exists()
    assert not Case.objects.exists()


def test_a_follow_up_begins_with_what_is_known_and_is_linked(cast: Cast) -> None:
    client = browser(cast.kim)
    shipment(cast)
    client.post(NEW, entered(cast, shipment="SHP-2209417"))
    old = raised()
    lifecycle.close(old, by=cast.at_desk(cast.lea), reason=closure_reason(cast).pk, note="done")
    Case.objects.filter(pk=old.pk).update(closed_at=now() - timedelta(days=40))
    page = client.get(f"{NEW}?follow_up={old.number}").content.decode()
    assert f"follow-up of {old.number}" in page
    assert 'value="Cracked top"' in page
    assert re.search(r'value="SHP-2209417" checked', page)
    client.post(NEW, entered(cast, follow_up=old.number))
    assert raised().follow_up_of == old
    assert old.number in client.get(f"/portal/cases/{raised().number}/").content.decode()
    assert browser(cast.max).get(f"{NEW}?follow_up={old.number}").status_code == 404


def test_pages_cost_few_queries(cast: Cast, django_assert_max_num_queries) -> None:
    client = browser(cast.kim)
    for number in range(9):
        shipment(cast, f"SHP-22{number}")
    with django_assert_max_num_queries(8):
        client.get(NEW)
    with django_assert_max_num_queries(12):
        client.get(f"{NEW}?item={item(cast).pk}&shipment=SHP-221")
    with django_assert_max_num_queries(6):
        client.get(f"{NEW}shipment/?p-shipment-q=SHP-22")


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
    kim, token = cast.in_portal(cast.kim), uuid4()
    new = NewCase(subject="Cracked", description="The top", category=item(cast).pk)
    numbers: list[str] = []
    start = threading.Barrier(8)

    def press() -> None:
        start.wait()
        try:
            numbers.append(submit(new, by=kim, token=token).number)
        finally:
            connection.close()

    presses = [threading.Thread(target=press) for _ in range(8)]
    for press_ in presses:
        press_.start()
    for press_ in presses:
        press_.join()
    assert len(numbers) == 8
    assert len(set(numbers)) == 1
    assert Case.objects.count() == 1
