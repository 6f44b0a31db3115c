"""A partner by e-mail gets a desk of its own, and loses nothing of what was said by mail."""

import re
from datetime import timedelta
from functools import partial

import pytest
from django.test import Client

from caseway.accounts.models import Membership, PartnerInvitation, Partnership, Person
from caseway.accounts.viewer import Viewer, agent_viewer
from caseway.cases.conversation.actions import receive
from caseway.cases.conversation.authors import Author
from caseway.cases.conversation.queries import messages_of
from caseway.cases.conversation.writing import Content
from caseway.cases.models import Case, Participant, Side
from caseway.cases.partnering.actions import add_partner
from caseway.cases.tests.browsing import Desk, words_of
from caseway.cases.tests.story import raised_by_kim, says
from caseway.cases.tests.test_together import at_once
from caseway.cases.types import Audience
from caseway.core.clock import now, standing_at
from caseway.core.errors import Conflict, NotAllowed, NotFound
from caseway.demo.cast import Cast, make_cast
from caseway.mail.models import Delivery
from caseway.mail.partnerships import inviting, joining

pytestmark = pytest.mark.django_db
TIM = "tim@tamarack.example"
PASSWORD = "walnut-harbour-49"


def invite(cast: Cast, email: str = TIM) -> str:
    """Invite somebody at Tamarack; the path of the link in their mail."""
    inviting.invite(cast.larkfield_tamarack, name="Tim", email=email, by=cast.at_desk(cast.admin))
    mail = Delivery.objects.filter(address=email).latest("pk")
    found = re.search(r"/accounts/partner-invitation/\S+/", mail.text)
    assert found
    return found[0]


def key_of(path: str) -> str:
    return path.strip("/").rpartition("/")[2]


def talk(cast: Cast) -> Case:
    """A case that Tamarack works on by mail: asked, answered from claims@, asked again."""
    case, ana = raised_by_kim(cast), cast.at_desk(cast.ana)
    add_partner(case, by=ana, partner=cast.tamarack, subject="Lost crate", text="Where is it?")
    receive(
        case,
        audience=Audience.PARTNER,
        organisation_id=cast.larkfield.pk,
        author=Author(name="Claims", address="claims@tamarack.example", organisation_id=cast.tamarack.pk),
        content=Content("In Leeds."),
    )
    says(case, ana, Audience.PARTNER, "Until when?")
    says(case, ana, Audience.TEAM, "Ours alone")
    return case


def accept(path: str) -> Client:
    """Somebody new follows the link."""
    browser = Client()
    assert "Tamarack Parcel" in words_of(browser.get(path))
    answer = browser.post(path, {"name": "Tim Oak", "password1": PASSWORD, "password2": PASSWORD})
    assert (answer.status_code, answer["Location"]) == (302, "/desk/")
    return browser


def viewer_of(email: str) -> Viewer:
    return agent_viewer(Membership.objects.get(person__email=email))


def test_the_desk_holds_all_that_was_said_by_mail(cast: Cast) -> None:
    case = talk(cast)
    unshared = raised_by_kim(cast)
    browser = accept(invite(cast))
    tim = viewer_of(TIM)
    assert tim.organisation == type(cast.tamarack).objects.get(pk=cast.tamarack.pk, signs_in=True)
    assert [m.text for m in messages_of(case, tim)] == ["Where is it?", "In Leeds.", "Until when?"]
    side = Side.objects.visible_to(tim).get()
    assert (side.case_id, side.subject, side.court, side.latest_message_is_ours) == (
        case.pk, "Lost crate", "us", False,
    )  # fmt: skip
    listed = words_of(browser.get("/desk/cases/?view=all"))
    assert case.number in listed
    assert unshared.number not in listed
    assert "1" in browser.get("/desk/counts").content.decode()
    page = words_of(browser.get(f"/desk/cases/{case.number}"))
    assert "In Leeds." in page
    assert "Ours alone" not in page
    answered = browser.post(f"/desk/cases/{case.number}/claim")
    assert answered.status_code == 302


def test_those_who_take_part_by_mail_go_on(cast: Cast) -> None:
    case = talk(cast)
    before = Participant.objects.filter(case=case, organisation=cast.tamarack).count()
    accept(invite(cast, "claims@tamarack.example"))
    says(case, cast.at_desk(cast.ana), Audience.PARTNER, "Still there?")
    assert Participant.objects.filter(case=case, organisation=cast.tamarack).count() == before
    mails = Delivery.objects.filter(case=case, address="claims@tamarack.example")
    assert mails.latest("pk").text.count("Still there?") == 1
    says(case, viewer_of("claims@tamarack.example"), Audience.PARTNER, "At our desk now.")
    assert [m.text for m in messages_of(case, cast.at_desk(cast.ana))][-1] == "At our desk now."


def test_with_an_owner_the_addresses_get_nothing_more(cast: Cast) -> None:
    case = talk(cast)
    browser = accept(invite(cast))
    browser.post(f"/desk/cases/{case.number}/claim")
    before = Delivery.objects.filter(case=case, address="claims@tamarack.example").count()
    says(case, cast.at_desk(cast.ana), Audience.PARTNER, "For the owner")
    # They took part by mail themselves, but are an address agreed on: with an owner they rest.
    assert Delivery.objects.filter(case=case, address="claims@tamarack.example").count() == before
    assert Delivery.objects.filter(case=case, address=TIM).exists()


def test_the_link_works_once_and_the_others_die_with_it(cast: Cast) -> None:
    first, second = invite(cast), invite(cast, "uma@tamarack.example")
    accept(first)
    for path in (first, second):
        assert Client().get(path).status_code == 404
    uma = Person.objects.create_user("uma@tamarack.example", PASSWORD, name="Uma")
    with pytest.raises(NotFound):
        joining.join(key_of(second), person=uma)
    assert Membership.objects.filter(organisation=cast.tamarack).count() == 1


def test_an_old_link_and_one_taken_back_open_nothing(cast: Cast) -> None:
    old, renewed = invite(cast), invite(cast)
    assert Client().get(old).status_code == 404
    with standing_at(now() + timedelta(days=8)):
        assert Client().get(renewed).status_code == 404
    last = PartnerInvitation.objects.latest("pk")
    inviting.take_back(cast.larkfield_tamarack, last.pk, by=cast.at_desk(cast.admin))
    assert Client().get(renewed).status_code == 404


def test_somebody_elses_link_is_not_taken(cast: Cast) -> None:
    path = invite(cast)
    browser = Desk(cast.pia)
    assert "somebody else" in words_of(browser.get(path))
    assert browser.post(path).status_code == 409
    with pytest.raises(NotAllowed):
        joining.join(key_of(path), person=cast.pia)
    assert not Membership.objects.filter(organisation=cast.tamarack).exists()


def test_who_signs_in_already_joins_with_that_sign_in(cast: Cast) -> None:
    tim = Person.objects.create_user(TIM, PASSWORD, name="Tim Oak")
    path = invite(cast)
    assert "You have a sign-in already" in words_of(Client().get(path))
    with pytest.raises(Conflict):
        joining.join_with_password(key_of(path), name="Tim", password=PASSWORD)
    browser = Client()
    browser.force_login(tim)
    assert browser.post(path)["Location"] == "/desk/"
    assert Membership.objects.get(person=tim).role.name == "Tenant administrator"


def test_only_who_may_invites_and_only_a_partner_of_theirs_alone(cast: Cast) -> None:
    pair = cast.larkfield_tamarack
    with pytest.raises(NotAllowed):
        inviting.invite(pair, name="Tim", email=TIM, by=cast.at_desk(cast.ana))
    with pytest.raises(NotFound):
        inviting.invite(pair, name="Tim", email=TIM, by=cast.at_desk(cast.iris))
    with pytest.raises(Conflict):
        inviting.invite(cast.larkfield_brightwater, name="Tim", email=TIM, by=cast.at_desk(cast.admin))
    Partnership.objects.create(shipper=cast.quillon, carrier=cast.tamarack)
    with pytest.raises(Conflict):
        inviting.invite(pair, name="Tim", email=TIM, by=cast.at_desk(cast.admin))
    page = words_of(Desk(cast.admin).get(f"/desk/settings/partnerships/{pair.pk}/"))
    assert "A desk of their own" not in page


def test_the_secret_is_in_the_mail_alone(cast: Cast) -> None:
    key = key_of(invite(cast))
    stored = PartnerInvitation.objects.values().latest("pk")
    assert key not in str(stored)
    assert Delivery.objects.filter(text__contains=key).count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_who_accept_at_once_one_takes_the_desk() -> None:
    cast = make_cast()
    keys = [key_of(invite(cast, f"{name}@tamarack.example")) for name in ("tim", "uma")]
    results = at_once(
        [partial(joining.join_with_password, key, name="Somebody", password=PASSWORD) for key in keys]
    )
    assert sum(isinstance(one, NotFound) for one in results) == 1
    assert Membership.objects.filter(organisation=cast.tamarack).count() == 1
    assert Person.objects.filter(email__endswith="@tamarack.example").count() == 1
