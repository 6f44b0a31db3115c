"""Links: whom they let in, when they end, and that opening one changes nothing."""

import io
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.core.signing import Signer
from django.test import Client

from caseway.cases.conversation.actions import post
from caseway.cases.conversation.writing import Content
from caseway.cases.files.receiving import Received
from caseway.cases.files.receiving import receive as receive_files
from caseway.cases.lifecycle import actions as lifecycle
from caseway.cases.merging.actions import merge
from caseway.cases.models import Case, Message, Participant
from caseway.cases.tests.story import closure_reason, fresh
from caseway.cases.types import AnswerKind, Audience
from caseway.core.clock import now
from caseway.demo.cast import Cast
from caseway.mail.answering.links import Link, link_named
from caseway.mail.blocking.actions import block
from caseway.mail.incoming.held import admit
from caseway.mail.incoming.queries import held_on
from caseway.mail.tests.mails import latest_to, mail, reply_to, take
from caseway.notifications.stopping.actions import obey
from caseway.notifications.stopping.links import Stop

from .scenes import CLAIMS, asked, filled, fresh_client, links, nothing_changed, partner_messages

pytestmark = pytest.mark.django_db
Paths = dict[AnswerKind, str]
ACCEPT = AnswerKind.ACCEPTED


def link_of(path: str) -> Link:
    link = link_named(path.split("/")[2])
    assert link is not None
    return link


def page_of(path: str, client: Client | None = None) -> str:
    return (client or Client()).get(path).content.decode()


@pytest.mark.parametrize("kind", list(AnswerKind))
@pytest.mark.parametrize("method", ["get", "head"])
def test_a_scanner_that_follows_links_changes_nothing(
    paths: Paths, client: Client, kind: AnswerKind, method: str
) -> None:
    with nothing_changed():
        response = getattr(client, method)(paths[kind] + "?form=" + str(uuid4()))
    assert response.status_code == 200


def test_without_the_pages_own_token_a_form_is_refused(paths: Paths) -> None:
    browser = fresh_client()
    with nothing_changed():
        assert browser.post(paths[ACCEPT], filled(ACCEPT)).status_code == 403


def test_with_it_the_press_of_the_button_answers(case: Case, paths: Paths) -> None:
    browser = fresh_client()
    page = browser.get(paths[ACCEPT])
    token = page.content.decode().split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    browser.post(paths[ACCEPT], filled(ACCEPT, csrfmiddlewaretoken=token))
    assert len(partner_messages(case)) == 2


def test_no_letter_of_a_link_can_be_changed(paths: Paths, client: Client) -> None:
    path = paths[ACCEPT]
    token = path.split("/")[2]
    # Each place that carries the message or its signature; the last letter of Base64 has spare bits.
    for place in range(0, len(token) - 1, 7):
        forged = token[:place] + ("A" if token[place] != "A" else "B") + token[place + 1 :]
        assert link_named(forged) is None
    with nothing_changed():
        forged = f"/p/{'A' + token[1:] if token[0] != 'A' else 'B' + token[1:]}/"
        assert client.get(forged).status_code == client.post(forged, filled(ACCEPT)).status_code == 404


def test_a_link_is_for_one_way_one_case_and_one_address(cast: Cast, case: Case, paths: Paths) -> None:
    link, signer = link_of(paths[ACCEPT]), Signer(salt="caseway.mail.answering")
    parts = signer.unsign_object(link.token)
    other = asked(cast, partner_subject="Another one")
    stranger = Participant.objects.filter(case=other).get(address=CLAIMS)
    kim = Participant.objects.get(case=case, address="kim@orchid.example")
    to_kim = post(case, by=cast.at_desk(cast.ana), audience=Audience.CUSTOMER, content=Content("Dear Kim"))
    foreign = [
        {1: stranger.pk},  # of another case
        {2: other.pk},
        {3: parts[3] + 1},  # of another address
        {4: Message.objects.filter(case=other, audience=Audience.PARTNER).get().pk},
        {4: to_kim.pk},  # no partner's to answer
        {1: kim.pk},
        {0: "claimed"},
    ]
    for change in foreign:
        made = [change.get(place, part) for place, part in enumerate(parts)]
        assert link_named(signer.sign_object(made)) is None, change
    assert link_named(signer.sign_object(parts[:-1])) is None
    assert link_named(Signer(salt="caseway.notifications.stopping").sign_object(parts)) is None
    assert link_named("x" * 300) is None


def test_somebody_with_another_address_now_is_somebody_else(paths: Paths) -> None:
    Participant.objects.filter(address=CLAIMS).update(address="gone@tamarack.example")
    assert link_named(paths[ACCEPT].split("/")[2]) is None


def ends(path: str, words: str) -> None:
    """It says why, offers no form, and doing it all the same changes nothing."""
    browser = Client()
    response = browser.get(path)
    page = response.content.decode()
    assert response.status_code == 410
    assert words in page
    assert 'method="post"' not in page
    with nothing_changed():
        assert browser.post(path, filled(ACCEPT)).status_code == 410


def test_it_ends_after_the_policys_days(cast: Cast, paths: Paths) -> None:
    with time_machine.travel(now() + timedelta(days=29)):
        assert Client().get(paths[ACCEPT]).status_code == 200
        later = link_of(paths[ACCEPT]).to(AnswerKind.ETA)
    with time_machine.travel(now() + timedelta(days=31)):
        ends(paths[ACCEPT], "This link is too old.")
        ends(f"/p/{later.token}/", "This link is too old.")
    cast.larkfield.stored_policy = {"partner_links_days": 1}
    cast.larkfield.save()
    with time_machine.travel(now() + timedelta(days=2)):
        ends(paths[ACCEPT], "This link is too old.")


def test_it_ends_with_the_case_and_goes_on_when_that_does(cast: Cast, case: Case, paths: Paths) -> None:
    lea = cast.at_desk(cast.lea)
    Client().post(paths[AnswerKind.SOLVED], filled(AnswerKind.SOLVED))
    lifecycle.close(fresh(case), by=lea, reason=closure_reason(cast).pk, note="Found")
    ends(paths[ACCEPT], "The case is solved.")
    assert "Reported solved on" in page_of(paths[AnswerKind.SOLVED])
    lifecycle.reopen(fresh(case), by=lea)
    assert Client().get(paths[ACCEPT]).status_code == 200


def test_it_ends_when_the_partner_leaves(cast: Cast, case: Case, paths: Paths) -> None:
    case.sides.filter(organisation=cast.tamarack).update(sharing="listed")
    ends(paths[ACCEPT], "takes no part in this case any more")
    assert "Pallet" not in page_of(paths[ACCEPT]).split("<main")[1].split("</h1>")[1]


def test_it_ends_when_the_address_is_not_approved_any_more(paths: Paths) -> None:
    Participant.objects.filter(address=CLAIMS).update(is_approved=False)
    ends(paths[ACCEPT], "takes no part in this case any more")


def test_it_ends_when_their_mails_are_blocked(cast: Cast, paths: Paths) -> None:
    block("@tamarack.example", by=cast.at_desk(cast.admin))
    ends(paths[ACCEPT], "takes no part in this case any more")


def test_while_the_partnership_is_paused_a_mail_has_no_links_and_a_reply_lands(
    cast: Cast, case: Case, paths: Paths
) -> None:
    cast.larkfield_tamarack.is_active = False
    cast.larkfield_tamarack.save()
    post(case, by=cast.at_desk(cast.ana), audience=Audience.PARTNER, content=Content("Any news?"))
    sent = latest_to(CLAIMS)
    assert "Any news?" in sent.text
    assert "/p/" not in sent.text + sent.html
    assert take(mail(CLAIMS, "At the hub."), reply_to(sent)).outcome == "appended"


def test_it_ends_when_they_want_no_more_mails(case: Case, paths: Paths) -> None:
    obey(Stop("participant", Participant.objects.get(case=case, address=CLAIMS).pk))
    ends(paths[ACCEPT], "You get no more mails about this case.")


def test_it_ends_while_the_partnership_is_paused(cast: Cast, paths: Paths) -> None:
    cast.larkfield_tamarack.is_active = False
    cast.larkfield_tamarack.save()
    ends(paths[ACCEPT], "share no cases at the moment")


def test_after_a_merge_it_answers_on_the_case_that_goes_on(cast: Cast, case: Case, paths: Paths) -> None:
    survivor = asked(cast, partner_subject="The same pallet")
    merge(case, by=cast.at_desk(cast.lea), into=survivor)
    Client().post(paths[ACCEPT], filled(ACCEPT))
    assert [one.text for one in partner_messages(survivor)][-1].startswith("Accepted.")


def test_a_link_that_was_forwarded_acts_as_whom_it_was_made_for(
    cast: Cast, case: Case, paths: Paths, client: Client
) -> None:
    client.force_login(cast.omar)
    client.post(paths[ACCEPT], filled(ACCEPT))
    message = partner_messages(case)[-1]
    assert (message.author_address, message.author, message.author_organisation) == (
        CLAIMS,
        None,
        cast.tamarack,
    )
    assert "You answer as claims@tamarack.example" in page_of(paths[ACCEPT])


def test_the_page_is_kept_from_others(paths: Paths, client: Client, caplog) -> None:
    response = client.get(paths[ACCEPT])
    assert response["Referrer-Policy"] == "strict-origin"
    assert "noindex" in response["X-Robots-Tag"]
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Frame-Options"] == "DENY"
    token = paths[ACCEPT].split("/")[2]
    assert token not in caplog.text


def test_answers_and_forgeries_are_limited(paths: Paths, client: Client, monkeypatch) -> None:
    monkeypatch.setattr("caseway.mail.answering.views.MOST_ANSWERS", 1)
    monkeypatch.setattr("caseway.mail.answering.views.MOST_FORGED", 1)
    words = paths[AnswerKind.WORDS]
    assert client.post(words, filled(AnswerKind.WORDS)).status_code == 302
    with nothing_changed():
        assert client.post(words, filled(AnswerKind.WORDS)).status_code == 429
    assert client.get("/p/WzEsMV0:forged/").status_code == 404
    assert client.get("/p/WzEsMV0:forged/").status_code == 429


def test_the_partner_reads_what_was_written_for_it_and_no_more(
    cast: Cast, case: Case, paths: Paths, client: Client
) -> None:
    ana = cast.at_desk(cast.ana)
    post(case, by=ana, audience=Audience.CUSTOMER, content=Content("Dear Kim, we are sorry"))
    post(case, by=ana, audience=Audience.TEAM, content=Content("A secret note"))
    post(case, by=ana, audience=Audience.PARTNER, content=Content("Any news of it?"))
    for page in [client.get(path).content.decode() for path in paths.values()]:
        assert "Where is the pallet?" in page
        assert "Any news of it?" in page
        for private in ("Kim", "furious", "sorry", "secret", "orchid"):
            assert private not in page


def test_whoever_is_let_in_later_reads_from_then_on(cast: Cast, case: Case, paths: Paths) -> None:
    ana = cast.at_desk(cast.ana)
    post(case, by=ana, audience=Audience.PARTNER, content=Content("Said before Bob came"))
    take(mail("bob@tamarack.example", "At the hub."), reply_to(latest_to(CLAIMS)))
    admit(held_on(case, ana).get(), by=ana)
    post(case, by=ana, audience=Audience.PARTNER, content=Content("Thank you, Bob"))
    sent = latest_to("bob@tamarack.example")
    page = page_of(links("bob@tamarack.example")[ACCEPT])
    for told in (sent.text, sent.html, page):
        assert "Thank you, Bob" in told
        assert "At the hub." in told
        assert "Where is the pallet?" not in told
        assert "Said before Bob came" not in told
    assert "Said before Bob came" in page_of(paths[ACCEPT])


def test_what_was_mailed_to_chosen_addresses_is_read_by_those(cast: Cast, case: Case, paths: Paths) -> None:
    ana = cast.at_desk(cast.ana)
    content = Content("For the depot alone", copies=["depot@tamarack.example"])
    post(case, by=ana, audience=Audience.PARTNER, content=content)
    assert "For the depot alone" in page_of(links("depot@tamarack.example")[ACCEPT])
    assert "Where is the pallet?" not in page_of(links("depot@tamarack.example")[ACCEPT])
    assert "For the depot alone" not in page_of(paths[ACCEPT])


def test_files_of_the_thread_are_given_to_who_may_read_them(cast: Cast, case: Case, client: Client) -> None:
    file = Received(io.BytesIO(b"%PDF-1.4"), "map.pdf")
    attachment = receive_files([file], partner_messages(case)[0])[0]
    path = f"{links()[ACCEPT]}files/{attachment.pk}/"
    given = client.get(path)
    assert given.status_code == 200
    assert given["Content-Disposition"].startswith("attachment")
    assert "sandbox" in given["Content-Security-Policy"]
    asked(cast, partner_subject="Another one")
    assert client.get(f"{links()[ACCEPT]}files/{attachment.pk}/").status_code == 404
