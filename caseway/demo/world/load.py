"""The demo world: fixed, so that anyone can follow the docs; its dates lead up to today."""

import random
from datetime import datetime, timedelta
from itertools import cycle

from django.db import transaction

from caseway.accounts.models import Organisation
from caseway.cases.creation.actions import create
from caseway.cases.creation.fields import NewCase
from caseway.cases.merging.actions import merge
from caseway.cases.models import Case, Side, Tag, Visit
from caseway.cases.ownership import actions as ownership
from caseway.cases.status import Status
from caseway.cases.watching.actions import follow
from caseway.core.clock import now, standing_at
from caseway.core.events import silence
from caseway.demo.cast import Cast, make_cast
from caseway.demo.logos import give_logos
from caseway.mail.models import Mailbox
from caseway.shipments.models import Shipment

from .canned import make_canned_answers
from .guides import make_guides
from .mails import make_mails
from .places import customers_of
from .reminders import make_notices, make_reminders
from .shipments import make_shipments
from .showcase import tell_showcase
from .stories import STORIES
from .tasks import give_tasks
from .telling import Telling

SEED = 48_213
URGING = {"urging_by_mail": True, "urging_by_sms": True}
ENDINGS = (
    *[Status.CLOSED] * 52,
    *[Status.CANCELLED] * 5,
    *[Status.WITHDRAWN] * 5,
    *[Status.ON_HOLD] * 5,
    *[Status.PENDING_CUSTOMER] * 13,
    *[Status.OPEN] * 14,
    *[Status.PENDING_AGENT] * 11,
    *[Status.NEW] * 8,
)
TAGS = ("claim", "event", "showroom")
DUE_IN_HOURS = (
    -26,
    -9,
    -4,
    -1.2,
    0.3,
    0.5,
    0.8,
    1.1,
    1.6,
    2.4,
    3.3,
    5,
    6.5,
    8,
    10,
    20,
    24,
    27,
    44,
    50,
    70,
    76,
    96,
    120,
)


def load_demo_world() -> Cast:
    """Store the demo world, in one transaction; where it is there already nothing happens."""
    with transaction.atomic(), silence():
        cast = make_cast()
        if not Case.objects.exists():
            _fill(cast, random.Random(SEED), now())  # noqa: S311 - a world, not a secret
    return cast


def _fill(cast: Cast, chance: random.Random, today: datetime) -> None:
    _make_mailboxes(cast)
    give_logos(cast.larkfield_brand, cast.garden_brand, by=cast.at_desk(cast.admin))
    make_guides(cast, random.Random(SEED), today)  # noqa: S311 - a world, not a secret
    make_canned_answers(cast)
    Tag.objects.bulk_create(Tag(organisation=cast.larkfield, name=name) for name in TAGS)
    Organisation.objects.filter(pk=cast.larkfield.pk).update(stored_policy=URGING)
    shipments = make_shipments(cast, chance, today)
    ours = [s for s in shipments if s.organisation_id == cast.larkfield.pk]
    shown = _tell_stories(cast, chance, ours, today)
    _merge_a_pair(cast, ours[-1], shown, today)
    _tell_of_others(cast, shipments, today)
    _leave_traces(cast, chance, shown, today)
    give_tasks(cast, shown, today)
    make_reminders(cast)
    make_notices(cast)
    make_mails(cast, _open_case_beside(shown), today)


def _open_case_beside(shown: Case) -> Case:
    """A customer's open case, but not the one that the docs show."""
    sides = Side.objects.filter(organisation=shown.host_id, status=Status.OPEN, case__contact__isnull=False)
    return sides.exclude(case=shown).select_related("case").latest("pk").case


def _make_mailboxes(cast: Cast) -> None:
    for organisation, address, brand in (
        (cast.larkfield, "support@larkfield.example", cast.larkfield_brand),
        (cast.brightwater, "cases@brightwater.example", None),
    ):
        Mailbox.objects.get_or_create(
            address=address, defaults={"organisation": organisation, "brand": brand}
        )


def _tell_stories(cast: Cast, chance: random.Random, shipments: list[Shipment], today: datetime) -> Case:
    """The solved ones long ago, the active ones in the last days; gives the last, which the docs show."""
    contacts = {c.name: c.contact for c in customers_of(cast)}
    agents = (cast.ana, cast.ana, cast.ben, cast.lea, cast.sam)
    count = len(ENDINGS)
    for index, ending in enumerate(ENDINGS):
        shipment = shipments[len(shipments) - count + index]
        contact = contacts.get(shipment.destination_name) or cast.contact(cast.kim)
        began = max(e.happened_at for e in shipment.events.all()) if ending.is_active else None
        at = (began or shipment.created_at + timedelta(days=2)) + timedelta(minutes=chance.randint(10, 200))
        if ending.is_active:
            at = max(at, today - timedelta(days=9 * chance.random() ** 2, hours=3))
        at = min(at, today - timedelta(minutes=chance.randint(4, 90)))
        story = STORIES[index % len(STORIES)]
        quiet = timedelta(hours=min(chance.expovariate(1 / 14), (today - at) / timedelta(hours=1) * 0.8))
        until = today - quiet if ending.is_active else min(today, at + timedelta(days=chance.randint(1, 5)))
        Telling(cast, story, shipment, contact, chance.choice(agents), chance, at, until).tell(ending)
    return tell_showcase(cast, chance, shipments, today)


def _merge_a_pair(cast: Cast, shipment: Shipment, shown: Case, today: datetime) -> None:
    """Kim tells of one thing twice, and Lea makes one case of it."""
    kim = cast.contact(cast.kim)
    first = Case.objects.filter(contact=kim, status=Status.PENDING_AGENT).exclude(pk=shown.pk).latest("pk")
    with standing_at(today - timedelta(hours=1)):
        new = NewCase(subject="Second report", description="Did my first report reach you?")
        twice = create(new, by=cast.in_portal(cast.kim), brand=shipment.brand)
    with standing_at(today - timedelta(minutes=50)):
        merge(twice, by=cast.at_desk(cast.lea), into=first)


def _tell_of_others(cast: Cast, shipments: list[Shipment], today: datetime) -> None:
    """What Quillon and Brightwater do without Larkfield: it must never be seen there."""
    theirs = [s for s in shipments if s.organisation_id == cast.quillon.pk][-4:]
    pia, omar = cast.at_desk(cast.pia), cast.at_desk(cast.omar)
    for days, shipment in enumerate(theirs, 1):
        with standing_at(today - timedelta(days=days, hours=2)):
            new = NewCase(
                subject=f"Appointment for {shipment.destination_name}",
                description="The store asks for a delivery before ten.",
                type="delivery_scheduling",
                shipment=shipment.number,
                partner="brightwater",
                partner_subject="Delivery before ten",
                partner_text="Please confirm an appointment before ten.",
            )
            create(new, by=pia)
    with standing_at(today - timedelta(hours=30)):
        shipment = next(s for s in reversed(shipments) if s.carrier_id == cast.brightwater.pk)
        new = NewCase(
            subject="Consignee unreachable, storage starts tomorrow",
            description="Called three times. Storage is charged from tomorrow noon.",
            type="disposition",
            shipment=shipment.number,
            partner=shipment.organisation.slug,
            partner_subject=f"Storage starts tomorrow for {shipment.tracking_number}",
            partner_text="We can't reach the consignee. Please arrange an appointment.",
        )
        create(new, by=omar)


def _leave_traces(cast: Cast, chance: random.Random, shown: Case, today: datetime) -> None:
    """Somebody follows, upgrades, tags, and has read most of it; what is due is due on several days."""
    active = list(
        Side.objects.filter(organisation=cast.larkfield)
        .exclude(case=shown)
        .select_related("case")
        .order_by("-updated_at")[:70]
    )
    dues = cycle(chance.sample(DUE_IN_HOURS, len(DUE_IN_HOURS)))
    for index, side in enumerate(active):
        with standing_at(min(side.updated_at + timedelta(minutes=chance.randint(1, 9)), today)):
            if index % 7 == 0 and side.is_active:
                ownership.set_level(side.case, by=cast.at_desk(cast.lea), level=1)
            if index % 5 == 0:
                follow(side.case, by=cast.at_desk(cast.ana if side.owner_id != cast.ana.pk else cast.ben))
        if index % 4 == 0:
            Side.objects.filter(pk=side.pk).update(
                crm_number=f"{chance.randint(200_000, 400_000):08d}",
                tags=[chance.choice(TAGS)],
            )
        if side.is_active and side.deadline:
            due = today + timedelta(hours=next(dues), minutes=chance.randint(-14, 14))
            Side.objects.filter(pk=side.pk).update(deadline=max(due, side.created_at + timedelta(hours=2)))
        if index % 3:
            for person in (cast.ana, cast.ben, cast.lea):
                Visit.objects.get_or_create(case=side.case, person=person, defaults={"seen_at": today})
