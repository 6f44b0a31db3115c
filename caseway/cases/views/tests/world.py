"""A varied world of two organisations' cases, told by their own actions: what the filters are tried on."""

import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from caseway.accounts.models import Team
from caseway.accounts.viewer import Viewer
from caseway.cases.creation.actions import create
from caseway.cases.creation.fields import NewCase
from caseway.cases.lifecycle import actions as lifecycle
from caseway.cases.models import Case, Category, ContactMethod, Priority
from caseway.cases.ownership import actions as ownership
from caseway.cases.tasks.tests.work import noted
from caseway.cases.tests.story import closure_reason, says
from caseway.cases.types import Audience, CaseType, Source
from caseway.cases.watching.actions import follow
from caseway.core.clock import standing_at
from caseway.core.errors import DomainError
from caseway.demo.cast import Cast
from caseway.shipments.models import Shipment

CASES = 150
LATEST = datetime(2026, 11, 20, 23, 30, tzinfo=UTC)
"""Near midnight, when it is another day in other zones."""
NAMES = ("Café Zürich Nord", "CAFE  ZURICH", "Müller & Söhne", "Große Straße 5", "Portland Store 1%", "")
NUMBERS = ("PO-12 34", "po1299", "PO/9_9", "A.77", "12", "")
REGIONS = ("West", "Benelux", "")
TAGS = ("claim", "vip", "show room")


def tell_cases(cast: Cast, seed: int) -> None:
    """Store the cases, their shipments and what became of them; the same seed tells the same."""
    Teller(cast, random.Random(seed)).tell()


class Teller:
    """Tells the cases one after the other, each some hours after the one before."""

    def __init__(self, cast: Cast, chance: random.Random) -> None:
        self.cast, self.chance = cast, chance
        self.larkfield = [cast.at_desk(person) for person in (cast.ana, cast.ben, cast.lea)]
        self.brightwater = [cast.at_desk(person) for person in (cast.omar, cast.iris)]
        self.reasons = {cast.larkfield.pk: closure_reason(cast).pk}

    def tell(self) -> None:
        """All of them."""
        for number in range(CASES):
            ours = self.chance.random() < 0.75
            desk = self.larkfield if ours else self.brightwater
            begun = LATEST - timedelta(hours=self.chance.randint(1, 24 * 500))
            shipment = self._shipment(number, ours=ours)
            with standing_at(begun):
                case = self._case(desk, shipment)
            for step in range(self.chance.randrange(5)):
                with standing_at(begun + timedelta(hours=7 * (step + 1))):
                    self._something(case)

    def _shipment(self, number: int, *, ours: bool) -> str:
        """A shipment between the two, or another carrier's; some cases have none."""
        chance, cast = self.chance, self.cast
        if chance.random() < 0.15:
            return ""
        shipper, carrier = cast.larkfield, cast.brightwater if chance.random() < 0.7 else cast.tamarack
        made = Shipment.objects.create(
            organisation=shipper if ours else cast.brightwater,
            number=f"S-{number}",
            shipper=shipper,
            carrier=carrier if ours else cast.brightwater,
            mode=chance.choice(Shipment.Mode.values),
            direction=chance.choice(Shipment.Direction.values),
            region=chance.choice(REGIONS),
            origin_name=chance.choice(NAMES),
            destination_name=chance.choice(NAMES),
            origin_postal_code=chance.choice(NUMBERS),
            destination_postal_code=chance.choice(NUMBERS),
            purchase_order=chance.choice(NUMBERS),
            reference_number=chance.choice(NUMBERS),
        )
        return str(made.pk)

    def _case(self, desk: list[Viewer], shipment: str) -> Case:
        chance, by, cast = self.chance, self.chance.choice(desk), self.cast
        hosts = by.organisation == cast.larkfield
        partner = chance.choice(
            ["", "", "brightwater", "tamarack"] if hosts else ["", "larkfield", "quillon"]
        )
        new = NewCase(
            subject="Something",
            description="Happened.",
            type=chance.choice(CaseType.values[:6]),
            source=chance.choice(list(Source)),
            shipment=shipment or None,
            account=chance.choice([None, cast.orchid.pk, cast.fernwood.pk]) if hosts else None,
            category=self._some(Category.objects.filter(parent__isnull=False), by),
            contact_method=self._some(ContactMethod.objects.all(), by),
            priority=self._some(Priority.objects.all(), by),
            deadline=chance.choice([None, LATEST + timedelta(hours=chance.randint(-90, 90))]),
            tags=tuple(chance.sample(TAGS, chance.randrange(3))),
            owned=chance.random() < 0.6,
            partner=partner or None,
            partner_subject="Please look",
            partner_text="Something happened.",
            partner_listed=chance.random() < 0.2,
        )
        brand = chance.choice([None, cast.larkfield_brand, cast.garden_brand]) if hosts else None
        return create(new, by=by, brand=brand)

    def _some(self, rows: "QuerySet[Any]", by: Viewer) -> int | None:
        keys: list[int] = list(
            rows.filter(organisation=by.organisation_id, is_active=True).values_list("pk", flat=True)
        )
        found: int | None = self.chance.choice([None, *keys])
        return found

    def _something(self, case: Case) -> None:
        """Something that somebody does; what is refused is not done."""
        by = self.chance.choice([*self.larkfield, *self.brightwater])
        case = Case.objects.get(pk=case.pk)
        deeds: list[Callable[[], object]] = [
            lambda: ownership.claim(case, by=by),
            lambda: ownership.assign(case, by=by, to=self.cast.ben),
            lambda: ownership.give_to_team(case, by=by, team=self._team(by)),
            lambda: lifecycle.close(case, by=by, reason=self.reasons.get(by.us), note="x"),
            lambda: lifecycle.suspend(case, by=by, note="x"),
            lambda: follow(case, by=by),
            lambda: noted(case, by),
            lambda: says(case, by, Audience.TEAM, "Hm."),
            lambda: says(case, by, Audience.PARTNER, "And you?"),
            lambda: says(case, by, Audience.CUSTOMER, "Soon."),
        ]
        try:
            self.chance.choice(deeds)()
        except DomainError:
            return

    def _team(self, by: Viewer) -> Team:
        return self.chance.choice(list(Team.objects.filter(organisation=by.organisation_id)))
