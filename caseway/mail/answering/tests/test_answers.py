"""Each way of answering: it works, once where once is enough, and what follows from it follows."""

import re
from datetime import timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from caseway.cases.conversation.actions import post
from caseway.cases.conversation.queries import messages_of
from caseway.cases.conversation.writing import Content
from caseway.cases.history.queries import timeline_of
from caseway.cases.models import Case, PartnerAnswer
from caseway.cases.tests.browsing import Desk
from caseway.cases.tests.story import side_of
from caseway.cases.types import AnswerKind, Audience, Court
from caseway.core.clock import now
from caseway.demo.cast import Cast
from caseway.mail.models import Delivery
from caseway.mail.tests.mails import latest_to
from caseway.shipments.models import Shipment

from .scenes import CLAIMS, asked, filled, links, nothing_changed, partner_messages

pytestmark = pytest.mark.django_db
Paths = dict[AnswerKind, str]
PDF = b"%PDF-1.4\n%%EOF\n"
SAID = {
    AnswerKind.ACCEPTED: "Tamarack Parcel accepted the case, by link of claims@tamarack.example",
    AnswerKind.ETA: "Tamarack Parcel gave an ETA, by link of claims@tamarack.example",
    AnswerKind.PROOF: "Tamarack Parcel uploaded a proof of delivery, by link of claims@tamarack.example",
    AnswerKind.SOLVED: "Tamarack Parcel reported the case solved, by link of claims@tamarack.example",
    AnswerKind.WORDS: "Tamarack Parcel answered, by link of claims@tamarack.example",
}


def form_for(kind: AnswerKind, **more: object) -> dict[str, object]:
    if kind is AnswerKind.ETA:
        more.setdefault("eta", f"{now() + timedelta(days=2):%Y-%m-%dT%H:%M}")
    if kind is AnswerKind.PROOF:
        more.setdefault("files", [SimpleUploadedFile("pod.pdf", PDF)])
    return filled(kind, **more)


@pytest.mark.parametrize("kind", list(AnswerKind))
def test_it_becomes_a_message_an_event_and_a_mail_to_who_asked(
    cast: Cast, case: Case, paths: Paths, client: Client, kind: AnswerKind
) -> None:
    since = side_of(case, cast.larkfield).court_since
    sent = client.post(paths[kind], form_for(kind, note="Gate 4, ask for Lou."))
    assert sent.status_code == 302
    told = client.get(sent["Location"])
    assert told.status_code == 200
    assert "Your answer has reached Larkfield Home." in told.content.decode()
    message = partner_messages(case)[-1]
    assert (message.author_organisation, message.author_address) == (cast.tamarack, CLAIMS)
    assert "Gate 4, ask for Lou." in message.text
    assert message in messages_of(case, cast.at_desk(cast.ana))
    assert message not in messages_of(case, cast.in_portal(cast.kim))
    assert [line.sentence for line in timeline_of([case], cast.at_desk(cast.ana))][-1] == SAID[kind]
    assert "Gate 4, ask for Lou." in latest_to("ana@larkfield.example").text
    assert not Delivery.objects.filter(address="kim@orchid.example", text__contains="Gate 4").exists()
    ours, theirs = side_of(case, cast.larkfield), side_of(case, cast.tamarack)
    if kind in (AnswerKind.ACCEPTED, AnswerKind.ETA):
        assert (ours.court, theirs.court, ours.court_since) == (Court.PARTNER, Court.US, since)
    else:
        assert (ours.court, theirs.court) == (Court.US, Court.PARTNER)


@pytest.mark.parametrize("kind", list(AnswerKind))
def test_the_same_form_twice_is_one_answer(
    case: Case, paths: Paths, client: Client, kind: AnswerKind
) -> None:
    form = {"form": str(uuid4())}
    first = client.post(paths[kind], form_for(kind, **form))
    with nothing_changed():
        again = client.post(paths[kind], form_for(kind, **form))
    assert first["Location"] == again["Location"]


@pytest.mark.parametrize("kind", [AnswerKind.ACCEPTED, AnswerKind.SOLVED])
def test_what_is_said_once_shows_when_and_by_whom_to_whoever_comes_second(
    cast: Cast, case: Case, paths: Paths, client: Client, kind: AnswerKind
) -> None:
    client.post(paths[kind], form_for(kind))
    with nothing_changed():
        client.post(paths[kind], form_for(kind))
    page = client.get(paths[kind]).content.decode()
    assert "by link of claims@tamarack.example." in page
    assert 'method="post"' not in page
    # Asked anew, they can say it anew.
    post(case, by=cast.at_desk(cast.ana), audience=Audience.PARTNER, content=Content("It isn't, is it?"))
    anew = links()[kind]
    assert 'method="post"' in client.get(anew).content.decode()
    client.post(anew, form_for(kind))
    assert PartnerAnswer.objects.filter(kind=kind).count() == 2


def test_an_eta_is_in_the_partners_zone_and_the_last_one_counts(
    cast: Cast, case: Case, paths: Paths, client: Client
) -> None:
    page = client.get(paths[AnswerKind.ETA]).content.decode()
    assert "America/Denver" in page
    day = (now() + timedelta(days=9)).date()
    client.post(paths[AnswerKind.ETA], filled(AnswerKind.ETA, eta=f"{day}T14:30"))
    first = PartnerAnswer.objects.get()
    assert first.eta is not None
    assert f"{first.eta.astimezone(ZoneInfo('America/Denver')):%H:%M}" == "14:30"
    assert "(America/Denver)" in first.message.text
    client.post(paths[AnswerKind.ETA], filled(AnswerKind.ETA, eta=f"{day + timedelta(days=1)}T09:00"))
    assert PartnerAnswer.objects.filter(kind=AnswerKind.ETA).count() == 2


@pytest.mark.parametrize("carrier", ["tamarack", "brightwater"])
def test_the_carriers_eta_stands_beside_the_feeds_own_and_moves_it_not(
    cast: Cast, case: Case, paths: Paths, client: Client, carrier: str
) -> None:
    shipment = Shipment.objects.create(
        organisation=cast.larkfield, shipper=cast.larkfield, carrier=getattr(cast, carrier), number="LK-1"
    )
    Case.objects.filter(pk=case.pk).update(shipment=shipment)
    client.post(paths[AnswerKind.ETA], form_for(AnswerKind.ETA))
    shown = "ETA by Tamarack Parcel" in Desk(cast.ana, case).read()
    assert shown is (carrier == "tamarack"), "another carrier's word on it is a message and no more"
    shipment.refresh_from_db()
    assert shipment.eta is None


@pytest.mark.parametrize(("days", "is_offered"), [(2, True), (-2, False)])
def test_the_feeds_eta_is_offered_unless_it_is_past(
    cast: Cast, client: Client, days: int, is_offered: bool
) -> None:
    shipment = Shipment.objects.create(
        organisation=cast.larkfield,
        shipper=cast.larkfield,
        carrier=cast.tamarack,
        number="LK-1",
        eta=now() + timedelta(days=days),
    )
    asked(cast, shipment=shipment.number)
    page = client.get(links()[AnswerKind.ETA]).content.decode()
    assert bool(re.search(r'name="eta"[^>]* value="2', page)) is is_offered


@pytest.mark.parametrize("eta", ["", "soon", "2001-01-01T10:00", "2199-01-01T10:00", "2026-13-41T99:00"])
def test_an_eta_that_can_not_be_is_refused_and_what_was_typed_stays(
    case: Case, paths: Paths, client: Client, eta: str
) -> None:
    with nothing_changed():
        page = client.post(paths[AnswerKind.ETA], filled(AnswerKind.ETA, eta=eta, note="As <b>typed</b>"))
    assert page.status_code == 422
    assert "As &lt;b&gt;typed&lt;/b&gt;" in page.content.decode()


def test_files_are_checked_by_content_and_the_good_ones_arrive(
    case: Case, paths: Paths, client: Client
) -> None:
    files = [
        SimpleUploadedFile("pod.pdf", PDF),
        SimpleUploadedFile("run.exe", b"MZ\0"),
        SimpleUploadedFile("photo.png", b"<html><script>alert(1)</script>"),
        SimpleUploadedFile("empty.pdf", b""),
    ]
    page = client.post(paths[AnswerKind.PROOF], filled(AnswerKind.PROOF, files=files))
    assert page.status_code == 200
    body = page.content.decode()
    for name in ("run.exe", "photo.png", "empty.pdf"):
        assert name in body
    assert [one.name for one in partner_messages(case)[-1].attachments.all()] == ["pod.pdf"]


def test_without_a_single_good_file_nothing_is_sent(case: Case, paths: Paths, client: Client) -> None:
    with nothing_changed():
        none = client.post(paths[AnswerKind.PROOF], filled(AnswerKind.PROOF))
        bad = client.post(
            paths[AnswerKind.PROOF],
            filled(AnswerKind.PROOF, note="Kept", files=[SimpleUploadedFile("run.exe", b"MZ\0")]),
        )
    assert (none.status_code, bad.status_code) == (422, 422)
    assert "Kept" in bad.content.decode()


def test_what_the_scanner_objects_to_is_held(case: Case, paths: Paths, client: Client, settings) -> None:
    settings.FILE_SCANNER = "caseway.mail.answering.tests.test_answers.finds_something"
    client.post(paths[AnswerKind.PROOF], form_for(AnswerKind.PROOF))
    attachment = partner_messages(case)[-1].attachments.get()
    assert attachment.quarantined == "a test finding"
    path = f"{paths[AnswerKind.WORDS]}files/{attachment.pk}/"
    assert client.get(path).status_code == 404


def finds_something(content: object) -> str:
    """A scanner that objects to everything."""
    return "a test finding"


def test_an_empty_answer_is_refused(case: Case, paths: Paths, client: Client) -> None:
    with nothing_changed():
        assert client.post(paths[AnswerKind.WORDS], filled(AnswerKind.WORDS, note=" ")).status_code == 422
        long = client.post(paths[AnswerKind.WORDS], filled(AnswerKind.WORDS, note="x" * 5001))
    assert long.status_code == 422


def test_a_carrier_with_a_desk_answers_from_its_shared_address(cast: Cast, client: Client) -> None:
    case = asked(cast, "brightwater")
    client.post(links("cases@brightwater.example")[AnswerKind.ACCEPTED], filled(AnswerKind.ACCEPTED))
    message = partner_messages(case)[-1]
    assert (message.organisation, message.partner) == (cast.brightwater, cast.larkfield)
    assert message in messages_of(case, cast.at_desk(cast.omar))
    assert message in messages_of(case, cast.at_desk(cast.ana))
