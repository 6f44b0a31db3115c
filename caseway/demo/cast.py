"""The cast: organisations and people of the demo world, who are the people of the tests as well.

cast = make_cast()
cast.ana                    # a Person
cast.at_desk(cast.ana)      # her viewer at Larkfield's desk
cast.in_portal(cast.kim)    # her viewer in Larkfield's portal
cast.orchid, cast.contact(cast.kim), cast.larkfield_brightwater
"""

from dataclasses import dataclass

from caseway.accounts.models import Brand, Membership, Organisation, Partnership, Person
from caseway.accounts.viewer import Viewer, agent_viewer
from caseway.core.transactions import action
from caseway.customers.models import Contact, CustomerAccount
from caseway.customers.viewers import contact_viewer

from .organisations import make_brands, make_organisations, make_partnerships
from .people import make_customers, make_people, make_seats


@dataclass(frozen=True)
class Cast:
    """Everyone, by the name that the documentation calls them."""

    larkfield: Organisation
    brightwater: Organisation
    tamarack: Organisation
    quillon: Organisation

    ana: Person
    ben: Person
    lea: Person
    admin: Person
    sam: Person
    new_agent: Person
    omar: Person
    iris: Person
    pia: Person
    kim: Person
    jo: Person
    max: Person
    root: Person

    larkfield_brand: Brand
    garden_brand: Brand
    larkfield_brightwater: Partnership
    larkfield_tamarack: Partnership
    quillon_brightwater: Partnership
    orchid: CustomerAccount
    fernwood: CustomerAccount

    memberships: dict[str, Membership]
    contacts: dict[str, Contact]

    def at_desk(self, person: Person) -> Viewer:
        """The person's viewer at the desk of their organisation."""
        return agent_viewer(self.memberships[person.email])

    def in_portal(self, person: Person) -> Viewer:
        """The person's viewer in Larkfield's portal."""
        return contact_viewer(self.contacts[person.email])

    def contact(self, person: Person) -> Contact:
        """The person as Larkfield's contact."""
        return self.contacts[person.email]


@action
def make_cast() -> Cast:
    """Store whatever of the cast is missing, and return all of it. Doing it again changes nothing."""
    organisations = make_organisations()
    larkfield = organisations["larkfield"]
    people = make_people()
    brands = make_brands(larkfield)
    partnerships = make_partnerships(organisations)
    accounts, contacts = make_customers(larkfield, people)
    return Cast(
        larkfield=larkfield,
        brightwater=organisations["brightwater"],
        tamarack=organisations["tamarack"],
        quillon=organisations["quillon"],
        ana=people["ana@larkfield.example"],
        ben=people["ben@larkfield.example"],
        lea=people["lea@larkfield.example"],
        admin=people["admin@larkfield.example"],
        sam=people["sam@larkfield.example"],
        new_agent=people["new.agent@larkfield.example"],
        omar=people["omar@brightwater.example"],
        iris=people["iris@brightwater.example"],
        pia=people["pia@quillon.example"],
        kim=people["kim@orchid.example"],
        jo=people["jo@orchid.example"],
        max=people["max@fernwood.example"],
        root=people["root@caseway.example"],
        larkfield_brand=brands["larkfield"],
        garden_brand=brands["garden"],
        larkfield_brightwater=partnerships["larkfield", "brightwater"],
        larkfield_tamarack=partnerships["larkfield", "tamarack"],
        quillon_brightwater=partnerships["quillon", "brightwater"],
        orchid=accounts["orchid"],
        fernwood=accounts["fernwood"],
        memberships=make_seats(organisations, people),
        contacts=contacts,
    )
