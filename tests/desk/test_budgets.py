"""What a page of the desk may cost: queries, and bytes before compression."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from caseway.cases.conversation.actions import post
from caseway.cases.conversation.writing import Content
from caseway.cases.creation.actions import create
from caseway.cases.creation.fields import NewCase
from caseway.cases.lifecycle import actions as lifecycle
from caseway.cases.linking.actions import link
from caseway.cases.merging.actions import merge
from caseway.cases.models import Case, Side
from caseway.cases.ownership import actions as ownership
from caseway.cases.partnering.actions import add_partner
from caseway.cases.tests.story import closure_reason, raised_by_kim
from caseway.cases.watching.actions import add_watcher
from caseway.core.clock import now
from caseway.demo.cast import Cast
from caseway.shipments.models import Shipment

from .conftest import Desk

LIST_QUERIES, CASE_QUERIES, LIST_BYTES = 11, 24, 100_000
SEARCH_QUERIES = 18
"""Five windows that are looked through, and what is shown of the matches."""
OF_A_SEARCH = 5
"""What a case's page asks more to know its place in a search: the further windows, and how well it fits."""


def queries_of(client, address: str):
    """The answer, and the queries it took, session and viewer among them."""
    with CaptureQueriesContext(
        connection,
    ) as taken:
        answer = client.get(address)
    assert answer.status_code == 200
    return answer, [query["sql"] for query in taken.captured_queries]


def told(sql: list[str]) -> str:
    return "\n".join(f"{n}: {text[:160]}" for n, text in enumerate(sql, 1))


@pytest.fixture
def fifty(cast: Cast) -> list[Case]:
    """More than a page of cases of which each has everything that a row can show."""
    kim, ana = cast.in_portal(cast.kim), cast.at_desk(cast.ana)
    words = "The top has a crack about 30 cm long and the crate was open on one side. " * 3
    shipment = Shipment.objects.create(organisation=cast.larkfield, number="SHP-2209417")
    cases = []
    for n in range(55):
        subject = f"Walnut sideboard number {n} delivered with a cracked top"
        case = create(NewCase(subject=subject, description=words), by=kim)
        ownership.claim(case, by=ana)
        if n % 2:
            add_partner(case, by=ana, partner=cast.brightwater, subject="Crate", text=words)
        cases.append(case)
    Case.objects.update(shipment=shipment)
    Side.objects.update(deadline=now() + timedelta(hours=2))
    Side.objects.filter(case__in=cases[::3]).update(level=1)
    return cases


@pytest.mark.parametrize(
    "query", ["", "?sort=deadline", "?q=sideboard", "?view=my-active&owner=me&status=active"]
)
def test_the_list_keeps_its_budget(cast: Cast, desk: Desk, fifty: list[Case], query: str) -> None:
    answer, sql = queries_of(desk(cast.ana), f"/desk/cases/{query}")
    assert answer.content.count(b'<td role="cell" class="c-num">') == 50
    assert len(sql) <= (SEARCH_QUERIES if "q=" in query else LIST_QUERIES), told(sql)
    assert len(answer.content) <= LIST_BYTES, f"{len(answer.content)} bytes"


@pytest.fixture
def eventful(cast: Cast) -> Case:
    """A case with a shipment, both owners, every audience, every kind of step, and relatives."""
    shipment = Shipment.objects.create(
        organisation=cast.larkfield, number="SHP-1", shipper=cast.larkfield, carrier=cast.brightwater
    )
    kim, ana, lea, omar = (
        cast.in_portal(cast.kim), cast.at_desk(cast.ana), cast.at_desk(cast.lea), cast.at_desk(cast.omar)
    )  # fmt: skip
    case = create(NewCase(subject="Broken", description="The top."), by=kim)
    Case.objects.update(shipment=shipment)
    ownership.claim(case, by=ana)
    add_partner(case, by=ana, partner=cast.brightwater, subject="Crate", text="Look, please.")
    ownership.claim(case, by=omar)
    for who, audience in (
        (kim, "customer"),
        (ana, "customer"),
        (omar, "partner"),
        (lea, "team"),
        (ana, "record"),
    ):
        post(case, by=who, audience=audience, content=Content("Words."))
    for other in (raised_by_kim(cast), raised_by_kim(cast)):
        merge(other, by=lea, into=case)
    link(case, by=lea, other=create(NewCase(subject="Kin", description="x", shipment="SHP-1"), by=ana))
    ownership.assign(case, by=lea, to=cast.ben)
    ownership.give_to_team(case, by=lea, team=cast.larkfield.teams.all()[0])
    ownership.claim(case, by=ana)
    add_watcher(case, by=ana, person=cast.sam)
    lifecycle.suspend(case, by=ana, note="wait")
    lifecycle.resume(case, by=ana)
    lifecycle.cancel(case, by=ana, note="no")
    lifecycle.reopen(case, by=ana)
    lifecycle.close(case, by=ana, reason=closure_reason(cast).pk, note="Done.")
    lifecycle.reopen(case, by=ana, note="Again.")
    lifecycle.withdraw(case, by=kim, note="No more.")
    lifecycle.reopen(case, by=ana)
    return case


@pytest.mark.parametrize("query", ["", "?view=all-active", "?view=all&q=broken&show=partner"])
def test_the_case_page_keeps_its_budget(cast: Cast, desk: Desk, eventful: Case, query: str) -> None:
    answer, sql = queries_of(desk(cast.ana), f"/desk/cases/{eventful.number}{query}")
    assert len(sql) <= CASE_QUERIES + (OF_A_SEARCH if "q=" in query else 0), told(sql)
    assert answer.content.count(b'class="message') >= 1


def test_the_partners_page_keeps_its_budget(cast: Cast, desk: Desk, eventful: Case) -> None:
    _answer, sql = queries_of(desk(cast.omar), f"/desk/cases/{eventful.number}?view=all")
    assert len(sql) <= CASE_QUERIES, told(sql)
