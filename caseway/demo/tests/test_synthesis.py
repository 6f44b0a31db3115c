"""A synthetic world agrees with itself as a real one does."""

import pytest
from django.db.models import F

from caseway.cases.models import Case, Message, SearchDocument, Side
from caseway.cases.views.filters import CaseFilter
from caseway.cases.views.named import View
from caseway.cases.views.queries import listing_of
from caseway.customers.viewers import desk_viewer_of
from caseway.demo.synthesis.load import synthesize

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_synthetic_world_agrees_with_itself() -> None:
    told: list[tuple[int, int]] = []
    tenants = synthesize(300, 4, seed=7, progress=lambda done, total, _what: told.append((done, total)))
    assert told[-1] == (300, 300)
    assert Case.objects.count() == 300
    assert Message.objects.count() == 900
    assert not Side.objects.exclude(status=F("case__status")).exists()
    partner_messages = Message.objects.filter(audience="partner").count()
    assert SearchDocument.objects.count() == Side.objects.count() + 900 + partner_messages
    hosted = [Case.objects.filter(host=tenant.organisation).count() for tenant in tenants]
    assert sum(hosted) == 300
    assert 90 <= hosted[0] <= 93, "the first has 30 %"

    viewer = desk_viewer_of(tenants[0].organisation.memberships.earliest("pk").person)
    found = listing_of(CaseFilter(view=View.ALL, q="terminal"), viewer, limit=10)
    assert found.rows
    assert all(row.side.organisation == tenants[0].organisation for row in found.rows)
