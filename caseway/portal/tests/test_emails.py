"""The E-mails tab: the mails of this customer's conversation, sent and received, and no others."""

import io

from caseway.cases.conversation.actions import post, receive
from caseway.cases.conversation.authors import Author
from caseway.cases.conversation.writing import Content
from caseway.cases.files.actions import upload
from caseway.cases.lifecycle import actions as lifecycle
from caseway.cases.models import Case, Participant
from caseway.cases.tests.story import closure_reason, raised_by_kim, says, shared_with_brightwater
from caseway.cases.types import Audience, Source
from caseway.demo.cast import Cast
from caseway.mail.models import Delivery
from caseway.portal.tests.people import browser


def emails(cast: Cast, case: Case, name: str = "kim") -> str:
    response = browser(getattr(cast, name)).get(f"/portal/cases/{case.number}/?tab=emails")
    assert response.status_code == 200
    page = response.content.decode()
    return page[page.index('id="conversation"') : page.index('id="about"')]


def aunt_on(case: Case, cast: Cast) -> Author:
    address = "aunt.private@elsewhere.example"
    Participant.objects.create(
        case=case, organisation=cast.larkfield, audience=Audience.CUSTOMER, address=address
    )
    return Author(name=address, address=address)


def mailed(case: Case, cast: Cast, author: Author, content: Content) -> None:
    receive(
        case,
        audience=Audience.CUSTOMER,
        organisation_id=cast.larkfield.pk,
        author=author,
        content=content,
    )


def test_what_we_sent_is_there_with_subject_reader_and_files(cast: Cast) -> None:
    case, ana = raised_by_kim(cast), cast.at_desk(cast.ana)
    file = upload(io.BytesIO(b"%PDF-1.4 x"), "label.pdf", by=ana)
    post(case, by=ana, audience="customer", content=Content("A spare top comes."), attachments=[str(file.pk)])
    lifecycle.close(case, by=cast.at_desk(cast.lea), reason=closure_reason(cast).pk, note="done")
    page = emails(cast, case)
    for words in (
        "We told you that we have your case",
        "A spare top comes.",
        "label.pdf",
        "We told you that the case is closed.",
        "To: you",
        f"[{case.number}]",
    ):
        assert words in page, words
    assert "/satisfaction/" not in page
    assert "The top is cracked." not in page  # said in the portal


def test_a_mail_that_came_back_says_so(cast: Cast) -> None:
    case = raised_by_kim(cast)
    assert "could not be delivered" not in emails(cast, case)
    Delivery.objects.filter(case=case).update(state=Delivery.State.BOUNCED)
    assert "could not be delivered" in emails(cast, case)


def test_no_mail_to_partner_owner_or_others_and_no_address_of_theirs(cast: Cast) -> None:
    case, ana = shared_with_brightwater(cast), cast.at_desk(cast.ana)
    mailed(case, cast, aunt_on(case, cast), Content("I saw it too.", source=Source.EMAIL, subject="Me too"))
    says(case, ana, Audience.PARTNER, "partner words")
    says(case, ana, Audience.TEAM, "team words")
    says(case, ana, Audience.CUSTOMER, "customer words")
    assert Delivery.objects.filter(case=case, address="aunt.private@elsewhere.example").exists()
    assert Delivery.objects.filter(case=case, audience=Audience.PARTNER).exists()
    page = emails(cast, case)
    assert "I saw it too." in page
    assert page.count("customer words") == 1
    for secret in ("partner words", "team words", "Crate damaged", "elsewhere.example", "brightwater"):
        assert secret not in page, secret


def test_what_one_of_us_quotes_stays_with_us(cast: Cast) -> None:
    case, ana = raised_by_kim(cast), cast.at_desk(cast.ana)
    content = Content("See above", quoted="Omar wrote: we lost it", source=Source.EMAIL)
    post(case, by=ana, audience="customer", content=content)
    for tab in ("?tab=emails", ""):
        page = browser(cast.kim).get(f"/portal/cases/{case.number}/{tab}").content.decode()
        assert "See above" in page
        assert "we lost it" not in page


def test_a_colleagues_mails_are_shown_to_the_administrator_alone(cast: Cast) -> None:
    jo = cast.contact(cast.jo)
    case = raised_by_kim(cast)
    Case.objects.filter(pk=case.pk).update(contact=jo)
    says(Case.objects.get(pk=case.pk), cast.at_desk(cast.ana), Audience.CUSTOMER, "For Jo")
    assert f"To: {jo}" in emails(cast, case)
    page = emails(cast, case, "jo")
    assert "For Jo" in page
    assert "We told you that we have your case" not in page  # that mail was Kim's


def test_new_answers_are_marked_until_they_are_seen(cast: Cast) -> None:
    case, client = raised_by_kim(cast), browser(cast.kim)
    address = f"/portal/cases/{case.number}/"
    assert "New answer:" not in client.get("/portal/cases/").content.decode()
    client.get(address)
    says(case, cast.at_desk(cast.ana), Audience.TEAM, "note")
    assert "New answer:" not in client.get("/portal/cases/").content.decode()
    says(case, cast.at_desk(cast.ana), Audience.CUSTOMER, "Here it is")
    assert "New answer:" in client.get("/portal/cases/").content.decode()
    assert "New since you last looked" in client.get(address).content.decode()
    assert "New since you last looked" not in client.get(address).content.decode()
    assert "New answer:" not in client.get("/portal/cases/").content.decode()


def test_the_files_of_the_conversation_are_listed_and_no_others(cast: Cast) -> None:
    case, ana = raised_by_kim(cast), cast.at_desk(cast.ana)
    for name, audience in (("label.pdf", "customer"), ("secret.pdf", "team")):
        file = upload(io.BytesIO(f"%PDF-1.4 {name}".encode()), name, by=ana)
        post(case, by=ana, audience=audience, content=Content("See file"), attachments=[str(file.pk)])
    page = browser(cast.kim).get(f"/portal/cases/{case.number}/").content.decode()
    aside = page[page.index('id="about"') :]
    assert "label.pdf" in aside
    assert "secret.pdf" not in page
