"""One click, and no more mails: signed, without a sign-in, on POST alone."""

import pytest
from django.test import Client

from caseway.accounts.models import Membership
from caseway.cases.history.queries import timeline_of
from caseway.cases.models import Participant
from caseway.cases.tests.story import raised_by_kim, says
from caseway.cases.types import Audience
from caseway.demo.cast import Cast
from caseway.mail.models import Delivery
from caseway.mail.outbox.mime import as_bytes
from caseway.notifications.choosing.choices import chosen_by
from caseway.notifications.models import Choices, Kind
from caseway.notifications.stopping.links import digest_link, kind_link, participant_link


def seat_of_ben(cast: Cast) -> Membership:
    return Membership.objects.select_related("notice_choices").get(pk=cast.memberships[cast.ben.email].pk)


def path(link: str) -> str:
    return "/stop/" + link.partition("/stop/")[2]


ONE_CLICK = {"List-Unsubscribe": "One-Click"}


def test_opening_the_link_does_nothing(cast: Cast) -> None:
    page = Client().get(path(kind_link(seat_of_ben(cast), Kind.MENTIONED)))
    assert page.status_code == 200
    assert "I am mentioned" in page.content.decode()
    assert cast.ben.name not in page.content.decode()
    assert Kind.MENTIONED in chosen_by(seat_of_ben(cast)).mailed


@pytest.mark.parametrize("kind", [Kind.MENTIONED, Kind.MINE])
def test_one_click_stops_one_kind(cast: Cast, kind: Kind) -> None:
    """As a mail program posts it: no cookie, no token of a page."""
    browser = Client(enforce_csrf_checks=True)
    for _twice in range(2):
        answer = browser.post(path(kind_link(seat_of_ben(cast), kind)), ONE_CLICK)
        assert answer.status_code == 200
    assert chosen_by(seat_of_ben(cast)).mailed == {Kind.MENTIONED, Kind.MINE} - {kind}
    assert kind in chosen_by(seat_of_ben(cast)).shown


def test_one_click_stops_the_digest(cast: Cast) -> None:
    Choices.objects.create(seat=seat_of_ben(cast), digested=[Kind.MINE])
    Client().post(path(digest_link(seat_of_ben(cast))), ONE_CLICK)
    assert chosen_by(seat_of_ben(cast)).digested == frozenset()
    assert Choices.objects.get().digest_due_at is None


@pytest.mark.parametrize("token", ["WzEsMV0:forged", "x" * 500])
def test_a_forged_link_is_not_there(db: None, token: str) -> None:
    assert Client().get(f"/stop/{token}/").status_code == 404
    assert Client().post(f"/stop/{token}/", ONE_CLICK).status_code == 404


def test_the_mail_names_the_link_for_machines(cast: Cast) -> None:
    case = raised_by_kim(cast)
    says(case, cast.at_desk(cast.lea), Audience.TEAM, f"@{cast.ben.email} look")
    mail = Delivery.objects.get(address=cast.ben.email)
    lines = as_bytes(mail).decode().split("\r\n")
    assert f"List-Unsubscribe: <{mail.stop_link}>" in lines
    assert "List-Unsubscribe-Post: List-Unsubscribe=One-Click" in lines


def copied_in(cast: Cast) -> Participant:
    case = raised_by_kim(cast)
    return Participant.objects.create(
        case=case, organisation=cast.larkfield, audience="customer", address="pat@else.example"
    )


def test_whoever_takes_part_is_mailed_only_while_subscribed(cast: Cast) -> None:
    pat, lea = copied_in(cast), cast.at_desk(cast.lea)
    says(pat.case, lea, Audience.CUSTOMER, "First")
    mail = Delivery.objects.get(address=pat.address)
    assert Client(enforce_csrf_checks=True).post(path(mail.stop_link), ONE_CLICK).status_code == 200
    says(pat.case, lea, Audience.CUSTOMER, "Second")
    assert Delivery.objects.filter(address=pat.address).count() == 1
    assert Delivery.objects.filter(address=cast.kim.email, text__contains="Second").count() == 1


def test_the_customer_themselves_is_offered_no_link_at_answers(cast: Cast) -> None:
    """Whoever raised the case can't miss the answer by one click on it."""
    says(raised_by_kim(cast), cast.at_desk(cast.lea), Audience.CUSTOMER, "First")
    assert Delivery.objects.get(address=cast.kim.email, purpose="answer").stop_link == ""


def test_the_participants_page_names_the_case_and_nothing_in_it(cast: Cast) -> None:
    pat = copied_in(cast)
    subject = pat.case.sides.get(organisation=cast.larkfield).subject
    page = Client().get(path(participant_link(pat))).content.decode()
    for words in (pat.case.number, "Larkfield", "Send me no more of them", "until you write again"):
        assert words in page
    for secret in (subject, pat.address, cast.kim.name):
        assert secret not in page
    pat.refresh_from_db()
    assert pat.is_subscribed


def test_the_participant_changes_their_mind(cast: Cast) -> None:
    pat, browser = copied_in(cast), Client()
    address = path(participant_link(pat))
    assert "You get no e-mails about" in browser.post(address).content.decode()
    assert "Send me them again" in browser.get(address).content.decode()
    assert "again" in browser.post(address, {"do": "again"}).content.decode()
    pat.refresh_from_db()
    assert pat.is_subscribed
    lines = timeline_of([pat.case], cast.at_desk(cast.ana))
    told = [line.sentence for line in lines if line.event.kind == "case.subscription"]
    assert told == [
        f"{pat.address} wants no more e-mails about the case",
        f"{pat.address} wants e-mails about the case again",
    ]


def test_a_seats_link_starts_nothing(cast: Cast) -> None:
    """`do=again` is a participant's: what a colleague is mailed they choose at the desk."""
    address = path(kind_link(seat_of_ben(cast), Kind.MENTIONED))
    Client().post(address, {"do": "again"})
    assert Kind.MENTIONED not in chosen_by(seat_of_ben(cast)).mailed
