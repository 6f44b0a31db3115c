"""The organisations of a synthetic world: one large, many small, each with people and customers."""

import random
from dataclasses import dataclass, field
from datetime import datetime

from caseway.accounts.models import Brand, Membership, Organisation, Partnership, Person, Role, Team
from caseway.accounts.roles import give_default_roles
from caseway.cases.models import Category, ContactMethod, Priority, Reason
from caseway.cases.reference.actions import give_starting_lists
from caseway.customers.models import Contact, CustomerAccount
from caseway.shipments.models import Place

from .words import Writer

LARGEST_SHARE = 0.3
AGENTS = 20
BRANDS = 5
GREATEST_SHARE = 0.05
"""How much of an organisation's cases its first customer account has: the one that is looked at."""


@dataclass
class Tenant:
    """One organisation with the ids that its cases refer to."""

    organisation: Organisation
    share: float
    agents: list[int] = field(default_factory=list)
    agent_names: dict[int, str] = field(default_factory=dict)
    teams: list[int] = field(default_factory=list)
    priorities: list[int] = field(default_factory=list)
    categories: list[int] = field(default_factory=list)
    closures: list[int] = field(default_factory=list)
    brands: list[int] = field(default_factory=list)
    channels: list[int] = field(default_factory=list)
    places: dict[str, int] = field(default_factory=dict)
    """Ids by folded name."""
    contacts: list[tuple[int, int, str, str]] = field(default_factory=list)
    partners: list["Tenant"] = field(default_factory=list)

    def some_contact(self, chance: random.Random) -> tuple[int, int, str, str]:
        """Who raises a case: often somebody of the first account, the greatest customer."""
        people = self.contacts[:2] if chance.random() < GREATEST_SHARE else self.contacts
        return chance.choice(people)


def shares(count: int) -> list[float]:
    """How much of the cases each organisation has: 30 % the first, the rest after Zipf."""
    if count == 1:
        return [1.0]
    weights = [1 / rank for rank in range(1, count)]
    return [LARGEST_SHARE, *((1 - LARGEST_SHARE) * weight / sum(weights) for weight in weights)]


def make_tenants(count: int, writer: Writer, password: str, since: datetime) -> list[Tenant]:
    """Store `count` organisations: shippers and carriers by turns, each shipper with its carriers.

    Their people all have the hashed `password`; agents are `agent1@org-001.example` and on.
    """
    tenants = [_make_tenant(i, share, writer, password, since) for i, share in enumerate(shares(count), 1)]
    shippers, carriers = tenants[::2], tenants[1::2]
    for index, shipper in enumerate(shippers):
        for carrier in [carriers[(index + step) % len(carriers)] for step in range(min(3, len(carriers)))]:
            Partnership.objects.get_or_create(
                shipper=shipper.organisation,
                carrier=carrier.organisation,
                defaults={
                    "shipper_addresses": [f"desk@{shipper.organisation.slug}.example"],
                    "carrier_addresses": [f"desk@{carrier.organisation.slug}.example"],
                },
            )
            shipper.partners.append(carrier)
            carrier.partners.append(shipper)
    return tenants


def _make_tenant(index: int, share: float, writer: Writer, password: str, since: datetime) -> Tenant:
    slug = f"org-{index:03d}"
    kind = Organisation.Kind.SHIPPER if index % 2 else Organisation.Kind.CARRIER
    organisation, _created = Organisation.objects.get_or_create(
        slug=slug, defaults={"name": f"{writer.company()} {index}", "kind": kind}
    )
    give_default_roles(organisation)
    give_starting_lists(organisation)
    tenant = Tenant(organisation, share)
    tenant.teams = [
        Team.objects.get_or_create(organisation=organisation, name=name)[0].pk
        for name in ("Customer care", "Claims", "Night desk")
    ]
    own = {"organisation": organisation}
    tenant.priorities = list(Priority.objects.filter(**own).values_list("pk", flat=True))
    tenant.categories = list(
        Category.objects.filter(parent__isnull=False, **own).values_list("pk", flat=True)
    )
    tenant.channels = list(ContactMethod.objects.filter(**own).values_list("pk", flat=True))
    tenant.brands = [
        Brand.objects.get_or_create(slug=f"face-{number}", defaults={"name": f"Face {number}"}, **own)[0].pk
        for number in range(1, BRANDS + 1)
    ]
    tenant.places = dict(Place.objects.filter(**own).values_list("name", "pk"))
    tenant.closures = list(Reason.objects.filter(kind="closure", **own).values_list("pk", flat=True))
    _make_agents(tenant, writer, password)
    _make_customers(tenant, writer, since)
    return tenant


def _make_agents(tenant: Tenant, writer: Writer, password: str) -> None:
    organisation = tenant.organisation
    role = Role.objects.get(organisation=organisation, name="Agent")
    people = Person.objects.bulk_create(
        (
            Person(email=f"agent{number}@{organisation.slug}.example", name=writer.name(), password=password)
            for number in range(1, AGENTS + 1)
        ),
        update_conflicts=True,
        unique_fields=["email"],
        update_fields=["name"],
    )
    seats = Membership.objects.bulk_create(
        (Membership(person=person, organisation=organisation, role=role) for person in people),
        ignore_conflicts=True,
    )
    links = Membership.teams.through
    stored = Membership.objects.filter(organisation=organisation).values_list("pk", flat=True)
    links.objects.bulk_create(
        (
            links(membership_id=seat, team_id=tenant.teams[number % len(tenant.teams)])
            for number, seat in enumerate(stored[: len(seats)])
        ),
        ignore_conflicts=True,
    )
    tenant.agents = [person.pk for person in people]
    tenant.agent_names = {person.pk: person.name for person in people}


def _make_customers(tenant: Tenant, writer: Writer, since: datetime) -> None:
    organisation, slug = tenant.organisation, tenant.organisation.slug
    count = max(5, int(600 * tenant.share))
    accounts = CustomerAccount.objects.bulk_create(
        (
            CustomerAccount(
                organisation=organisation,
                name=writer.company(),
                number=f"{slug}-{number:05d}",
                segment=_segment(number),
                created_at=since,
            )
            for number in range(1, count + 1)
        ),
        update_conflicts=True,
        unique_fields=["organisation", "number"],
        update_fields=["segment"],
    )
    contacts = Contact.objects.bulk_create(
        (
            Contact(
                organisation=organisation,
                account=account,
                name=writer.name(),
                email=f"contact{number}-{account.number}@customers.example",
            )
            for account in accounts
            for number in (1, 2)
        ),
        update_conflicts=True,
        unique_fields=["organisation", "email"],
        update_fields=["name"],
    )
    tenant.contacts = [(c.pk, c.account_id or 0, c.name, c.email) for c in contacts]
    first = contacts[0]
    person, _created = Person.objects.get_or_create(
        email=first.email, defaults={"name": first.name, "password": make_unusable(tenant)}
    )
    Contact.objects.filter(pk=first.pk).update(person=person, administers_account=True)


def _segment(number: int) -> str:
    """What the organisation calls its customers: some are important, some buy much, most have no word."""
    return "VIP" if number % 20 == 0 else "Wholesale" if number % 4 == 0 else ""


def make_unusable(tenant: Tenant) -> str:
    """The password of the first customer: that of the organisation's agents."""
    return Person.objects.get(pk=tenant.agents[0]).password
