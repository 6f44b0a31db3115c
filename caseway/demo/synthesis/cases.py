"""One synthetic case: shipment, sides, conversation and history that agree with each other."""

from datetime import datetime, timedelta

from caseway.cases.status import Status
from caseway.cases.types import CaseType
from caseway.core.text import excerpt

from .copying import json
from .mails import MailMaker
from .organisations import Tenant
from .plots import Plot, Said
from .satisfactions import SatisfactionMaker
from .shipments import ShipmentMaker
from .tables import Tables
from .tasks import TaskMaker
from .words import GOODS, Writer

# How a hundred cases stand.
STATUSES = {
    "closed": 66, "cancelled": 3, "withdrawn": 3, "new": 4, "open": 8, "pending_agent": 7,
    "pending_customer": 7, "on_hold": 2,
}  # fmt: skip
TYPES = tuple(CaseType.values)
SOURCES = {"portal": 40, "email": 35, "user": 18, "api": 5, "rule": 2}


class CaseMaker:
    """Makes cases into `tables`, one at a time, with about `words` words each."""

    def __init__(self, tables: Tables, writer: Writer, words: int, now: datetime) -> None:
        self.tables, self.writer, self.words, self.now = tables, writer, words, now
        self.chance = writer.chance
        self.shipments = ShipmentMaker(tables, writer)
        self.satisfactions = SatisfactionMaker(tables, self.chance)
        self.mails = MailMaker(tables)
        self.tasks = TaskMaker(tables, self.chance)

    def make(self, number: int, tenant: Tenant) -> None:
        """Make the case with this number for this organisation."""
        plot = self._plot(number, tenant)
        shipment = self.shipments.make(number, tenant, plot.partner, plot.contact[1], plot.created)
        plot.shipment = shipment if self.chance.random() < 0.9 else None
        self._case(plot)
        self._host_side(plot)
        if plot.partner is not None:
            self._partner_side(plot, plot.partner)
        for one in plot.said:
            self._message(plot, one)
        self._history(plot)
        self._people(plot)
        self.mails.make(plot)
        self.tasks.make(plot)

    def _plot(self, number: int, tenant: Tenant) -> Plot:
        chance = self.chance
        status = Status(chance.choices(list(STATUSES), list(STATUSES.values()))[0])
        days = 30 if status.is_active and chance.random() < 0.8 else 700
        created = self.now - timedelta(minutes=chance.randint(5, days * 24 * 60))
        partner = chance.choice(tenant.partners) if tenant.partners and chance.random() < 0.5 else None
        said = self._conversation(created, with_partner=partner is not None)
        return Plot(
            number=f"CV{number:08d}",
            tenant=tenant,
            partner=partner,
            status=status,
            type=chance.choice(TYPES),
            owner=None if status is Status.NEW else chance.choice(tenant.agents),
            contact=tenant.some_contact(chance),
            subject=self.writer.subject(),
            created=created,
            closed=None if status.is_active else min(said[-1].at + timedelta(hours=2), self.now),
            said=said,
            source=chance.choices(list(SOURCES), list(SOURCES.values()))[0],
            brand=chance.choice(tenant.brands) if chance.random() < 0.9 else None,
        )

    def _conversation(self, created: datetime, *, with_partner: bool) -> list[Said]:
        """Three messages: the customer's, the partner's or a note, and an answer."""
        each, chance = self.words // 3, self.chance
        later = sorted(chance.randint(0, 3 * 24 * 60) for _ in range(2))
        first, second = (min(created + timedelta(minutes=minutes), self.now) for minutes in later)
        by_partner = with_partner and chance.random() < 0.5
        middle = "partner" if with_partner else "team"
        by_customer = chance.random() < 0.4
        return [
            Said("customer", True, False, created, self.writer.text(each)),
            Said(middle, False, by_partner, first, self.writer.text(each)),
            Said("customer", by_customer, False, second, self.writer.text(each)),
        ]

    def _case(self, plot: Plot) -> None:
        contact, account, _name, _email = plot.contact
        creator = plot.owner if plot.source == "user" else None
        plot.key = self.tables.cases.add(
            plot.number, plot.tenant.organisation.pk, plot.status, plot.type, plot.source, plot.shipment,
            plot.brand, creator, contact, account, plot.created, plot.closed, plot.last, 1,
        )  # fmt: skip

    def _host_side(self, plot: Plot) -> None:
        read = [one for one in plot.said if one.audience != "team"]
        self._side(plot, plot.tenant, plot.partner, plot.owner, read)

    def _partner_side(self, plot: Plot, partner: Tenant) -> None:
        owner = self.chance.choice(partner.agents) if self.chance.random() < 0.7 else None
        self._side(plot, partner, plot.tenant, owner, [one for one in plot.said if one.audience == "partner"])

    def _side(
        self, plot: Plot, tenant: Tenant, other: Tenant | None, owner: int | None, read: list[Said]
    ) -> None:
        chance, hosts, last = self.chance, tenant is plot.tenant, read[-1]
        ours = not last.by_customer and last.by_partner is not hosts
        by = "Customer" if last.by_customer else tenant.agent_names.get(owner or 0, tenant.organisation.name)
        active = plot.status.is_active
        deadline = plot.last + timedelta(hours=chance.randint(-12, 72)) if active else None
        tags = [chance.choice(GOODS)] if chance.random() < 0.3 else []
        self.tables.sides.add(
            plot.key, tenant.organisation.pk, "shared" if plot.partner else "internal", plot.subject,
            plot.said[0].text if hosts else "", owner, chance.choice(tenant.teams),
            chance.choice(tenant.categories) if hosts else None,
            chance.choice(tenant.channels) if hosts else None, chance.choice(tenant.priorities),
            int(chance.random() < 0.05), deadline,
            f"{chance.randint(1, 10**8):08d}" if chance.random() < 0.3 else "", tags,
            self._court(plot, last, ours=ours), plot.last, 1,
            plot.number, plot.status, plot.type, plot.created, plot.closed, plot.last, last.at, by,
            excerpt(last.text, 180), owner if ours else None, ours,
            plot.contact[1] if hosts else None, other.organisation.pk if other else None, plot.shipment,
            plot.brand if hosts else None, plot.source if hosts else "",
        )  # fmt: skip

    def _court(self, plot: Plot, last: Said, *, ours: bool) -> str:
        """Whose move it is to this side, by the status and who spoke last."""
        if not plot.status.is_active:
            return "nobody"
        if plot.status is Status.PENDING_CUSTOMER and last.audience == "customer":
            return "customer"
        return "partner" if ours and last.audience == "partner" else "us"

    def _message(self, plot: Plot, one: Said) -> None:
        contact, account, name, email = plot.contact
        home, other = (plot.partner, plot.tenant) if one.by_partner else (plot.tenant, plot.partner)
        home = home or plot.tenant
        author = None if one.by_customer else (plot.owner if home is plot.tenant else None) or home.agents[0]
        with_customer = one.audience == "customer"
        one.key = self.tables.messages.add(
            plot.key, one.audience, home.organisation.pk,
            other.organisation.pk if one.audience == "partner" and other else None,
            contact if with_customer else None, account if with_customer else None, author,
            contact if one.by_customer else None, None if one.by_customer else home.organisation.pk,
            name if one.by_customer else home.agent_names[author or 0], email if one.by_customer else "",
            "portal" if one.by_customer else "user", "", one.text, "", "", json([]), False, one.at,
        )  # fmt: skip

    def _history(self, plot: Plot) -> None:
        host, add = plot.tenant.organisation.pk, self.tables.events.add
        made = json({"source": "portal"})
        add(plot.key, "case.created", "everyone", None, None, plot.contact[0], None, made, plot.created)
        if plot.owner is None:
            return
        claimed = json({"owner_person_id": plot.owner, "status_before": "new"})
        add(plot.key, "case.claimed", "everyone", host, plot.owner, None, host, claimed, plot.created)
        if plot.status is Status.CLOSED:
            reason = self.chance.choice(plot.tenant.closures)
            by = (plot.key, host, plot.owner, None, plot.closed)
            closure = self.tables.closures.add(*by, reason, "Solved.", "open")
            step = json({"step_id": closure})
            add(plot.key, "case.closed", "everyone", host, plot.owner, None, host, step, plot.closed)
            self.satisfactions.make(plot, closure)

    def _people(self, plot: Plot) -> None:
        contact, _account, name, email = plot.contact
        host = plot.tenant.organisation.pk
        plot.participant = self.tables.participants.add(
            plot.key, host, "customer", email, name, contact, True, True, plot.created
        )
        if plot.owner and self.chance.random() < 0.2:
            self.tables.watches.add(plot.key, self.chance.choice(plot.tenant.agents), host, plot.created)
