"""Held mails, as agents see and decide about them in a browser."""

import pytest

from caseway.cases.conversation.actions import post
from caseway.cases.conversation.writing import Content
from caseway.cases.creation.actions import create
from caseway.cases.creation.fields import NewCase
from caseway.cases.merging.actions import merge
from caseway.cases.models import Case, Message, Participant
from caseway.cases.tests.browsing import Desk, words_of
from caseway.cases.types import Audience
from caseway.demo.cast import Cast
from caseway.desk.case.mails import MOST_SHOWN
from caseway.mail.answering.tests.scenes import CLAIMS, asked
from caseway.mail.models import RawMail, Why
from caseway.mail.tests.mails import latest_to, mail, reply_to, take

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("mailboxes")]


@pytest.fixture
def case(cast: Cast) -> Case:
    """Kim's case, by mail; Ana has answered."""
    told = take(mail("Kim Tran <kim@orchid.example>"))
    case = Case.objects.get(number=told.case_number)
    post(case, by=cast.at_desk(cast.ana), audience=Audience.CUSTOMER, content=Content("Which lid?"))
    return case


def from_jo(text: str = "I have the lid", sender: str = "Jo Weiss <jo@orchid.example>", **more) -> RawMail:
    """A mail of somebody who has Kim's mail, and doesn't take part."""
    assert take(mail(sender, text, **more), reply_to(latest_to("kim@orchid.example"))).outcome == "held"
    return RawMail.objects.latest("pk")


def test_it_stands_on_the_case_page_with_its_reason_and_how_it_begins(cast: Cast, case: Case):
    held = from_jo("I have <i>the</i> lid. " + "And more. " * 100, subject="Re: <b>lid</b>")
    page = Desk(cast.ana, case).read()
    assert "Held mail from Jo Weiss &lt;jo@orchid.example&gt;" in page
    assert "Re: &lt;b&gt;lid&lt;/b&gt;" in page
    assert "Its sender takes no part in this conversation." in page
    assert "I have &lt;i&gt;the&lt;/i&gt; lid. And more." in page
    assert "And more. " * 40 not in page, "a flood of text would bury the conversation"
    assert "A mail was held: its sender takes no part" in page
    assert f"/desk/cases/{case.number}/held/{held.pk}/admission" in page


def test_its_text_is_read_as_text(cast: Cast, case: Case):
    held = from_jo("See <script>alert(1)</script> <img src=x onerror=alert(2)>", files={"<i>.pdf": b"%PDF"})
    page = words_of(Desk(cast.ana, case).ask(f"held/{held.pk}/"))
    assert "See &lt;script&gt;alert(1)&lt;/script&gt; &lt;img src=x" in page
    assert "<script>alert" not in page
    assert f'action="/desk/cases/{case.number}/held/{held.pk}/admission"' in page
    assert "hx-post" not in page.partition('class="decisions"')[2], "this page doesn't renew itself"
    assert "<i>.pdf" not in page


def test_its_html_is_never_rendered(cast: Cast, case: Case):
    raw = mail("jo@orchid.example", "<p>Hello <b>you</b></p><img src='https://evil.example/x.png'>")
    raw = raw.replace(b"text/plain", b"text/html")
    assert take(raw, reply_to(latest_to("kim@orchid.example"))).outcome == "held"
    page = words_of(Desk(cast.ana, case).ask(f"held/{RawMail.objects.latest('pk').pk}/"))
    assert "Hello you" in " ".join(page.split())
    assert "evil.example" not in page


def test_accepting_puts_it_on_the_case_and_its_sender_takes_part(cast: Cast, case: Case):
    held, ana = from_jo(), Desk(cast.ana, case)
    assert ana.do(f"held/{held.pk}/admission").status_code == 302
    assert Message.objects.latest("pk").text == "I have the lid"
    assert Participant.objects.get(address="jo@orchid.example").is_approved
    page = ana.read()
    assert "jo@orchid.example takes part from now on." in page
    assert "Held mail" not in page


def test_a_mail_set_aside_is_kept_and_no_longer_shown(cast: Cast, case: Case):
    held, ana, before = from_jo(), Desk(cast.ana, case), Message.objects.count()
    ana.do(f"held/{held.pk}/dismissal")
    held.refresh_from_db()
    assert (held.state, held.reason) == (RawMail.State.IGNORED, "Set aside by Ana Ferreira.")
    assert (held.why, held.detail) == (Why.SET_ASIDE, "Ana Ferreira")
    assert "Held mail" not in ana.read()
    assert Message.objects.count() == before


@pytest.mark.parametrize("first", ["admission", "dismissal"])
@pytest.mark.parametrize("second", ["admission", "dismissal"])
def test_whoever_comes_second_is_told(cast: Cast, case: Case, first: str, second: str):
    held, ben = from_jo(), Desk(cast.ben, case)
    Desk(cast.ana, case).do(f"held/{held.pk}/{first}")
    after = Message.objects.count()
    assert ben.do(f"held/{held.pk}/{second}").status_code == 302
    assert "Somebody has decided about this mail already." in ben.read()
    assert Message.objects.count() == after


def test_a_colleagues_mail_is_not_accepted_as_somebodys(cast: Cast, case: Case):
    held, ana = from_jo(sender="ben@larkfield.example"), Desk(cast.ana, case)
    ana.do(f"held/{held.pk}/admission")
    assert "It can only be set aside." in ana.read()
    assert not Participant.objects.filter(address="ben@larkfield.example").exists()
    assert RawMail.objects.get(pk=held.pk).state == RawMail.State.HELD


def test_strangers_find_nothing(cast: Cast, case: Case):
    held = from_jo()
    for person in (cast.pia, cast.omar, cast.kim):
        browser = Desk(person, case)
        assert browser.ask(f"held/{held.pk}/").status_code == 404
        for decision in ("admission", "dismissal"):
            assert browser.do(f"held/{held.pk}/{decision}").status_code == 404
    held.refresh_from_db()
    assert held.state == RawMail.State.HELD


def test_it_is_found_at_its_own_case_only(cast: Cast, case: Case):
    held = from_jo()
    other = create(NewCase(subject="Other", description="x"), by=cast.at_desk(cast.ana))
    assert Desk(cast.ana, other).ask(f"held/{held.pk}/").status_code == 404
    assert Desk(cast.ana, other).do(f"held/{held.pk}/admission").status_code == 404


def test_agents_who_may_not_open_the_case_find_nothing(cast: Cast, case: Case):
    held = from_jo()
    cast.larkfield.stored_policy = {"agents_see_all": False}
    cast.larkfield.save()
    case.sides.update(owner=cast.lea)
    assert Desk(cast.ana, case).ask(f"held/{held.pk}/").status_code == 404


def test_the_partner_reads_nothing_of_it_on_its_page(cast: Cast, case: Case):
    from caseway.cases.partnering.actions import add_partner

    add_partner(case, by=cast.at_desk(cast.ana), partner=cast.brightwater, subject="Lid", text="Look.")
    held = from_jo()
    omar = Desk(cast.omar, case)
    assert "jo@orchid.example" not in omar.read()
    assert omar.do(f"held/{held.pk}/admission").status_code == 404


def test_it_is_not_lost_in_a_merge(cast: Cast, case: Case):
    held = from_jo()
    into = create(
        NewCase(subject="Lids", description="x", contact=cast.contact(cast.kim).pk), by=cast.at_desk(cast.lea)
    )
    merge(case, by=cast.at_desk(cast.lea), into=into)
    lea = Desk(cast.lea, into)
    assert f"/desk/cases/{into.number}/held/{held.pk}/admission" in lea.read()
    lea.do(f"held/{held.pk}/admission")
    assert Message.objects.get(text="I have the lid").case == into


def test_a_flood_does_not_bury_the_conversation(cast: Cast, case: Case):
    for n in range(MOST_SHOWN + 1):
        from_jo(f"Mail {n}")
    page = Desk(cast.ana, case).read()
    assert page.count("Held mail from") == MOST_SHOWN * 2, "as a heading and as the group's name"
    assert "More mails are held" in page


def test_administrators_are_offered_more(cast: Cast, case: Case):
    held = from_jo()
    place = f"/desk/cases/{case.number}/held/{held.pk}/blockade"
    assert place not in Desk(cast.ana, case).read()
    assert Desk(cast.ana, case).do(f"held/{held.pk}/blockade").status_code == 403
    assert place in Desk(cast.admin, case).read()
    assert "Accept for all cases" not in Desk(cast.admin, case).read(), "it is a customer's"
    Desk(cast.admin, case).do(f"held/{held.pk}/blockade")
    held.refresh_from_db()
    assert (held.state, held.why) == (RawMail.State.IGNORED, Why.BLOCKED)


def test_a_partners_address_is_kept_for_all_cases(cast: Cast, mailboxes):
    case = asked(cast)
    assert take(mail("bob@tamarack.example", "Hub"), reply_to(latest_to(CLAIMS))).outcome == "held"
    held = RawMail.objects.latest("pk")
    assert "Accept for all cases" not in Desk(cast.ana, case).read()
    assert "Accept for all cases with Tamarack Parcel" in Desk(cast.admin, case).read()
    Desk(cast.admin, case).do(f"held/{held.pk}/admission", all="on")
    cast.larkfield_tamarack.refresh_from_db()
    assert "bob@tamarack.example" in cast.larkfield_tamarack.carrier_addresses
