"""The demo world's people: who they are, and at which desk or in whose portal they sit."""

from dataclasses import dataclass

from django.contrib.auth.hashers import make_password

from caseway.accounts.models import Membership, Organisation, Person, Role, Team
from caseway.accounts.roles import give_default_roles
from caseway.customers.models import Contact, CustomerAccount

from .password import PASSWORD

MUST_CHANGE = "new.agent@larkfield.example"


@dataclass(frozen=True)
class Seat:
    """A place at a desk."""

    organisation: str
    role: str
    teams: tuple[str, ...] = ()


NAMES = {
    "ana@larkfield.example": "Ana Ferreira",
    "ben@larkfield.example": "Ben Okafor",
    "lea@larkfield.example": "Lea Brandt",
    "admin@larkfield.example": "Alex Moreau",
    "sam@larkfield.example": "Sam Whitaker",
    MUST_CHANGE: "Noa Lindqvist",
    "omar@brightwater.example": "Omar Haddad",
    "iris@brightwater.example": "Iris Novak",
    "pia@quillon.example": "Pia Sandberg",
    "kim@orchid.example": "Kim Tran",
    "jo@orchid.example": "Jo Castellano",
    "max@fernwood.example": "Max Dubois",
    "root@caseway.example": "System administrator",
}

SEATS = {
    "ana@larkfield.example": Seat("larkfield", "Agent", ("Customer care",)),
    "ben@larkfield.example": Seat("larkfield", "Agent", ("Customer care", "Claims")),
    "lea@larkfield.example": Seat("larkfield", "Team lead", ("Customer care", "Claims")),
    "admin@larkfield.example": Seat("larkfield", "Tenant administrator"),
    "sam@larkfield.example": Seat("larkfield", "Sales agent", ("Sales",)),
    MUST_CHANGE: Seat("larkfield", "Agent", ("Customer care",)),
    "omar@brightwater.example": Seat("brightwater", "Agent", ("Service desk",)),
    "iris@brightwater.example": Seat("brightwater", "Tenant administrator", ("Service desk",)),
    "pia@quillon.example": Seat("quillon", "Agent", ("Customer care",)),
}

ACCOUNTS = {
    "orchid": ("LK-1001", "Orchid Hotels", "VIP"),
    "fernwood": ("LK-1002", "Fernwood Cafés", ""),
}

CONTACTS = {
    "kim@orchid.example": ("orchid", True),
    "jo@orchid.example": ("orchid", False),
    "max@fernwood.example": ("fernwood", False),
}


def make_people() -> dict[str, Person]:
    """Everyone who signs in, by address. Who is there already keeps their password."""
    known = set(Person.objects.filter(email__in=NAMES).values_list("email", flat=True))
    if missing := [address for address in NAMES if address not in known]:
        # One hash serves all: the password is public, and each hash takes long by design.
        hashed = make_password(PASSWORD)
        Person.objects.bulk_create([_person(address, hashed) for address in missing], ignore_conflicts=True)
    return Person.objects.in_bulk(list(NAMES), field_name="email")


def _person(address: str, hashed: str) -> Person:
    administers = address == "root@caseway.example"
    return Person(
        email=address,
        name=NAMES[address],
        password=hashed,
        must_change_password=address == MUST_CHANGE,
        is_staff=administers,
        is_superuser=administers,
    )


def make_seats(organisations: dict[str, Organisation], people: dict[str, Person]) -> dict[str, Membership]:
    """Roles, teams and memberships; the memberships by address."""
    roles = {slug: give_default_roles(organisations[slug]) for slug in _staffed()}
    teams = {slug: _make_teams(organisations[slug]) for slug in _staffed()}
    Membership.objects.bulk_create(
        [_membership(people[address], seat, organisations, roles) for address, seat in SEATS.items()],
        ignore_conflicts=True,
    )
    stored = Membership.objects.filter(person__email__in=SEATS).select_related(
        "person", "organisation", "role"
    )
    memberships = {m.person.email: m for m in stored}
    through = Membership.teams.through
    through.objects.bulk_create(
        [
            through(membership=memberships[address], team=teams[seat.organisation][team])
            for address, seat in SEATS.items()
            for team in seat.teams
        ],
        ignore_conflicts=True,
    )
    return memberships


def _staffed() -> list[str]:
    return sorted({seat.organisation for seat in SEATS.values()})


def _make_teams(organisation: Organisation) -> dict[str, Team]:
    names = {name for seat in SEATS.values() if seat.organisation == organisation.slug for name in seat.teams}
    Team.objects.bulk_create(
        [Team(organisation=organisation, name=name) for name in sorted(names)], ignore_conflicts=True
    )
    return {team.name: team for team in organisation.teams.all()}


def _membership(
    person: Person, seat: Seat, organisations: dict[str, Organisation], roles: dict[str, dict[str, Role]]
) -> Membership:
    return Membership(
        person=person,
        organisation=organisations[seat.organisation],
        role=roles[seat.organisation][seat.role],
    )


def make_customers(
    larkfield: Organisation, people: dict[str, Person]
) -> tuple[dict[str, CustomerAccount], dict[str, Contact]]:
    """Larkfield's customer accounts by short name, and their contacts by address."""
    CustomerAccount.objects.bulk_create(
        [
            CustomerAccount(organisation=larkfield, number=number, name=name, segment=segment)
            for number, name, segment in ACCOUNTS.values()
        ],
        ignore_conflicts=True,
    )
    by_number = {a.number: a for a in CustomerAccount.objects.filter(organisation=larkfield)}
    accounts = {short: by_number[number] for short, (number, _, _) in ACCOUNTS.items()}
    Contact.objects.bulk_create(
        [
            Contact(
                organisation=larkfield,
                account=accounts[account],
                person=people[address],
                name=NAMES[address],
                email=address,
                administers_account=administers,
            )
            for address, (account, administers) in CONTACTS.items()
        ],
        ignore_conflicts=True,
    )
    stored = Contact.objects.filter(organisation=larkfield, email__in=CONTACTS)
    return accounts, {c.email: c for c in stored.select_related("organisation", "account", "person")}
