"""Whose court: each row of the table, as both sides see it."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from caseway.cases.conversation.actions import Then, post, receive
from caseway.cases.conversation.authors import Author
from caseway.cases.conversation.writing import Content
from caseway.cases.lifecycle import actions as lifecycle
from caseway.cases.merging.actions import merge, unmerge
from caseway.cases.models import Case, Side
from caseway.cases.ownership import actions as ownership
from caseway.cases.partnering.actions import add_partner
from caseway.cases.tests.story import (
    closure_reason,
    fresh,
    raised_by_kim,
    says,
    shared_with_brightwater,
    side_of,
)
from caseway.cases.types import Audience, Court
from caseway.cases.waiting import Waiting, waiting_of, with_waiting
from caseway.core.clock import standing_at
from caseway.demo.cast import Cast

pytestmark = pytest.mark.django_db

US, CUSTOMER, PARTNER, NOBODY = Court.US, Court.CUSTOMER, Court.PARTNER, Court.NOBODY
MONDAY = datetime(2025, 11, 17, 9, tzinfo=UTC)


def courts(cast: Cast, case: Case) -> tuple[str, str]:
    """The court as the host and as its partner see it."""
    return side_of(case, cast.larkfield).court, side_of(case, cast.brightwater).court


def by_partner(cast: Cast, case: Case) -> None:
    says(case, cast.at_desk(cast.omar), Audience.PARTNER, "We look")


def to_partner(cast: Cast, case: Case) -> None:
    says(case, cast.at_desk(cast.ana), Audience.PARTNER, "And?")


def by_customer(cast: Cast, case: Case) -> None:
    says(case, cast.in_portal(cast.kim), Audience.CUSTOMER, "Hello?")


def to_customer(cast: Cast, case: Case, status: str = "pending_customer") -> None:
    content, then = Content("We ask"), Then(status)
    post(case, by=cast.at_desk(cast.ana), audience=Audience.CUSTOMER, content=content, then=then)


def answer(cast: Cast, case: Case) -> None:
    to_customer(cast, case, "stay")


def let_go_of_customer(cast: Cast, case: Case) -> None:
    to_customer(cast, case, "open")


def hold(cast: Cast, case: Case) -> None:
    lifecycle.suspend(case, by=cast.at_desk(cast.lea), note="Snow")


def resume(cast: Cast, case: Case) -> None:
    lifecycle.resume(case, by=cast.at_desk(cast.lea))


def close(cast: Cast, case: Case) -> None:
    lifecycle.close(case, by=cast.at_desk(cast.lea), reason=closure_reason(cast).pk, note="x")


def undo_closing(cast: Cast, case: Case) -> None:
    lifecycle.take_back_closure(case, by=cast.at_desk(cast.lea))


def reopen(cast: Cast, case: Case) -> None:
    lifecycle.reopen(case, by=cast.at_desk(cast.lea))


def partner_reopens(cast: Cast, case: Case) -> None:
    lifecycle.reopen(case, by=cast.at_desk(cast.iris))


def customer_reopens(cast: Cast, case: Case) -> None:
    lifecycle.reopen(case, by=cast.in_portal(cast.kim), note="Not yet")


def automatically(cast: Cast, case: Case) -> None:
    author = Author(name="Claims", address="away@brightwater.example", organisation_id=cast.brightwater.pk)
    receive(
        case,
        audience=Audience.PARTNER,
        organisation_id=cast.brightwater.pk,
        author=author,
        content=Content("I am away", is_automatic=True),
    )


def claim(cast: Cast, case: Case) -> None:
    ownership.claim(case, by=cast.at_desk(cast.omar))


def note(cast: Cast, case: Case) -> None:
    says(case, cast.at_desk(cast.ana), Audience.TEAM, "Note")


Deed = Callable[[Cast, Case], None]
# Every case begins shared with Brightwater, which was asked: (PARTNER, US).
ROWS: list[tuple[tuple[Deed, ...], tuple[Court, Court]]] = [
    ((), (PARTNER, US)),
    ((by_partner,), (US, PARTNER)),
    ((by_partner, to_partner), (PARTNER, US)),
    ((by_customer,), (US, US)),
    ((by_customer, to_customer), (CUSTOMER, US)),
    ((to_customer, by_customer), (US, US)),
    ((to_customer, by_partner), (US, PARTNER)),
    ((by_customer, answer), (PARTNER, US)),
    ((by_partner, by_customer, answer), (US, PARTNER)),
    ((to_customer, let_go_of_customer), (US, US)),
    ((by_partner, to_customer), (CUSTOMER, PARTNER)),
    ((hold,), (NOBODY, NOBODY)),
    ((hold, resume), (PARTNER, US)),
    ((hold, by_customer), (US, US)),
    ((hold, by_partner, resume), (US, PARTNER)),
    ((to_customer, hold, resume), (CUSTOMER, US)),
    ((close,), (NOBODY, NOBODY)),
    ((close, by_partner), (NOBODY, NOBODY)),
    ((to_customer, close, undo_closing), (CUSTOMER, US)),
    ((close, reopen), (US, PARTNER)),
    ((close, partner_reopens), (PARTNER, US)),
    ((by_partner, close, customer_reopens), (US, PARTNER)),
    ((automatically,), (PARTNER, US)),
    ((claim, note), (PARTNER, US)),
]


@pytest.mark.parametrize(
    ("deeds", "then"), ROWS, ids=["+".join(deed.__name__ for deed in deeds) or "shared" for deeds, _ in ROWS]
)
def test_a_row_of_the_table(cast: Cast, deeds: tuple[Deed, ...], then: tuple[Court, Court]) -> None:
    case = shared_with_brightwater(cast)
    for deed in deeds:
        deed(cast, fresh(case))
    assert courts(cast, case) == then


def test_a_listed_partner_never_has_to_act(cast: Cast) -> None:
    case = raised_by_kim(cast)
    lea = cast.at_desk(cast.lea)
    add_partner(case, by=lea, partner=cast.brightwater, subject="x", text="", listed=True)
    assert courts(cast, case) == (US, NOBODY)
    hold(cast, fresh(case))
    resume(cast, fresh(case))
    assert courts(cast, case) == (US, NOBODY)
    add_partner(fresh(case), by=lea, partner=cast.brightwater, subject="x", text="Please look")
    assert courts(cast, case) == (PARTNER, US)


def test_a_merge_and_its_undoing(cast: Cast) -> None:
    case, lea = shared_with_brightwater(cast), cast.at_desk(cast.lea)
    survivor = raised_by_kim(cast)
    merge(case, by=lea, into=survivor)
    assert courts(cast, case) == (NOBODY, NOBODY)
    assert courts(cast, survivor) == (US, US)
    unmerge(fresh(case), by=lea)
    assert courts(cast, case) == (PARTNER, US)


def waiting(cast: Cast, case: Case, organisation_id: int) -> Waiting:
    return waiting_of(with_waiting(Side.objects.all()).get(case=case, organisation=organisation_id))


def test_waiting_is_counted_for_who_causes_it(cast: Cast) -> None:
    with standing_at(MONDAY):
        case = shared_with_brightwater(cast)
    with standing_at(MONDAY + timedelta(hours=2)):
        by_partner(cast, case)
    with standing_at(MONDAY + timedelta(hours=5)):
        to_customer(cast, fresh(case))
    with standing_at(MONDAY + timedelta(days=1)):
        hold(cast, fresh(case))
    with standing_at(MONDAY + timedelta(days=3)):
        resume(cast, fresh(case))
    with standing_at(MONDAY + timedelta(days=3, hours=1)):
        host = waiting(cast, case, cast.larkfield.pk)
        partner = waiting(cast, case, cast.brightwater.pk)
    hours = timedelta(hours=1)
    assert (host.court, host.since, host.lasts) == (CUSTOMER, MONDAY + timedelta(days=3), hours)
    assert (host.us, host.customer, host.partner) == (3 * hours, 20 * hours, 2 * hours)
    # To the partner, waiting for the customer is simply waiting for Larkfield.
    assert (partner.us, partner.customer, partner.partner) == (2 * hours, timedelta(), 23 * hours)
