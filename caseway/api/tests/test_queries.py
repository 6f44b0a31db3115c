"""How many questions each reading operation asks of the database: the same for one row and for fifty."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from caseway.cases.conversation.actions import post
from caseway.cases.conversation.writing import Content
from caseway.cases.creation.actions import create
from caseway.cases.creation.fields import NewCase
from caseway.cases.partnering.actions import add_partner

pytestmark = pytest.mark.django_db

# Token with person, seat, teams (a contact has none) and the count of the limit come before all of these.
BUDGET = {
    ("ana", "/cases"): 8,
    ("kim", "/cases"): 7,
    ("ana", "/cases/{number}"): 9,
    ("omar", "/cases/{number}"): 9,
    ("kim", "/cases/{number}"): 8,
    ("ana", "/cases/{number}/messages"): 8,
    ("kim", "/cases/{number}/messages"): 8,
    ("ana", "/cases/{number}/events"): 12,
    ("ana", "/cases/{number}/links"): 8,
    ("ana", "/cases/{number}/participants"): 7,
    ("ana", "/shipments"): 6,
    ("ana", "/customers"): 6,
    ("ana", "/contacts"): 6,
    ("ana", "/organisations"): 6,
    ("ana", "/partnerships"): 6,
    ("ana", "/categories"): 6,
    ("ana", "/reasons"): 6,
    ("ana", "/me"): 7,
    ("ana", "/notifications"): 12,
}


@pytest.fixture
def many(cast):
    """Twelve shared cases of Kim's with messages of every kind; the first one's number."""
    kim, ana, omar = cast.in_portal(cast.kim), cast.at_desk(cast.ana), cast.at_desk(cast.omar)
    numbers = []
    for n in range(12):
        case = create(NewCase(subject=f"No {n}", description="x"), by=kim)
        add_partner(case, by=ana, partner=cast.brightwater, subject="x", text="x")
        post(case, by=ana, audience="team", content=Content("x"))
        post(case, by=omar, audience="partner", content=Content("x"))
        numbers.append(case.number)
    return numbers[0]


@pytest.mark.parametrize(("name", "path"), BUDGET, ids=[f"{name} {path}" for name, path in BUDGET])
def test_the_budget_is_kept(calls, many, name, path):
    caller, address = calls(name), path.replace("{number}", many)
    caller.get(address)  # the use of the token is noted once a minute

    with CaptureQueriesContext(
        connection,
    ) as asked:
        response = caller.get(address)

    assert response.status_code == 200
    queries = [q["sql"] for q in asked.captured_queries if not q["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    assert len(queries) <= BUDGET[name, path], "\n".join(queries)
