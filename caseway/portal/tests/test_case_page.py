"""A case's page: what its customer sees, and that nobody else sees it."""

import io
import re
from datetime import timedelta

import pytest

from caseway.cases.conversation.actions import post, receive
from caseway.cases.conversation.authors import Author
from caseway.cases.conversation.folding import UNFOLDED
from caseway.cases.conversation.writing import Content
from caseway.cases.files.actions import upload
from caseway.cases.lifecycle import actions as lifecycle
from caseway.cases.merging import actions as merging
from caseway.cases.models import Case
from caseway.cases.ownership import actions as ownership
from caseway.cases.tests.story import closure_reason, owned_by_ana, raised_by_kim, says
from caseway.cases.types import Audience, Source
from caseway.core.clock import now
from caseway.core.events import silence
from caseway.demo.cast import Cast
from caseway.portal.tests.people import browser, by_htmx, shipment_for
from tests.performance.longest import longest_case


def address(case: Case, more: str = "") -> str:
    return f"/portal/cases/{case.number}/{more}"


def raised_without_mail(cast: Cast) -> Case:
    with silence():
        return raised_by_kim(cast)


def page_of(case: Case, cast: Cast, more: str = "") -> str:
    response = browser(cast.kim).get(address(case, more))
    assert response.status_code == 200
    return response.content.decode()


def test_the_page_tells_the_whole_story(cast: Cast) -> None:
    case = raised_by_kim(cast)
    Case.objects.filter(pk=case.pk).update(shipment=shipment_for(cast))
    ownership.claim(case, by=cast.at_desk(cast.ana))
    says(case, cast.at_desk(cast.ana), Audience.CUSTOMER, "A spare top is on its way.")
    page = page_of(case, cast)
    for words in (
        "Sideboard arrived broken",
        "The top is cracked.",
        "Ana Ferreira took your case",
        "Assigned to Ana",
        "A spare top is on its way.",
        "Waiting for your answer",
        "/portal/shipments/SHP-2209417/",
        "Withdraw the case",
    ):
        assert words in page, words


def test_a_case_that_goes_on_without_an_owner_waits_for_none(cast: Cast) -> None:
    case = raised_by_kim(cast)
    assert "One of us takes it" in page_of(case, cast)
    Case.objects.filter(pk=case.pk).update(status="open")
    page = page_of(case, cast)
    assert "We are working on it" in page
    assert "One of us takes it" not in page


def test_nobody_else_gets_anything(cast: Cast) -> None:
    case = raised_by_kim(cast)
    for path in (address(case, more) for more in ("", "created/", "withdrawal/", "conversation/")):
        missing = browser(cast.max).get(path.replace(case.number, "CV99999999"))
        for stranger in (cast.jo, cast.max, cast.ana, cast.omar, cast.pia, cast.root):
            response = browser(stranger).get(path)
            assert response.status_code == 404, (path, stranger)
            assert "Sideboard" not in response.content.decode()
        assert missing.status_code == 404
        assert browser().get(path).status_code == 302


def test_a_case_without_customer_is_nobodys_in_the_portal(cast: Cast) -> None:
    assert browser(cast.kim).get(address(owned_by_ana(cast))).status_code == 404


def test_a_shipment_that_is_not_theirs_stays_unknown(cast: Cast) -> None:
    case = raised_by_kim(cast)
    other = shipment_for(cast, "SHP-SECRET", account=cast.fernwood)
    Case.objects.filter(pk=case.pk).update(shipment=other)
    for path in (address(case), "/portal/cases/", "/"):
        assert "SHP-SECRET" not in browser(cast.kim).get(path).content.decode()


def test_what_we_wrote_down_for_a_customer_who_called(cast: Cast) -> None:
    case = owned_by_ana(cast)
    kim = cast.contact(cast.kim)
    Case.objects.filter(pk=case.pk).update(contact=kim, account=kim.account)
    page = page_of(case, cast)
    assert "Since Monday." in page
    assert "We raised this case for you" in page


def test_mails_have_a_tab_of_their_own(cast: Cast) -> None:
    case = raised_by_kim(cast)
    kim = cast.contact(cast.kim)
    receive(
        case,
        audience=Audience.CUSTOMER,
        organisation_id=cast.larkfield.pk,
        author=Author(name="Kim Tran", address=kim.email, person=cast.kim, contact=kim),
        content=Content(
            "Please see <b>this</b>",
            html="<b onclick=x>no</b>",
            quoted="On Monday you wrote",
            subject="Re: broken",
            source=Source.EMAIL,
        ),
    )
    page = page_of(case, cast, "?tab=emails")
    assert "Please see &lt;b&gt;this&lt;/b&gt;" in page
    assert "Subject: Re: broken" in page
    assert "On Monday you wrote" in page
    assert "The top is cracked." not in page
    assert "onclick" not in page
    assert "No e-mails on this case" in page_of(raised_without_mail(cast), cast, "?tab=emails")


def test_a_merged_case_leads_to_the_one_it_went_into(cast: Cast) -> None:
    merged, survivor = raised_by_kim(cast, "Second"), raised_by_kim(cast, "First")
    says(merged, cast.in_portal(cast.kim), Audience.CUSTOMER, "Said on the second.")
    merging.merge(merged, by=cast.at_desk(cast.lea), into=survivor)
    page = page_of(merged, cast)
    assert address(survivor) in page
    assert "The conversation goes on" in page
    assert "Withdraw the case" not in page
    assert "Said on the second." in page_of(survivor, cast)


def test_a_closed_case_asks_and_an_old_one_offers_a_follow_up(cast: Cast) -> None:
    case = raised_by_kim(cast)
    lifecycle.close(case, by=cast.at_desk(cast.lea), reason=closure_reason(cast).pk, note="secret note")
    page = page_of(case, cast)
    assert "Reopen the case?" in page
    assert "We closed your case" in page
    assert "secret note" not in page
    Case.objects.filter(pk=case.pk).update(closed_at=now() - timedelta(days=15))
    page = page_of(case, cast)
    assert "Reopen the case?" not in page
    assert "Raise a follow-up case" in page


def test_the_panel_is_a_dialog_and_without_scripts_the_page(cast: Cast) -> None:
    case = raised_by_kim(cast)
    panel = by_htmx(cast.kim).get(address(case, "conversation/"))
    assert panel.status_code == 200
    assert "<dialog" in panel.content.decode()
    assert "<html" not in panel.content.decode()
    assert by_htmx(cast.jo).get(address(case, "conversation/")).status_code == 404
    response = browser(cast.kim).get(address(case, "conversation/"))
    assert (response.status_code, response["Location"]) == (302, address(case) + "#conversation")


def test_times_are_those_of_the_reader(cast: Cast) -> None:
    case = raised_by_kim(cast)
    Case.objects.filter(pk=case.pk).update(
        created_at=now().replace(year=2024, month=7, day=1, hour=18, minute=5)
    )
    for zone, shown in (("America/New_York", "1 Jul 2024, 14:05"), ("Asia/Ho_Chi_Minh", "2 Jul 2024, 01:05")):
        cast.kim.time_zone = zone
        cast.kim.save()
        assert shown in page_of(case, cast)


def test_a_page_costs_few_queries(cast: Cast, django_assert_max_num_queries) -> None:
    case, merged = raised_by_kim(cast), raised_by_kim(cast)
    kim, ana = cast.in_portal(cast.kim), cast.at_desk(cast.ana)
    Case.objects.filter(pk=case.pk).update(shipment=shipment_for(cast))
    ownership.claim(case, by=ana)
    ownership.assign(case, by=ana, to=cast.ben)
    for number in range(6):
        file = upload(io.BytesIO(b"text"), f"{number}.txt", by=kim)
        post(case, by=kim, audience="customer", content=Content("See this"), attachments=[file.pk])
        says(case, ana, Audience.CUSTOMER, "Thank you")
    merging.merge(merged, by=cast.at_desk(cast.lea), into=case)
    client = browser(cast.kim)
    with django_assert_max_num_queries(18):
        assert client.get(address(case)).status_code == 200


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_pages_that_only_show_take_nothing(cast: Cast, method: str) -> None:
    case = raised_by_kim(cast)
    for path in (address(case), address(case, "conversation/"), "/portal/cases/", "/portal/shipments/", "/"):
        assert getattr(browser(cast.kim), method)(path).status_code == 405


def test_a_long_talk_is_folded_and_all_of_it_within_reach(cast: Cast) -> None:
    number = longest_case(cast.at_desk(cast.ana), cast.contact(cast.kim))
    kim = browser(cast.kim)
    page = kim.get(f"/portal/cases/{number}/").content.decode()
    assert page.count('<article class="bubble') == UNFOLDED
    assert "400 earlier messages" in page
    more = re.search(r'href="([^"]*messages=550#message-(\d+))"', page)
    assert more
    whole = kim.get(more[1]).content.decode()
    assert "earlier messages" not in whole
    assert f'id="message-{more[2]}"' in whole, "it goes on where it was unfolded"
    assert whole.count('<article class="bubble') == 450
