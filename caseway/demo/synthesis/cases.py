"""One synthetic case: shipment, sides, conversation and history that agree with each other."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from caseway.cases.status import Status
from caseway.cases.types import CaseType
from caseway.core.text import excerpt

from .copying import json
from .organisations import Tenant
from .tables import Tables
from .words import GOODS, PLACES, Writer

STATUSES = (
    *(["closed"] * 66), *(["cancelled"] * 3), *(["withdrawn"] * 3),
    *(["new"] * 4), *(["open"] * 8), *(["pending_agent"] * 7), *(["pending_customer"] * 7), *(["on_hold"] * 2),
)  # fmt: skip
TYPES = tuple(CaseType.values)
EVENTS = (
    ("PU", "Picked up", False),
    ("DEP", "Departed terminal", False),
    ("DLY", "Delayed by weather", True),
    ("OFD", "Out for delivery", False),
    ("DLV", "Delivered", False),
)


@dataclass
class Said:
    """One message of a conversation: who reads it, who wrote it, when."""

    audience: str
    by_customer: bool
    by_partner: bool
    at: datetime
    text: str


class CaseMaker:
    """Makes cases into `tables`, one at a time."""

    def __init__(self, tables: Tables, writer: Writer, words: int, now: datetime) -> None:
        self.tables, self.writer, self.words, self.now = tables, writer, words, now
        self.chance = writer.chance

    def make(self, number: int, tenant: Tenant) -> None:
        """Make the case with this number for this organisation."""
        chance, host = self.chance, tenant.organisation
        created = self.now - timedelta(minutes=chance.randint(5, 400 * 24 * 60))
        status = chance.choice(STATUSES)
        if status not in ("closed", "cancelled", "withdrawn") and chance.random() < 0.8:
            created = self.now - timedelta(minutes=chance.randint(5, 30 * 24 * 60))
        solved = not Status(status).is_active
        partner = chance.choice(tenant.partners) if tenant.partners and chance.random() < 0.5 else None
        contact, account, name, email = chance.choice(tenant.contacts)
        owner = None if status == "new" else chance.choice(tenant.agents)
        shipment = self._shipment(number, tenant, partner, account, created) if chance.random() < 0.8 else None
        said = self._conversation(created, with_partner=partner is not None)
        last = said[-1].at
        closed_at = min(last + timedelta(hours=2), self.now) if solved else None
        label, type_ = f"CV{number:08d}", chance.choice(TYPES)
        case = self.tables.cases.add(
            label, host.pk, status, type_, chance.choice(("portal", "email", "user")), shipment, None, contact,
            account, created, closed_at, closed_at or last, 1,
        )  # fmt: skip
        subject = self.writer.subject()
        self._side(case, tenant, owner, label, status, type_, created, closed_at, subject, said, partner, hosts=True)
        if partner is not None:
            partner_owner = chance.choice(partner.agents) if chance.random() < 0.7 else None
            shared = [s for s in said if s.audience == "partner"]
            self._side(case, partner, partner_owner, label, status, type_, created, closed_at, subject, shared,
                       tenant, hosts=False)  # fmt: skip
        self._messages(case, tenant, partner, contact, account, name, email, owner, said)
        self._history(case, tenant, contact, owner, created, closed_at, status)
        self.tables.participants.add(case, host.pk, "customer", email, name, contact, True, True, created)
        if owner and chance.random() < 0.2:
            self.tables.watches.add(case, chance.choice(tenant.agents), host.pk, created)

    def _conversation(self, created: datetime, *, with_partner: bool) -> list[Said]:
        """Three messages: the customer's, the partner's or a note, and an answer; `words` words in all."""
        each, chance = self.words // 3, self.chance
        times = sorted(chance.randint(0, 3 * 24 * 60) for _ in range(2))
        first, second = (min(created + timedelta(minutes=m), self.now) for m in times)
        middle = "partner" if with_partner else "team"
        return [
            Said("customer", True, False, created, self.writer.text(each)),
            Said(middle, False, with_partner and chance.random() < 0.5, first, self.writer.text(each)),
            Said("customer", chance.random() < 0.4, False, second, self.writer.text(each)),
        ]

    def _side(
        self, case: int, tenant: Tenant, owner: int | None, number: str, status: str, type_: str,
        created: datetime, closed_at: datetime | None, subject: str, said: list[Said], other: Tenant | None,
        *, hosts: bool,
    ) -> None:  # fmt: skip
        chance = self.chance
        read = [s for s in said if s.audience != "team"]
        last = read[-1] if read else None
        ours = None if last is None else self._is_ours(last, hosts=hosts)
        updated = max([closed_at or created, *(s.at for s in said)])
        deadline = updated + timedelta(hours=chance.randint(-12, 72)) if Status(status).is_active else None
        team = chance.choice(tenant.teams)
        self.tables.sides.add(
            case, tenant.organisation.pk, "shared" if other else "internal", subject, said[0].text if hosts else "",
            owner, team, chance.choice(tenant.categories) if hosts and tenant.categories else None,
            chance.choice(tenant.priorities) if tenant.priorities else None, int(chance.random() < 0.05), deadline,
            f"{chance.randint(1, 10**8):08d}" if chance.random() < 0.3 else "",
            [chance.choice(GOODS)] if chance.random() < 0.3 else [], "us" if Status(status).is_active else "nobody",
            updated, 1, number, status, type_, created, closed_at, updated, last.at if last else None,
            self._writer_name(last, tenant, owner), excerpt(last.text, 180) if last else "",
            owner if ours else None, ours,
        )  # fmt: skip

    def _is_ours(self, said: Said, *, hosts: bool) -> bool:
        if said.by_customer:
            return False
        return said.by_partner is not hosts if said.audience == "partner" else hosts

    def _writer_name(self, said: Said | None, tenant: Tenant, owner: int | None) -> str:
        if said is None:
            return ""
        return "Customer" if said.by_customer else tenant.agent_names.get(owner or 0, tenant.organisation.name)

    def _messages(
        self, case: int, tenant: Tenant, partner: Tenant | None, contact: int, account: int, name: str, email: str,
        owner: int | None, said: list[Said],
    ) -> None:  # fmt: skip
        for one in said:
            for_customer = one.audience == "customer"
            author_side = partner if one.by_partner and partner else tenant
            author = None if one.by_customer else (owner if author_side is tenant else None) or author_side.agents[0]
            reader = tenant if author_side is not tenant else partner
            self.tables.messages.add(
                case, one.audience, author_side.organisation.pk,
                reader.organisation.pk if one.audience == "partner" and reader else None,
                contact if for_customer else None, account if for_customer else None, author,
                contact if one.by_customer else None, None if one.by_customer else author_side.organisation.pk,
                name if one.by_customer else author_side.agent_names.get(author or 0, ""),
                email if one.by_customer else "", "portal" if one.by_customer else "user", "", one.text, "", "",
                json([]), False, one.at,
            )  # fmt: skip

    def _history(
        self, case: int, tenant: Tenant, contact: int, owner: int | None, created: datetime,
        closed_at: datetime | None, status: str,
    ) -> None:  # fmt: skip
        host, events = tenant.organisation.pk, self.tables.events
        events.add(case, "case.created", "everyone", None, None, contact, None, json({"source": "portal"}), created)
        if owner:
            claimed = json({"owner_person_id": owner, "status_before": "new"})
            events.add(case, "case.claimed", "everyone", host, owner, None, host, claimed, created)
        if status == "closed" and owner and closed_at:
            reason = self.chance.choice(tenant.closures) if tenant.closures else None
            step = self.tables.closures.add(case, host, owner, None, closed_at, reason, "Solved.", "open")
            closed = json({"step_id": step})
            events.add(case, "case.closed", "everyone", host, owner, None, host, closed, closed_at)

    def _shipment(
        self, number: int, tenant: Tenant, partner: Tenant | None, account: int, created: datetime
    ) -> int:
        chance, ours = self.chance, tenant.organisation
        ships = ours.kind == "shipper"
        other = partner.organisation if partner else None
        tracking = f"1Z{chance.randint(10**13, 10**14 - 1)}"
        numbers = {
            "shipment": f"SHP{number:09d}", "tracking": tracking, "reference": f"REF{chance.randint(10**6, 10**7)}",
            "po": f"PO{chance.randint(10**5, 10**6)}", "bol": f"BOL{number:08d}", "order": f"ORD{number:08d}",
        }  # fmt: skip
        origin, destination, goods = chance.choice(PLACES), chance.choice(PLACES), chance.choice(GOODS)
        key = self.tables.shipments.add(
            ours.pk, numbers["shipment"], tracking, numbers["reference"], numbers["po"], numbers["bol"],
            numbers["order"], "", ours.pk if ships else (other and other.pk), "",
            (other and other.pk) if ships else ours.pk, "", account, chance.choice(("parcel", "freight")), "outbound",
            "", chance.choice(("in_transit", "delivered", "exception")), goods, f"Warehouse {origin}",
            f"1 Dock Road, {origin}", f"{chance.randint(10000, 99999)}", "US", f"Store {destination}",
            f"{chance.randint(1, 99)} High Street, {destination}", f"{chance.randint(10000, 99999)}", "US", created,
            created,
        )  # fmt: skip
        for kind, value in numbers.items():
            self.tables.numbers.add(key, kind, value)
        for step, (code, words, bad) in enumerate(EVENTS[: chance.randint(1, 5)]):
            self.tables.shipment_events.add(key, created - timedelta(hours=40 - step * 8), code, words, origin, bad)
        return key
