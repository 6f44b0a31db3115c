"""The case that the docs show: everybody takes part, with pictures, papers, a note and a record."""

import random
from datetime import datetime, timedelta

from caseway.cases.linking.actions import link
from caseway.cases.models import Case, Priority, Side
from caseway.cases.ownership.actions import set_level
from caseway.cases.status import Status
from caseway.cases.watching.actions import follow
from caseway.core.clock import standing_at
from caseway.demo.cast import Cast
from caseway.shipments.models import Shipment

from .stories import STORIES
from .telling import Telling

OVER = timedelta(minutes=38)


def tell_showcase(cast: Cast, chance: random.Random, shipments: list[Shipment], today: datetime) -> Case:
    """Kim's sideboards came with a crack; Ana, Omar and Kim work it out. Waits for Ana since minutes."""
    shipment = next(s for s in reversed(shipments) if _fits(cast, s))
    shipment.goods = "Walnut sideboards, 2 crates"
    shipment.save(update_fields=["goods"])
    began = max(shipment.delivered_at or today, today - timedelta(hours=20)) + timedelta(minutes=40)
    telling = Telling(
        cast,
        STORIES[0],
        shipment,
        cast.contact(cast.kim),
        cast.ana,
        chance,
        began,
        today - timedelta(minutes=6),
        with_everybody=True,
    )
    case = telling.tell(Status.PENDING_AGENT)
    _dress(cast, case, today)
    return case


def _fits(cast: Cast, shipment: Shipment) -> bool:
    by_freight, delivered = shipment.carrier == cast.brightwater, shipment.delivered_at is not None
    return by_freight and delivered and shipment.destination_name.startswith("Orchid")


def _dress(cast: Cast, case: Case, today: datetime) -> None:
    """Make it pressing: upgraded, urgent, a little late, watched, and linked to an earlier one."""
    with standing_at(today - timedelta(minutes=5)):
        set_level(case, by=cast.at_desk(cast.lea), level=1)
        for colleague in (cast.ben, cast.lea):
            follow(case, by=cast.at_desk(colleague))
        earlier = Case.objects.filter(account=case.account, status=Status.CLOSED).latest("pk")
        link(case, by=cast.at_desk(cast.ana), other=earlier)
    Side.objects.filter(case=case, organisation=cast.larkfield).update(
        priority=Priority.objects.get(organisation=cast.larkfield, rank=4),
        deadline=today - OVER,
        crm_number="00291847",
        tags=["claim", "showroom"],
    )
