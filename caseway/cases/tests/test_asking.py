"""A question that is composed once for many gives each viewer what `visible_to` gives them."""

from itertools import product

from django.db.models import QuerySet

from caseway.accounts.asking import AskedBy
from caseway.accounts.models import Person
from caseway.accounts.viewer import Viewer
from caseway.cases.models import CaseEvent, Message, Side
from caseway.cases.ownership.actions import claim
from caseway.cases.tests.story import raised_by_kim, says, shared_with_brightwater
from caseway.cases.types import Audience
from caseway.core.database.statements import Slot
from caseway.customers.viewers import viewer_of
from caseway.demo.cast import Cast


@AskedBy
def sides(viewer: Viewer) -> QuerySet[Side]:
    return Side.objects.visible_to(viewer).filter(case__gte=Slot("least")).order_by("pk")


@AskedBy
def messages(viewer: Viewer) -> QuerySet[Message]:
    return Message.objects.visible_to(viewer).filter(case__gte=Slot("least")).order_by("pk")


@AskedBy
def events(viewer: Viewer) -> QuerySet[CaseEvent]:
    return CaseEvent.objects.visible_to(viewer).filter(case__gte=Slot("least")).order_by("pk")


def told(viewer: Viewer) -> list[list[int]]:
    return [[row.pk for row in asked.rows(viewer, least=0)] for asked in (sides, messages, events)]


def as_ever(viewer: Viewer) -> list[list[int]]:
    return [
        list(model.objects.visible_to(viewer).order_by("pk").values_list("pk", flat=True))
        for model in (Side, Message, CaseEvent)
    ]


def test_every_viewer_is_told_what_they_see_under_every_policy(cast: Cast) -> None:
    shared, alone = shared_with_brightwater(cast), raised_by_kim(cast)
    claim(alone, by=cast.at_desk(cast.ben))
    ana, omar = cast.at_desk(cast.ana), cast.at_desk(cast.omar)
    claim(shared, by=ana)
    for by, audience in product((ana,), (Audience.TEAM, Audience.RECORD, Audience.PARTNER)):
        says(shared, by, audience, f"Said to {audience}")
    says(shared, omar, Audience.PARTNER, "Looked.")
    seen = set()
    for larkfield, brightwater in product(({}, {"agents_see_all": False}), repeat=2):
        for organisation, policy in ((cast.larkfield, larkfield), (cast.brightwater, brightwater)):
            organisation.stored_policy = policy
            organisation.save()
        for person in Person.objects.order_by("pk"):
            viewer = viewer_of(person)
            assert told(viewer) == as_ever(viewer), f"{person} under {larkfield} and {brightwater}"
            seen.add(str(told(viewer)))
    assert len(seen) > 4
