"""People, organisations and rows of lists, as the API names them."""

from caseway.accounts.models import Organisation, Person
from caseway.cases.models import Priority
from caseway.cases.models.reference import Labelled
from caseway.customers.models import Contact, CustomerAccount

from .schemas import ContactOut, CustomerOut, Named, OrganisationOut, PersonOut, PriorityOut


def person(who: Person | None, *, with_address: bool) -> PersonOut | None:
    """Somebody who signs in; the address is for their own colleagues only."""
    if who is None:
        return None
    return PersonOut(name=who.name or _local_part(who.email), email=who.email if with_address else None)


def _local_part(address: str) -> str:
    return address.partition("@")[0]


def organisation(whose: Organisation) -> OrganisationOut:
    """An organisation."""
    return OrganisationOut(slug=whose.slug, name=whose.name)


def named(row: Labelled | None) -> Named | None:
    """A row of an organisation's own list."""
    return Named(id=str(row.pk), name=row.label) if row else None


def priority(row: Priority | None) -> PriorityOut | None:
    """A priority."""
    return PriorityOut(id=str(row.pk), name=row.label, rank=row.rank) if row else None


def customer(account: CustomerAccount | None) -> CustomerOut | None:
    """A customer account, for the organisation that serves it."""
    if account is None:
        return None
    return CustomerOut(id=str(account.pk), name=account.name, number=account.number, segment=account.segment)


def contact(who: Contact | None) -> ContactOut | None:
    """A contact, for the organisation that serves it."""
    return ContactOut(id=str(who.pk), name=str(who), email=who.email) if who else None
