"""A synthetic world agrees with itself as a real one does."""

import pytest
from django.db.models import F

from caseway.accounts.models import Person
from caseway.cases.models import Case, Message, Satisfaction, SearchDocument, Side, Task
from caseway.cases.views.filters import CaseFilter
from caseway.cases.views.named import View
from caseway.cases.views.queries import listing_of
from caseway.customers.viewers import desk_viewer_of, portal_viewer_of
from caseway.demo.synthesis.load import synthesize
from caseway.mail.models import Delivery
from caseway.mail.outbox.queries import sent_to_customer
from caseway.shipments.models import Shipment

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


def test_its_greatest_customer_has_shipments_mails_and_a_say() -> None:
    tenants = synthesize(300, 4, seed=7, progress=lambda *_told: None)
    person = Person.objects.get(contacts__organisation=tenants[0].organisation)
    viewer = portal_viewer_of(person)
    cases = Case.objects.visible_to(viewer)

    assert viewer.administers_account
    assert Shipment.objects.visible_to(viewer).count() >= cases.filter(shipment__isnull=False).count() > 0
    assert all(sent_to_customer(viewer, [case.pk]) for case in cases)
    assert 600 < Delivery.objects.count() < 1200
    assert not Delivery.objects.exclude(organisation=F("case__host")).exists()
    assert not Delivery.objects.filter(message__isnull=False).exclude(message__case=F("case")).exists()
    assert set(Delivery.objects.values_list("state", flat=True)) == {"sent"}
    answered = Satisfaction.objects.all()
    assert 3 <= answered.count() < 60
    assert not answered.exclude(closure__case=F("case"), contact=F("case__contact")).exists()
    assert not answered.exclude(case__status="closed").exists()


def test_some_cases_have_tasks_which_their_hosts_people_do() -> None:
    synthesize(300, 4, seed=7, progress=lambda *_told: None)
    tasks = Task.objects.all()
    assert 3 <= tasks.count() < 100
    assert not tasks.exclude(organisation=F("case__host")).exists()
    assert not tasks.exclude(team__organisation=F("organisation")).exists()
    assert all(task.is_waiting == task.case.is_active for task in tasks.select_related("case"))
