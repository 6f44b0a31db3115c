"""Where the demo world's goods come from and go to."""

from dataclasses import dataclass

from caseway.customers.models import Contact, CustomerAccount
from caseway.demo.cast import Cast

GOODS = (
    "Walnut sideboards, 2 crates",
    "Armchairs, 4 cartons",
    "Bed frames, 6 cartons",
    "Garden tables, 1 pallet",
    "Reading lamps, 12 cartons",
    "Bookcases, 2 pallets",
    "Stacking chairs, 5 cartons",
    "Planters, 1 pallet",
    "Oak desks, 3 crates",
    "Parasols, 8 cartons",
)
TERMINALS = ("Sparks NV", "Oakland CA", "Salt Lake City UT", "Sacramento CA", "Boise ID")


@dataclass(frozen=True)
class Customer:
    """A place that gets shipments."""

    name: str
    town: str
    postal_code: str
    account: CustomerAccount | None = None
    contact: Contact | None = None


def customers_of(cast: Cast) -> list[Customer]:
    """Larkfield's customers, with the contact who raises cases for each place."""
    kim, jo, max_ = (cast.contact(person) for person in (cast.kim, cast.jo, cast.max))
    return [
        Customer("Orchid Hotel Harbour Street", "Oakland CA", "94607", cast.orchid, kim),
        Customer("Orchid Hotel Lakeside", "South Lake Tahoe CA", "96150", cast.orchid, jo),
        Customer("Orchid Hotel Temple Square", "Salt Lake City UT", "84101", cast.orchid, kim),
        Customer("Fernwood Café Pearl District", "Portland OR", "97209", cast.fernwood, max_),
        Customer("Fernwood Café Mission", "San Francisco CA", "94110", cast.fernwood, max_),
    ]
