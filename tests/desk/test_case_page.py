"""The shipment-and-case page, as each side reads it."""

import re

import pytest

from caseway.accounts.models import Person
from caseway.cases.creation.actions import create
from caseway.cases.creation.fields import NewCase
from caseway.cases.models import Case, Side, Watch
from caseway.cases.ownership.actions import claim, release
from caseway.cases.partnering.actions import add_partner
from caseway.cases.tests.story import fresh, owned_by_ana, raised_by_kim, says, shared_with_brightwater
from caseway.cases.types import Audience
from caseway.cases.watching.actions import follow
from caseway.core.clock import now
from caseway.demo.cast import Cast
from caseway.shipments.models import Shipment, ShipmentEvent

from .conftest import Desk, links


@pytest.fixture
def shipment(cast: Cast) -> Shipment:
    shipment = Shipment.objects.create(
        organisation=cast.larkfield,
        number="SHP-2209417",
        tracking_number="BWF 4471 9082",
        purchase_order="PO-88213",
        shipper=cast.larkfield,
        carrier=cast.brightwater,
        account=cast.orchid,
        status=Shipment.Status.EXCEPTION,
        destination_name="Orchid Hotel",
    )
    ShipmentEvent.objects.create(
        shipment=shipment, happened_at=now(), code="EXC", description="Crate loose", is_exception=True
    )
    return shipment


@pytest.fixture
def case(cast: Cast, shipment: Shipment) -> Case:
    case = shared_with_brightwater(cast)
    Case.objects.update(shipment=shipment)
    claim(case, by=cast.at_desk(cast.ana))
    claim(case, by=cast.at_desk(cast.omar))
    return fresh(case)


def read(desk: Desk, person, case: Case, query: str = "") -> str:
    answer = desk(person).get(f"/desk/cases/{case.number}?{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_shipment_stands_beside_its_case(cast: Cast, desk: Desk, case: Case, shipment: Shipment) -> None:
    page = read(desk, cast.ana, case)
    for words in ("SHP-2209417", "BWF 4471 9082", "PO-88213", "Crate loose", "Orchid Hotels", "Exception"):
        assert words in page


def test_other_cases_of_the_shipment_listed_ones_by_number_only(
    cast: Cast, desk: Desk, case: Case, shipment: Shipment
) -> None:
    ana = cast.at_desk(cast.ana)
    ours = create(NewCase(subject="Our other one", description="x", shipment=shipment.number), by=ana)
    listed = create(NewCase(subject="Only listed", description="x", shipment=shipment.number), by=ana)
    add_partner(listed, by=ana, partner=cast.brightwater, subject="Words for nobody", text="", listed=True)
    assert ours.number in read(desk, cast.ana, case)
    theirs = read(desk, cast.omar, case)
    assert ours.number not in theirs
    assert listed.number in theirs
    assert f"/desk/cases/{listed.number}" not in theirs
    assert "Only listed" not in theirs
    assert "Words for nobody" not in theirs


def test_each_side_sees_its_own_and_the_other_owners_name(cast: Cast, desk: Desk, case: Case) -> None:
    says(case, cast.in_portal(cast.kim), Audience.CUSTOMER, "Between Kim and Larkfield")
    says(case, cast.at_desk(cast.ana), Audience.TEAM, "Ours alone")
    says(case, cast.at_desk(cast.omar), Audience.TEAM, "Theirs alone")
    Side.objects.filter(case=case, organisation=cast.larkfield).update(crm_number="LK-CRM", tags=["vip-care"])
    Side.objects.filter(case=case, organisation=cast.brightwater).update(crm_number="BW-CRM")
    ours, theirs = read(desk, cast.ana, case), read(desk, cast.omar, case)
    for words in ("Kim Tran", "Between Kim", "Ours alone", "LK-CRM", "vip-care", "Omar Haddad"):
        assert words in ours
    for words in ("Crate damaged", "Please check.", "Theirs alone", "BW-CRM", "Ana Ferreira"):
        assert words in theirs
    for secret in ("Kim", "Orchid Hotels", "Sideboard arrived", "Ours alone", "LK-CRM", "vip-care"):
        assert secret not in theirs
    for secret in ("Theirs alone", "BW-CRM"):
        assert secret not in ours


def test_the_timeline_can_be_narrowed(cast: Cast, desk: Desk, case: Case) -> None:
    says(case, cast.at_desk(cast.ana), Audience.CUSTOMER, "To Kim")
    says(case, cast.at_desk(cast.ana), Audience.TEAM, "To us")
    for show, there, away in (
        ("customer", "To Kim", "To us"),
        ("notes", "To us", "To Kim"),
        ("partner", "Please check.", "To Kim"),
    ):
        stream = read(desk, cast.ana, case, f"show={show}").split('id="stream"')[1].split("</ol>")[0]
        assert there in stream
        assert away not in stream
        assert "claimed the case" not in stream
    assert "Nothing of this kind yet" in read(desk, cast.ana, case, "show=files")


def test_messages_and_events_come_in_their_order(cast: Cast, desk: Desk, case: Case) -> None:
    says(case, cast.at_desk(cast.ana), Audience.CUSTOMER, "After the claims")
    page = read(desk, cast.ana, case)
    places = [page.index(words) for words in ("The top is cracked.", "brought in", "After the claims")]
    assert places == sorted(places)


def test_a_description_that_is_no_message_opens_the_timeline(cast: Cast, desk: Desk) -> None:
    page = read(desk, cast.ana, owned_by_ana(cast))
    assert "Since Monday." in page
    assert page.count("The top is cracked.") == 0
    assert read(desk, cast.ana, raised_by_kim(cast)).count("The top is cracked.") == 1


def test_only_what_is_offered_is_shown(cast: Cast, desk: Desk, case: Case) -> None:
    sam, ana, lea = (read(desk, person, case) for person in (cast.sam, cast.ana, cast.lea))
    for deed in ("owner", "suspension", "merge", "level", "cancellation"):
        assert f"/desk/cases/{case.number}/{deed}" not in sam
        assert f"/desk/cases/{case.number}/{deed}" in ana
        assert f"/desk/cases/{case.number}/{deed}" in lea
    assert f"/desk/cases/{case.number}/closure" in sam


def test_a_partner_is_offered_until_one_takes_part(cast: Cast, desk: Desk, case: Case) -> None:
    alone = owned_by_ana(cast)
    assert f"/desk/cases/{alone.number}/partner" in read(desk, cast.ana, alone)
    assert f"/desk/cases/{case.number}/partner" not in read(desk, cast.ana, case)


def test_whoever_follows_beyond_a_dozen_is_counted(cast: Cast, desk: Desk, case: Case) -> None:
    for place in range(18):
        name = f"colleague-{place}"
        person = Person.objects.create(email=f"{name}@larkfield.example", name=name)
        Watch.objects.create(case=case, person=person, organisation=cast.larkfield)
    page = read(desk, cast.ana, case)
    assert page.count("colleague-") == 16
    assert "and 2 more" in page


def test_the_neighbours_of_the_list_it_came_from(cast: Cast, desk: Desk) -> None:
    first, second, third = raised_by_kim(cast), owned_by_ana(cast), raised_by_kim(cast)
    page = read(desk, cast.ana, second, "view=all&sort=-created")
    assert links(page, 'data-key="k"') == [f"/desk/cases/{third.number}?view=all&sort=-created"]
    assert links(page, 'data-key="j"') == [f"/desk/cases/{first.number}?view=all&sort=-created"]
    assert "All cases" in page
    assert 'data-key="j"' not in read(desk, cast.ana, second)


def test_the_list_is_kept_through_an_operation(cast: Cast, desk: Desk, case: Case) -> None:
    page = read(desk, cast.ana, case, "view=my-active&q=crate")
    assert f"/desk/cases/{case.number}/closure?view=my-active&amp;q=crate" in page


@pytest.mark.parametrize("who", ["pia", "kim", "max"])
def test_strangers_get_what_a_missing_case_gives(cast: Cast, desk: Desk, case: Case, who: str) -> None:
    browser = desk(getattr(cast, who))
    foreign, missing = browser.get(f"/desk/cases/{case.number}"), browser.get("/desk/cases/CV99999999")
    assert foreign.status_code == missing.status_code == 404
    assert case.number.encode() not in foreign.content


def test_agents_who_see_only_their_teams_cases_are_strangers_to_the_others(
    cast: Cast, desk: Desk, case: Case
) -> None:
    cast.larkfield.stored_policy = {"agents_see_all": False}
    cast.larkfield.save()
    assert desk(cast.ana).get(f"/desk/cases/{case.number}").status_code == 200
    assert desk(cast.ben).get(f"/desk/cases/{case.number}").status_code == 404


def test_where_policy_wants_a_claim_first_the_page_offers_nothing_else(
    cast: Cast, desk: Desk, case: Case
) -> None:
    release(case, by=cast.at_desk(cast.ana))
    cast.larkfield.stored_policy = {"operations_need_claim": True}
    cast.larkfield.save()
    page, keys = read(desk, cast.ana, case), ('data-key="e"', 'data-key="r"', 'data-key="s"')
    assert "Claim it to answer, change or close it." in page
    assert not [key for key in keys if key in page]
    assert 'value="team"' in page
    answer = {"audience": "customer", "text": "Yes, we look."}
    desk(cast.ana).post(f"/desk/cases/{case.number}/messages", answer)
    assert not case.messages.filter(text__contains="we look").exists()
    assert desk(cast.ana).post(f"/desk/cases/{case.number}/claim").status_code == 302
    claimed = read(desk, cast.ana, case)
    assert "Claim it to answer" not in claimed
    assert all(key in claimed for key in keys)


def test_one_person_has_one_colour_wherever_they_are_shown(cast: Cast, desk: Desk, case: Case) -> None:
    kim, ana, omar = cast.in_portal(cast.kim), cast.at_desk(cast.ana), cast.at_desk(cast.omar)
    for who, audience in ((kim, Audience.CUSTOMER), (ana, Audience.PARTNER), (omar, Audience.PARTNER)):
        says(case, who, audience, "Words.")
    follow(case, by=ana)
    page = read(desk, cast.ana, case)
    for initials, places in (("AF", 4), ("KT", 3), ("OH", 2)):
        colours = re.findall(rf'data-h="(\d)"[^>]*>{initials}<', page)
        assert len(colours) >= places, initials
        assert len(set(colours)) == 1, initials
